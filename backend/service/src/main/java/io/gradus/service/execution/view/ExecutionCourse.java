package io.gradus.service.execution.view;

import io.gradus.engine.Details;
import io.gradus.engine.EventType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.StateKind;
import io.gradus.engine.TaskResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How an execution went, folded from its journal as far as that was read: which states it visited,
/// how each stands, and in which events the rest can be read. It takes new facts as they come, and
/// what it was told already it passes over, so a page that follows an execution pays for the news
/// only.
///
/// Not safe for use by several threads.
public final class ExecutionCourse {
  private static final String TOKEN_SUFFIX = ".waitForTaskToken";

  private final List<Visit> visits = new ArrayList<>();
  private final Map<FrameId, Line> lines = new LinkedHashMap<>();
  private final Map<String, Tally> tallies = new HashMap<>();
  private final EventIndex events = new EventIndex();
  private final Set<Visit> touched = new LinkedHashSet<>();
  private final List<Pause> pauses = new ArrayList<>();
  private long current;
  private ExecutionStatus status = ExecutionStatus.RUNNING;
  private @Nullable Instant startedAt;
  private @Nullable Instant stoppedAt;
  private long endEvent;
  private @Nullable String error;

  /// Folds facts that follow those it was given before, or overlap with them. A journal begins each
  /// commit with an event.
  public void apply(Collection<Fact> facts) {
    boolean fresh = false;
    for (Fact fact : facts) {
      if (fact instanceof Fact.HistoryEvent event) {
        fresh = event.id() > events.size();
        if (fresh) {
          event(event);
        }
      } else if (fresh) {
        engineOnly(fact);
      }
    }
  }

  /// All visits in the order of entering.
  public List<Visit> visits() {
    return Collections.unmodifiableList(visits);
  }

  /// The visits of which something changed since this was asked last, in the order of changing.
  public List<Visit> takeTouched() {
    List<Visit> taken = List.copyOf(touched);
    touched.clear();
    return taken;
  }

  /// Every line of work in the order of beginning, the execution's own first.
  public Collection<Line> lines() {
    return Collections.unmodifiableCollection(lines.values());
  }

  /// Null where none of that name was seen.
  public @Nullable Line line(FrameId frame) {
    return lines.get(frame);
  }

  /// How the visits of a state stand.
  public Tally tally(String state) {
    Tally tally = tallies.get(state);
    return tally == null ? new Tally() : tally;
  }

  public EventIndex events() {
    return events;
  }

  public ExecutionStatus status() {
    return status;
  }

  /// Null before the first event.
  public @Nullable Instant startedAt() {
    return startedAt;
  }

  /// Null while it runs.
  public @Nullable Instant stoppedAt() {
    return stoppedAt;
  }

  /// The event that ended it, which has its output, or its error and cause; 0 while it runs.
  public long endEvent() {
    return endEvent;
  }

  /// What it failed or was stopped with; null for none.
  public @Nullable String error() {
    return error;
  }

  /// When it stood still between an end and a redrive, in order.
  public List<Pause> pauses() {
    return Collections.unmodifiableList(pauses);
  }

  private void event(Fact.HistoryEvent e) {
    current = e.id();
    Line line = line(e);
    Visit visit = line.current();
    Instant at = e.timestamp();
    switch (e.details()) {
      case Details.ExecutionStarted _ -> startedAt = at;
      case Details.ExecutionSucceeded _ -> over(ExecutionStatus.SUCCEEDED, e, null);
      case Details.ExecutionFailed d -> {
        failing(e, d.error());
        over(ExecutionStatus.FAILED, e, d.error());
      }
      case Details.ExecutionTimedOut d -> over(ExecutionStatus.TIMED_OUT, e, d.error());
      case Details.ExecutionAborted d -> over(ExecutionStatus.ABORTED, e, d.error());
      case Details.ExecutionRedriven _ -> redriven(line, e);
      case Details.StateEntered d -> visit = entered(line, e, d);
      case Details.StateExited d -> exited(line, visit, e, d);
      case Details.StateAborted _ -> stands(visit, VisitStatus.ABORTED, at);
      case Details.ParallelStarted _ -> begins(visit, e);
      case Details.MapStarted d -> {
        begins(visit, e);
        if (visit != null) {
          visit.expects(d.length());
        }
      }
      case Details.ParallelSucceeded _, Details.MapSucceeded _, Details.TaskSucceeded _ ->
          succeeded(visit, e);
      case Details.ParallelFailed _, Details.MapFailed _ ->
          failed(visit, e, visit == null ? null : visit.error());
      case Details.MapIterationStarted _ -> {
        line.startedBy(e.id());
        visit = line.around();
      }
      case Details.MapIterationSucceeded _ -> visit = iterated(line, VisitStatus.SUCCEEDED, at);
      case Details.MapIterationFailed _ -> visit = iterated(line, VisitStatus.FAILED, at);
      case Details.MapIterationAborted _ -> visit = iterated(line, VisitStatus.ABORTED, at);
      case Details.TaskScheduled d -> scheduled(visit, e, d.resource());
      case Details.TaskStarted d -> {
        if (visit != null) {
          visit.taken(d.workerName());
        }
      }
      case Details.TaskSubmitted _ -> {
        if (visit != null && visit.submitted(e.id(), at)) {
          stands(visit, VisitStatus.CALLBACK, null);
        }
      }
      case Details.TaskFailed d -> failed(visit, e, d.error());
      case Details.EvaluationFailed d -> failed(visit, e, d.error());
      case Details.MapRunStarted d -> {
        if (visit != null) {
          visit.runs(d.mapRunArn());
        }
      }
      case Details.MapRunFailed d -> failed(visit, e, d.error());
      case Details.MapRunSucceeded _, Details.MapRunAborted _, Details.MapRunRedriven _ -> {}
    }
    if (visit != null) {
      touched.add(visit);
    }
    line.event(e.id());
    events.add(at, EventType.of(e.details()), visit == null ? -1 : visit.index());
  }

  private void engineOnly(Fact fact) {
    Line line = lines.get(fact.frame());
    if (line == null || events.size() == 0) {
      return;
    }
    Instant at = events.time(events.size());
    Visit visit = line.current();
    switch (fact) {
      case Fact.RetryArmed f -> {
        if (visit != null) {
          closeChildren(visit, at);
          Attempt last = visit.attempt();
          if (last != null) {
            last.end(visit.failedEvent(), at, true, visit.error());
          }
          visit.retries(f.deadline().due());
          stands(visit, VisitStatus.RETRYING, null);
        }
      }
      case Fact.WaitArmed f -> {
        if (visit != null) {
          visit.waitsUntil(f.deadline().due());
          stands(visit, VisitStatus.WAITING, null);
        }
      }
      case Fact.BranchFinished _ -> stands(line, VisitStatus.SUCCEEDED, at);
      case Fact.BranchFailed _ -> branchFailed(line, at);
      case Fact.ItemsResolved _,
          Fact.MapRunResolved _,
          Fact.MapRunMoved _,
          Fact.Forked _,
          Fact.Yielded _,
          Fact.HistoryEvent _ -> {}
    }
  }

  /// The line that an event is told of; an item or branch is seen first by its first event.
  private Line line(Fact.HistoryEvent e) {
    Line known = lines.get(e.frame());
    if (known != null) {
      return known;
    }
    FrameId above = e.frame().parent();
    Line parent = above == null ? null : lines.get(above);
    Visit around = parent == null ? null : parent.current();
    Line line = new Line(e.frame(), around, e.timestamp());
    lines.put(e.frame(), line);
    if (around != null) {
      around.holds(e.frame());
      around.inner().add(VisitStatus.RUNNING);
    }
    return line;
  }

  private Visit entered(Line line, Fact.HistoryEvent e, Details.StateEntered d) {
    Visit visit =
        new Visit(visits.size(), line.frame(), d.name().value(), d.kind(), e.id(), e.timestamp());
    visits.add(visit);
    line.enters(visit);
    tallyOf(visit).add(VisitStatus.RUNNING);
    stands(visit, atFirst(d.kind()), null);
    return visit;
  }

  private static VisitStatus atFirst(StateKind kind) {
    return kind == StateKind.WAIT ? VisitStatus.WAITING : VisitStatus.RUNNING;
  }

  private void exited(
      Line line, @Nullable Visit visit, Fact.HistoryEvent e, Details.StateExited d) {
    if (visit == null) {
      return;
    }
    visit.exits(e.id());
    if (!d.assigned().isEmpty()) {
      line.assigns(new Line.Assigned(e.id(), List.copyOf(d.assigned().keySet())));
    }
    boolean caught = visit.failedEvent() != 0 && !visit.isResultKnown();
    stands(visit, caught ? VisitStatus.CAUGHT : VisitStatus.SUCCEEDED, e.timestamp());
  }

  private void begins(@Nullable Visit visit, Fact.HistoryEvent e) {
    if (visit != null) {
      visit.begin(e.id(), e.timestamp());
      stands(visit, VisitStatus.RUNNING, null);
    }
  }

  private void scheduled(@Nullable Visit visit, Fact.HistoryEvent e, TaskResource resource) {
    if (visit != null) {
      visit.calls(resource.type(), resource.resource().endsWith(TOKEN_SUFFIX));
      begins(visit, e);
    }
  }

  private @Nullable Visit iterated(Line line, VisitStatus as, Instant at) {
    stands(line, as, at);
    return line.around();
  }

  private void succeeded(@Nullable Visit visit, Fact.HistoryEvent e) {
    if (visit != null) {
      visit.hasResult();
      Attempt attempt = visit.attempt();
      if (attempt != null) {
        attempt.end(e.id(), e.timestamp(), false, null);
      }
      stands(visit, VisitStatus.RUNNING, null);
    }
  }

  private void failed(@Nullable Visit visit, Fact.HistoryEvent e, @Nullable String with) {
    if (visit != null) {
      visit.fails(e.id(), with);
      Attempt attempt = visit.attempt();
      if (attempt != null) {
        attempt.end(e.id(), e.timestamp(), true, with);
      }
      closeChildren(visit, e.timestamp());
    }
  }

  private void branchFailed(Line line, Instant at) {
    Visit inside = line.current();
    if (inside != null) {
      stands(inside, VisitStatus.FAILED, at);
    }
    stands(line, VisitStatus.FAILED, at);
    Visit around = line.around();
    if (around != null) {
      around.fails(
          inside == null ? events.size() : inside.failedEvent(),
          inside == null ? null : inside.error());
      closeChildren(around, at);
    }
  }

  /// What still ran in a Parallel or Map that failed does not any more.
  private void closeChildren(Visit around, Instant at) {
    for (FrameId child : around.children()) {
      Line line = lines.get(child);
      if (line != null && line.status().isOpen()) {
        Visit inside = line.current();
        if (inside != null) {
          closeChildren(inside, at);
          if (inside.status().isOpen()) {
            stands(inside, VisitStatus.ABORTED, at);
          }
        }
        stands(line, VisitStatus.ABORTED, at);
      }
    }
  }

  /// An execution fails with the error of the line whose last event goes before.
  private void failing(Fact.HistoryEvent e, @Nullable String with) {
    Line failing = lines.get(FrameId.ROOT);
    for (Line line : lines.values()) {
      if (line.lastEvent() == e.previousEventId()) {
        failing = line;
      }
    }
    Visit visit = failing == null ? null : failing.current();
    if (visit != null && visit.exitedEvent() == 0) {
      if (visit.failedEvent() == 0 || visit.error() == null) {
        visit.fails(e.id(), with);
      }
      stands(visit, VisitStatus.FAILED, e.timestamp());
    }
  }

  private void over(ExecutionStatus as, Fact.HistoryEvent e, @Nullable String with) {
    VisitStatus broken =
        as == ExecutionStatus.TIMED_OUT ? VisitStatus.TIMED_OUT : VisitStatus.ABORTED;
    for (Line line : lines.values()) {
      Visit visit = line.current();
      if (visit != null && visit.status().isOpen()) {
        stands(visit, broken, e.timestamp());
      }
      if (line.status().isOpen()) {
        stands(line, ended(as, broken), e.timestamp());
      }
    }
    status = as;
    stoppedAt = e.timestamp();
    endEvent = e.id();
    error = with;
  }

  private static VisitStatus ended(ExecutionStatus as, VisitStatus broken) {
    return switch (as) {
      case SUCCEEDED -> VisitStatus.SUCCEEDED;
      case FAILED -> VisitStatus.FAILED;
      case TIMED_OUT, ABORTED, RUNNING, PENDING_REDRIVE -> broken;
    };
  }

  private void redriven(Line line, Fact.HistoryEvent e) {
    if (stoppedAt != null) {
      pauses.add(new Pause(stoppedAt, e.timestamp(), e.id()));
    }
    status = ExecutionStatus.RUNNING;
    stoppedAt = null;
    endEvent = 0;
    error = null;
    goesOn(line, e);
  }

  /// What was not through is taken up again: a Parallel or Map where its branches or items were,
  /// unless it waited to be retried, and everything else from its beginning.
  private void goesOn(Line line, Fact.HistoryEvent e) {
    stands(line, VisitStatus.RUNNING, null);
    Visit visit = line.current();
    if (visit == null || visit.exitedEvent() != 0) {
      return;
    }
    stands(visit, atFirst(visit.kind()), null);
    if (visit.goesOn(e.id(), e.timestamp())) {
      for (FrameId child : visit.childrenNow()) {
        Line inside = lines.get(child);
        if (inside != null && inside.status() != VisitStatus.SUCCEEDED) {
          goesOn(inside, e);
        }
      }
    }
  }

  private void stands(@Nullable Visit visit, VisitStatus now, @Nullable Instant ended) {
    if (visit == null) {
      return;
    }
    Tally tally = tallyOf(visit);
    tally.remove(visit.status());
    tally.add(now);
    visit.stands(now, ended, current);
    touched.add(visit);
    Line line = lines.get(visit.frame());
    if (line != null && now.isOpen()) {
      stands(line, now, null);
    }
  }

  private void stands(Line line, VisitStatus now, @Nullable Instant ended) {
    Visit around = line.around();
    if (around != null && line.status() != now) {
      touched.add(around);
      around.inner().remove(line.status());
      around.inner().add(now);
    }
    line.stands(now, ended);
  }

  private Tally tallyOf(Visit visit) {
    return tallies.computeIfAbsent(visit.state(), _ -> new Tally());
  }
}
