package io.gradus.runtime.node;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.State;
import io.gradus.engine.Command;
import io.gradus.engine.Deadline;
import io.gradus.engine.Decision;
import io.gradus.engine.Effect;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.FrameId;
import io.gradus.engine.MapRun;
import io.gradus.engine.Rejection;
import io.gradus.engine.TaskId;
import io.gradus.engine.TimerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Many commands folded into one transition. What an earlier command began and a later one ended
/// cancels out: neither a row nor a call is made for it.
final class Fold {
  /// What decides; the engine, save in tests.
  @FunctionalInterface
  interface Decider {
    Decision decide(Execution execution, Command command, Environment environment);
  }

  private final Decider decider;
  private final Supplier<Environment> environment;
  private final boolean allRows;

  private Execution next;
  private final List<Fact> facts = new ArrayList<>();
  private final Set<FrameId> touched = new HashSet<>();
  private final Map<TaskId, Effect.OpenTask> opened = new LinkedHashMap<>();
  private final Set<TaskId> withoutActivity = new HashSet<>();
  private final Set<TaskId> closed = new LinkedHashSet<>();
  private final Map<TimerId, Deadline> armed = new LinkedHashMap<>();
  private final Map<TimerId, Deadline> disarmed = new LinkedHashMap<>();
  private final Set<TimerId> timerRows = new LinkedHashSet<>();
  private final Set<String> consumed = new LinkedHashSet<>();
  private final Map<TaskId, Effect.InvokeTask> invoked = new LinkedHashMap<>();
  private final Map<TaskId, Frame> cancelled = new LinkedHashMap<>();
  private final IdentityHashMap<Delivery, Rejection> refused = new IdentityHashMap<>();
  private final List<Delivery> accepted = new ArrayList<>();
  private final List<Delivery> held = new ArrayList<>();
  private final List<Effect.StartChild> children = new ArrayList<>();
  private final Map<UUID, Effect.RecordMapRun> mapRuns = new LinkedHashMap<>();
  private final Map<UUID, Effect.ReadItems> reads = new LinkedHashMap<>();
  private final Map<UUID, Effect.GatherResults> gathers = new LinkedHashMap<>();
  private final Map<UUID, Effect.PickRedrives> picks = new LinkedHashMap<>();
  private final Map<UUID, Effect.ReopenChildren> reopens = new LinkedHashMap<>();
  private final Set<UUID> stoppedRuns = new LinkedHashSet<>();
  private boolean proceeds;
  private @Nullable ExecutionStatus finished;

  private Fold(
      Execution before, boolean allRows, Decider decider, Supplier<Environment> environment) {
    this.next = before;
    this.allRows = allRows;
    this.decider = decider;
    this.environment = environment;
  }

  /// @param allRows whether near timers may have rows as well
  static Fold of(
      Execution before,
      boolean allRows,
      List<Delivery> deliveries,
      Decider decider,
      Supplier<Environment> environment) {
    Fold fold = new Fold(before, allRows, decider, environment);
    deliveries.forEach(fold::add);
    return fold;
  }

  /// Nothing happens.
  static Fold nothing(Execution execution) {
    return new Fold(
        execution,
        true,
        (_, _, _) -> new Decision.Rejected(Rejection.NOTHING_TO_CONTINUE),
        () -> {
          throw new IllegalStateException("expected nothing to be decided");
        });
  }

  private void add(Delivery delivery) {
    if (mustWaitForSubmission(delivery)) {
      held.add(delivery);
      return;
    }
    Decision decision = decider.decide(next, delivery.command(), environment.get());
    List<Delivery> orphaned = orphaned(decision);
    if (orphaned.isEmpty()) {
      take(delivery, decision);
      return;
    }
    held.removeAll(orphaned);
    for (Delivery waiting : orphaned) {
      take(waiting, decider.decide(next, waiting.command(), environment.get()));
    }
    take(delivery, decider.decide(next, delivery.command(), environment.get()));
  }

  /// Completions that wait for the submission of a task which this would end without them. Who left
  /// them in the inbox was told that they count, so they go first, submitted or not.
  private List<Delivery> orphaned(Decision decision) {
    if (held.isEmpty() || !(decision instanceof Decision.Accepted accepted)) {
      return List.of();
    }
    return held.stream()
        .filter(waiting -> waiting.source() instanceof Delivery.Source.Inbox)
        .filter(waiting -> !isAwaited(completedBy(waiting.command()), accepted.next()))
        .toList();
  }

  private static boolean isAwaited(@Nullable TaskId task, Execution execution) {
    Frame frame = task == null ? null : execution.frames().get(task.frame());
    return task == null
        || (frame != null
            && frame.phase() instanceof Phase.AwaitingTask awaiting
            && awaiting.attempt() == task.attempt());
  }

  private void take(Delivery delivery, Decision decision) {
    if (delivery.source() instanceof Delivery.Source.Inbox inbox) {
      consumed.add(inbox.sourceId());
    }
    switch (decision) {
      case Decision.Rejected r -> {
        refused.put(delivery, r.why());
        if (r.why() != Rejection.TIMER_NOT_DUE) {
          dropTimerRow(delivery);
        }
      }
      case Decision.Accepted a -> {
        accepted.add(delivery);
        dropTimerRow(delivery);
        Execution before = next;
        a.facts().forEach(this::addFact);
        touched.addAll(a.touched());
        next = a.next();
        a.effects().forEach(effect -> note(effect, before, delivery.command()));
        retryHeld(delivery.command());
      }
    }
  }

  /// How far a Map Run has come is said anew with each child: the last time is enough.
  private void addFact(Fact fact) {
    if (fact instanceof Fact.MapRunMoved
        && !facts.isEmpty()
        && facts.getLast() instanceof Fact.MapRunMoved before
        && before.frame().equals(fact.frame())) {
      facts.removeLast();
    }
    facts.add(fact);
  }

  /// What waited for this goes before whatever came later.
  private void retryHeld(Command command) {
    if (!held.isEmpty()
        && (command instanceof Command.TaskSubmitted || command instanceof Command.TaskStarted)) {
      List<Delivery> waited = List.copyOf(held);
      held.clear();
      waited.forEach(this::add);
    }
  }

  private void dropTimerRow(Delivery delivery) {
    if ((allRows || delivery.source() == Delivery.Source.TimerRow.TIMER_ROW)
        && delivery.command() instanceof Command.TimerFired fired) {
      timerRows.add(fired.timer());
    }
  }

  private void note(Effect effect, Execution before, Command command) {
    switch (effect) {
      case Effect.InvokeTask e -> invoked.put(e.task(), e);
      case Effect.OpenTask e -> opened.put(e.task(), e);
      case Effect.CloseTask e -> {
        boolean neverCalled = invoked.remove(e.task()) != null;
        boolean neverStored = opened.remove(e.task()) != null;
        if (e.stored() && !neverStored) {
          closed.add(e.task());
        }
        Frame frame = before.frames().get(e.task().frame());
        if (!neverCalled && frame != null && !e.task().equals(completedBy(command))) {
          cancelled.put(e.task(), frame);
        }
      }
      case Effect.ArmTimer e -> {
        disarmed.remove(e.timer());
        armed.put(e.timer(), e.deadline());
      }
      case Effect.DisarmTimer e -> {
        Deadline own = armed.remove(e.timer());
        if (own == null || !own.equals(e.deadline())) {
          disarmed.put(e.timer(), e.deadline());
        }
      }
      case Effect.StartChild e -> children.add(e);
      case Effect.RecordMapRun e -> {
        mapRuns.put(e.mapRun().id(), e);
        if (e.mapRun().status() != MapRun.Status.RUNNING) {
          reads.remove(e.mapRun().id());
          gathers.remove(e.mapRun().id());
          picks.remove(e.mapRun().id());
          reopens.remove(e.mapRun().id());
        }
      }
      case Effect.StopChildren e -> stoppedRuns.add(e.mapRunId()); // also those that begin with it
      case Effect.ReadItems e -> reads.put(e.mapRun().id(), e);
      case Effect.PickRedrives e -> picks.put(e.mapRun().id(), e);
      case Effect.ReopenChildren e -> reopens.put(e.mapRun().id(), e);
      case Effect.GatherResults e -> gathers.put(e.mapRun().id(), e);
      case Effect.Proceed _ -> proceeds = true;
      case Effect.Finished e -> finished = e.status();
    }
  }

  /// A worker, or a child, that is faster than the call that gave it its work: its answer waits
  /// until the submission is recorded, so that history tells them in order.
  private boolean mustWaitForSubmission(Delivery delivery) {
    if (delivery.source() == Delivery.Source.Here.HERE) {
      return false;
    }
    TaskId task =
        delivery.command() instanceof Command.TaskHeartbeat c
            ? c.task()
            : completedBy(delivery.command());
    Frame frame = task == null ? null : next.frames().get(task.frame());
    if (task == null || frame == null || frame.at() == null) {
      return false;
    }
    return frame.phase() instanceof Phase.AwaitingTask awaiting
        && awaiting.attempt() == task.attempt()
        && next.info().definition().state(frame.at().state()) instanceof State.Task state
        && (state.resource().isActivity()
            ? !awaiting.started()
            : !awaiting.submitted()
                && state.resource().pattern() != Resource.Pattern.REQUEST_RESPONSE);
  }

  private static @Nullable TaskId completedBy(Command command) {
    return switch (command) {
      case Command.TaskSucceeded c -> c.task();
      case Command.TaskFailed c -> c.task();
      case Command.StartExecution _,
          Command.TaskStarted _,
          Command.TaskSubmitted _,
          Command.TaskHeartbeat _,
          Command.TimerFired _,
          Command.ChildEnded _,
          Command.ItemsRead _,
          Command.RedrivesPicked _,
          Command.ChildrenReopened _,
          Command.ResultsGathered _,
          Command.MapRunHindered _,
          Command.UpdateMapRun _,
          Command.StopExecution _,
          Command.Continue _ ->
          null;
    };
  }

  /// Whether there is anything to commit.
  boolean changes() {
    return !accepted.isEmpty() || !consumed.isEmpty() || !timerRows.isEmpty();
  }

  Execution next() {
    return next;
  }

  List<Fact> facts() {
    return facts;
  }

  /// Frames stored apart that changed or went.
  Set<FrameId> touched() {
    return touched;
  }

  /// Tasks that get a row.
  List<Effect.OpenTask> opened() {
    return List.copyOf(opened.values());
  }

  /// Notes that there is no activity whose workers could have the task.
  void lacksActivity(TaskId task) {
    withoutActivity.add(task);
  }

  boolean hasNoActivity(TaskId task) {
    return withoutActivity.contains(task);
  }

  /// Tasks whose row goes.
  Set<TaskId> closed() {
    return closed;
  }

  /// Timers to arm, those with a row among them.
  Map<TimerId, Deadline> armed() {
    return armed;
  }

  /// Timers to forget.
  Map<TimerId, Deadline> disarmed() {
    return disarmed;
  }

  /// Timers whose row goes: the disarmed and the fired ones.
  Set<TimerId> deletedTimerRows() {
    Set<TimerId> rows = new LinkedHashSet<>(timerRows);
    disarmed.forEach(
        (timer, deadline) -> {
          if (allRows || deadline.stored()) {
            rows.add(timer);
          }
        });
    rows.removeAll(armed.keySet());
    return rows;
  }

  /// Inbox rows that this transition consumes.
  Set<String> consumed() {
    return consumed;
  }

  /// Calls to make after the commit, of tasks that still wait for one.
  List<Effect.InvokeTask> invoked() {
    return List.copyOf(invoked.values());
  }

  /// Tasks whose work may be ended, with their frame as it stood before.
  Map<TaskId, Frame> cancelled() {
    return cancelled;
  }

  List<Delivery> accepted() {
    return accepted;
  }

  Map<Delivery, Rejection> refused() {
    return refused;
  }

  /// Those of the deliveries that were decided on.
  List<Delivery> decided(List<Delivery> deliveries) {
    if (held.isEmpty()) {
      return deliveries;
    }
    Set<Delivery> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
    waiting.addAll(held);
    return deliveries.stream().filter(delivery -> !waiting.contains(delivery)).toList();
  }

  /// Deliveries to be tried again after the next transition.
  List<Delivery> held() {
    return held;
  }

  /// Children of Map Runs that begin with it.
  List<Effect.StartChild> children() {
    return children;
  }

  /// Map Runs that changed, as they are now.
  List<Effect.RecordMapRun> mapRuns() {
    return List.copyOf(mapRuns.values());
  }

  /// Map Runs whose children are to end.
  Set<UUID> stoppedRuns() {
    return stoppedRuns;
  }

  /// Items to read after the commit.
  List<Effect.ReadItems> reads() {
    return List.copyOf(reads.values());
  }

  /// Results to put together after the commit.
  List<Effect.GatherResults> gathers() {
    return List.copyOf(gathers.values());
  }

  /// Children to look up after the commit that are to be taken up again.
  List<Effect.PickRedrives> picks() {
    return List.copyOf(picks.values());
  }

  /// Children to take up again after the commit.
  List<Effect.ReopenChildren> reopens() {
    return List.copyOf(reopens.values());
  }

  /// Whether the execution goes on by itself.
  boolean proceeds() {
    return proceeds && finished == null;
  }

  @Nullable ExecutionStatus finished() {
    return finished;
  }
}
