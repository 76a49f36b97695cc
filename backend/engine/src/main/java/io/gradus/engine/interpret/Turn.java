package io.gradus.engine.interpret;

import io.gradus.asl.expr.Allowance;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Deadline;
import io.gradus.engine.Decision;
import io.gradus.engine.Details;
import io.gradus.engine.Effect;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.FrameId;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TimerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One decision in the making: the execution as far as it has come, what happened and what is to be
/// done. Every fact is folded in as it is stated, so that what follows sees its consequence.
final class Turn {
  /// States entered in one decision before it yields; keeps a loop of Pass states from holding a
  /// node, and a commit from growing without bound.
  static final int MAX_STATES = 500;

  /// Work of expressions (as [io.gradus.asl.expr.Allowance] counts it) after which it yields, about
  /// a second's: others wait for the thread meanwhile.
  private static final long MAX_WORK = 20_000_000;

  /// Bytes of payloads after which it yields: as many as a commit group has.
  private static final long MAX_BYTES = 4 * 1024 * 1024;

  private final Environment environment;
  private final Inspector inspector;
  private final List<Fact> facts = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Set<FrameId> touched = new HashSet<>();
  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private Execution execution;
  private long work;
  private long bytes;

  Turn(Execution execution, Environment environment) {
    this(execution, environment, Inspector.NONE);
  }

  Turn(Execution execution, Environment environment, Inspector inspector) {
    this.execution = execution;
    this.environment = environment;
    this.inspector = inspector;
  }

  /// A frame about to enter a state.
  record Step(FrameId frame, StateName next, Payload input) {}

  /// The history is full; the decision ends the execution where it stands.
  static final class HistoryFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HistoryFull() {
      super(null, null, false, false);
    }
  }

  Environment environment() {
    return environment;
  }

  Inspector inspector() {
    return inspector;
  }

  Execution execution() {
    return execution;
  }

  Frame frame(FrameId id) {
    return execution.frame(id);
  }

  /// Where the frame stands.
  Frame.At at(FrameId id) {
    Frame.At at = frame(id).at();
    if (at == null) {
      throw new IllegalStateException("expected frame " + id + " in a state");
    }
    return at;
  }

  State state(FrameId id) {
    return execution.info().definition().state(at(id).state());
  }

  long nextEventId() {
    return execution.lastEventId() + 1;
  }

  /// The value as the field of the event that is stated next.
  Payload place(Payload payload, String field) {
    bytes += payload.origin() == null ? payload.size() : 0;
    return payload.at(new Origin(nextEventId(), field));
  }

  /// What the expressions of one state may spend.
  Allowance allowance() {
    return new Allowance(spent -> work += spent);
  }

  /// Whether what is left should wait for the next decision.
  boolean isLong() {
    return work > MAX_WORK || bytes > MAX_BYTES;
  }

  /// The tree as a payload: one of `known` where it is that very tree, so that its text and place
  /// are kept.
  @SuppressWarnings("ReferenceEquality") // the same tree, not an equal one: comparing costs more
  static Payload payloadOf(JsonNode tree, Payload... known) {
    for (Payload payload : known) {
      if (tree == payload.json()) {
        return payload;
      }
    }
    return Payload.of(tree);
  }

  /// States an event that follows the frame's last one.
  void event(FrameId frame, Details details) {
    event(frame, frame(frame).lastEventId(), details);
  }

  void event(FrameId frame, long previousEventId, Details details) {
    long limit = execution.info().limits().historyEvents();
    if (limit > 0
        && nextEventId() >= limit
        && !isEnd(details)
        && !(details instanceof Details.MapRunAborted)) {
      throw new HistoryFull();
    }
    fact(new Fact.HistoryEvent(nextEventId(), previousEventId, environment.now(), frame, details));
  }

  void fact(Fact fact) {
    noteTouched(fact.frame());
    if (removesBelow(fact)) {
      FrameId from = fact instanceof Fact.BranchFailed f ? parent(f.frame()) : fact.frame();
      Frames.below(execution, from).forEach(this::noteTouched);
    }
    execution = Applier.apply(execution, fact);
    facts.add(fact);
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  /// Changes state that history does not tell: a heartbeat's deadline.
  void adjust(Frame frame) {
    noteTouched(frame.id());
    execution = execution.withFrame(frame);
  }

  void arm(TimerId.Kind kind, FrameId frame, long eventId, @Nullable Deadline deadline) {
    if (deadline != null) {
      effect(new Effect.ArmTimer(new TimerId(frame, kind, eventId), deadline));
    }
  }

  void disarm(TimerId.Kind kind, FrameId frame, long eventId, @Nullable Deadline deadline) {
    if (deadline != null) {
      effect(new Effect.DisarmTimer(new TimerId(frame, kind, eventId), deadline));
    }
  }

  /// Gives up all that a frame waits for.
  void release(FrameId id) {
    Frame frame = frame(id);
    switch (frame.phase()) {
      case Phase.AwaitingTask t -> {
        disarmTask(id, t);
        effect(new Effect.CloseTask(new TaskId(id, t.attempt()), Tasks.staysOpen(state(id))));
      }
      case Phase.AwaitingRetry r -> disarm(TimerId.Kind.RETRY, id, r.eventId(), r.deadline());
      case Phase.AwaitingWait w -> disarm(TimerId.Kind.WAIT, id, w.eventId(), w.deadline());
      case Phase.InMapRun _ -> MapRunEndings.abort(this, id, frame.lastEventId());
      case Phase.Entered _,
          Phase.Exited _,
          Phase.Ready _,
          Phase.InParallel _,
          Phase.InMap _,
          Phase.Finished _ -> {}
    }
  }

  void disarmTask(FrameId id, Phase.AwaitingTask task) {
    disarm(TimerId.Kind.TASK_TIMEOUT, id, task.attempt(), task.timeout());
    disarm(TimerId.Kind.HEARTBEAT, id, task.attempt(), task.heartbeat());
  }

  void enqueue(FrameId frame, StateName next, Payload input) {
    steps.add(new Step(frame, next, input));
  }

  /// Queues a frame that stands before a state.
  void enqueueReady(FrameId id) {
    if (frame(id).phase() instanceof Phase.Ready ready) {
      enqueue(id, ready.next(), ready.input());
    }
  }

  @Nullable Step nextStep() {
    return steps.poll();
  }

  /// Writes down the steps that are left, for a later decision to go on with.
  void yieldRest() {
    if (steps.isEmpty()) {
      return;
    }
    for (Step step = steps.poll(); step != null; step = steps.poll()) {
      Frame frame = execution.frames().get(step.frame());
      if (frame != null && !(frame.phase() instanceof Phase.Ready)) {
        fact(new Fact.Yielded(step.frame(), step.next(), step.input()));
      }
    }
    effect(new Effect.Proceed());
  }

  void dropSteps() {
    steps.clear();
  }

  Decision.Accepted accepted() {
    return new Decision.Accepted(
        List.copyOf(facts), List.copyOf(effects), Set.copyOf(touched), execution);
  }

  private void noteTouched(FrameId id) {
    if (id.isStoredApart()) {
      touched.add(id);
      FrameId parent = id.parent();
      if (parent != null && parent.isStoredApart()) {
        touched.add(parent);
      }
    }
  }

  private static boolean removesBelow(Fact fact) {
    return switch (fact) {
      case Fact.BranchFailed _, Fact.RetryArmed _ -> true;
      case Fact.HistoryEvent e ->
          e.details() instanceof Details.ParallelSucceeded
              || e.details() instanceof Details.MapSucceeded
              || e.details() instanceof Details.ParallelFailed
              || e.details() instanceof Details.MapFailed
              || isEnd(e.details());
      case Fact.WaitArmed _,
          Fact.ItemsResolved _,
          Fact.MapRunResolved _,
          Fact.MapRunMoved _,
          Fact.BranchFinished _,
          Fact.Forked _,
          Fact.Yielded _ ->
          false;
    };
  }

  private static boolean isEnd(Details details) {
    return details instanceof Details.ExecutionFailed
        || details instanceof Details.ExecutionSucceeded
        || details instanceof Details.ExecutionTimedOut
        || details instanceof Details.ExecutionAborted;
  }

  private static FrameId parent(FrameId id) {
    FrameId parent = id.parent();
    return parent == null ? FrameId.ROOT : parent;
  }
}
