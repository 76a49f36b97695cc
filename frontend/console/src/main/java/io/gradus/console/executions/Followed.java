package io.gradus.console.executions;

import io.gradus.asl.graph.StateGraph;
import io.gradus.console.graph.StateGraphView;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.MapRun;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.view.CourseRecording;
import io.gradus.service.execution.view.ExecutionCourse;
import io.gradus.service.execution.view.Line;
import io.gradus.service.execution.view.Visit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An execution as far as its page knows it: what it was started with, its course so far, and the
/// moment of it that is shown. Guarded by the session's lock.
final class Followed {
  private final ExecutionFinder.Opened opened;
  private final StateGraph graph;
  private final Traced now = new Traced(new ExecutionCourse());
  private final CourseRecording recording = new CourseRecording();
  private @Nullable Traced then;
  private long moment;
  private final Map<String, StateGraph.Node> byId = new HashMap<>();
  private final Set<String> repeated = new HashSet<>();
  private final Map<String, MapRun> byRun = new HashMap<>();
  private volatile List<MapRun> mapRuns = List.of();
  private volatile boolean mapped;

  Followed(ExecutionFinder.Opened opened) {
    this.opened = opened;
    StateGraph drawn = StateGraph.sketch(opened.definition());
    this.graph = drawn == null ? new StateGraph(List.of(), List.of()) : drawn;
    Set<String> maps = new HashSet<>();
    // A container comes before what is inside it.
    for (StateGraph.Node node : graph.nodes()) {
      byId.put(node.id(), node);
      if (node.kind() == StateGraph.Kind.MAP) {
        maps.add(node.id());
      }
      if (node.parent() != null
          && (maps.contains(node.parent()) || repeated.contains(node.parent()))) {
        repeated.add(node.id());
      }
    }
  }

  ExecutionFinder.Opened opened() {
    return opened;
  }

  ExecutionFinder.Row row() {
    return opened.row();
  }

  StateGraph graph() {
    return graph;
  }

  /// Its course up to the moment that is shown.
  ExecutionCourse course() {
    return shown().course();
  }

  /// Its course as far as it was told, whichever moment is shown.
  ExecutionCourse live() {
    return now.course();
  }

  private Traced shown() {
    return then == null ? now : then;
  }

  /// The event whose moment is shown; 0 for the latest, which moves on.
  long moment() {
    return moment;
  }

  /// Whether an earlier moment is shown, or one that stays while the execution goes on.
  boolean isPast() {
    return moment != 0;
  }

  /// What of the journal a moment needs first, which the latest does not: the event from which it
  /// is to be [recorded][#record]; 0 where nothing is missing.
  long unrecorded() {
    return recording.lastEvent() < live().events().size() ? recording.lastEvent() + 1L : 0;
  }

  /// Keeps facts for going back. They are kept from the first time that somebody does.
  void record(Collection<Fact> facts) {
    recording.add(facts);
  }

  /// Shows the moment of an event; 0 shows the latest. Beyond the last event that is recorded is
  /// the last one.
  void at(long event) {
    moment = Math.clamp(event, 0, Math.min(recording.lastEvent(), live().events().size()));
    if (moment == 0) {
      then = null;
      return;
    }
    ExecutionCourse course = recording.at(moment);
    if (then == null || then.course() != course) {
      then = new Traced(course);
    } else {
      then.follow();
    }
    course.takeTouched();
  }

  /// Whether a state is inside of a Map, which visits it once for each item.
  boolean isRepeated(String nodeId) {
    return repeated.contains(nodeId);
  }

  /// Folds what is new.
  ///
  /// @return the visits of which something changed
  List<Visit> apply(Collection<Fact> facts) {
    live().apply(facts);
    now.follow();
    if (isPast()) {
      recording.add(facts);
    }
    List<Visit> touched = live().takeTouched();
    mapped |= touched.stream().anyMatch(visit -> visit.mapRun() != null);
    return touched;
  }

  /// Takes note of how its Map Runs stand, newest first.
  void see(List<MapRun> runs) {
    mapRuns = List.copyOf(runs);
    byRun.clear();
    runs.forEach(run -> byRun.put(run.id().toString(), run));
  }

  /// Its Map Runs, newest first; also without the session's lock.
  List<MapRun> mapRuns() {
    return mapRuns;
  }

  /// Whether it began any Map Run; also without the session's lock.
  boolean hasMapRuns() {
    return mapped;
  }

  /// The Map Run of a visit of a Map; null where it has none.
  @Nullable MapRun mapRun(@Nullable Visit visit) {
    String id = visit == null ? null : visit.mapRun();
    return id == null ? null : byRun.get(id);
  }

  /// The Map Run of a visit, where its figures are those of the moment that is shown: a Map Run
  /// says how it stands now, and no event says how it stood.
  @Nullable MapRun counted(Visit visit) {
    if (isPast()) {
      Visit today = live().visits().get(visit.index());
      if (visit.endedEvent() == 0 || visit.endedEvent() != today.endedEvent()) {
        return null;
      }
    }
    return mapRun(visit);
  }

  /// The Map Run in whose children a state is visited; null for a state of the execution's own.
  @Nullable MapRun mapRunAround(String state) {
    for (StateGraph.Node node : graph.nodes()) {
      if (node.name().equals(state)) {
        return mapRunAround(node);
      }
    }
    return null;
  }

  /// The Map Run in whose children a node is visited; null for one of the execution's own.
  @Nullable MapRun mapRunAround(StateGraph.Node node) {
    for (StateGraph.Node around = parent(node); around != null; around = parent(around)) {
      List<Visit> visits = visits(around.name());
      MapRun run = visits.isEmpty() ? null : mapRun(visits.getLast());
      if (run != null) {
        return run;
      }
    }
    return null;
  }

  private StateGraph.@Nullable Node parent(StateGraph.Node node) {
    String id = node.parent();
    return id == null ? null : byId.get(id);
  }

  /// The transitions that were taken.
  Set<StateGraphView.Step> taken() {
    return shown().taken();
  }

  /// The visits of a state, in order.
  List<Visit> visits(String state) {
    return shown().visits(state);
  }

  /// The visit that a selection means; null where the state was not visited.
  @Nullable Visit visit(Selection selection) {
    if (selection.state() == null) {
      return null;
    }
    List<Visit> visits = visits(selection.state());
    for (Visit visit : visits.reversed()) {
      boolean inFrame =
          selection.frame() == null || visit.frame().value().equals(selection.frame());
      // At an earlier moment it is the visit before, until the one that is meant begins.
      boolean meant =
          selection.visit() == 0
              || visit.enteredEvent() == selection.visit()
              || (isPast() && selection.visit() > moment);
      if (inFrame && meant) {
        return visit;
      }
    }
    // Another item's visit is not what an item's will be.
    boolean notYet = isPast() && selection.frame() != null;
    return visits.isEmpty() || notYet ? null : visits.getLast();
  }

  /// Where a line of work is, for people: `Item 12 of Process images`; empty for the execution's
  /// own.
  String place(FrameId frame) {
    Line line = live().line(frame);
    if (line == null || line.around() == null) {
      return "";
    }
    Visit around = line.around();
    String what =
        switch (around.kind()) {
          case MAP -> "Item " + frame.index();
          case PARALLEL -> "Branch " + (frame.index() + 1);
          case PASS, TASK, CHOICE, WAIT, SUCCEED, FAIL -> "Part " + frame.index();
        };
    String outer = place(around.frame());
    return what + " of " + around.state() + (outer.isEmpty() ? "" : ", " + outer);
  }
}
