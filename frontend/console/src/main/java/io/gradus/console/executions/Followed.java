package io.gradus.console.executions;

import io.gradus.asl.graph.StateGraph;
import io.gradus.console.graph.StateGraphView;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.MapRun;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.view.ExecutionCourse;
import io.gradus.service.execution.view.Line;
import io.gradus.service.execution.view.Visit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An execution as far as its page knows it: what it was started with, and its course so far.
/// Guarded by the session's lock.
final class Followed {
  private final ExecutionFinder.Opened opened;
  private final StateGraph graph;
  private final ExecutionCourse course = new ExecutionCourse();
  private final Map<String, List<Visit>> byState = new HashMap<>();
  private final Set<StateGraphView.Step> taken = new LinkedHashSet<>();
  private final Map<String, StateGraph.Node> byId = new HashMap<>();
  private final Set<String> repeated = new HashSet<>();
  private final Map<String, MapRun> byRun = new HashMap<>();
  private volatile List<MapRun> mapRuns = List.of();
  private volatile boolean mapped;
  private int known;

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

  ExecutionCourse course() {
    return course;
  }

  /// Whether a state is inside of a Map, which visits it once for each item.
  boolean isRepeated(String nodeId) {
    return repeated.contains(nodeId);
  }

  /// Folds what is new.
  ///
  /// @return the visits of which something changed
  List<Visit> apply(Collection<Fact> facts) {
    course.apply(facts);
    List<Visit> all = course.visits();
    for (; known < all.size(); known++) {
      Visit visit = all.get(known);
      byState.computeIfAbsent(visit.state(), _ -> new ArrayList<>()).add(visit);
      Line line = course.line(visit.frame());
      if (line != null) {
        int at = line.visits().indexOf(visit);
        if (at > 0) {
          taken.add(new StateGraphView.Step(line.visits().get(at - 1).state(), visit.state()));
        }
      }
    }
    List<Visit> touched = course.takeTouched();
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
    return taken;
  }

  /// The visits of a state, in order.
  List<Visit> visits(String state) {
    return byState.getOrDefault(state, List.of());
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
      boolean meant = selection.visit() == 0 || visit.enteredEvent() == selection.visit();
      if (inFrame && meant) {
        return visit;
      }
    }
    return visits.isEmpty() ? null : visits.getLast();
  }

  /// Where a line of work is, for people: `Item 12 of Process images`; empty for the execution's
  /// own.
  String place(FrameId frame) {
    Line line = course.line(frame);
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
