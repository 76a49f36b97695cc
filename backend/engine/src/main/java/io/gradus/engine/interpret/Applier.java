package io.gradus.engine.interpret;

import io.gradus.asl.model.State;
import io.gradus.asl.model.StateMachine;
import io.gradus.engine.Deadline;
import io.gradus.engine.Details;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// Folds facts into state. Nothing here decides: each fact has one consequence.
public final class Applier {
  private Applier() {}

  public static Execution apply(Execution execution, Fact fact) {
    return switch (fact) {
      case Fact.HistoryEvent e -> applyEvent(execution.withLastEventId(e.id()), e);
      case Fact.RetryArmed f -> retryArmed(execution, f);
      case Fact.WaitArmed f -> {
        Frame frame = execution.frame(f.frame());
        yield execution.withFrame(
            frame.withPhase(new Phase.AwaitingWait(at(frame).enteredEventId(), f.deadline())));
      }
      case Fact.ItemsResolved f -> itemsResolved(execution, f);
      case Fact.MapRunResolved f -> mapRunResolved(execution, f);
      case Fact.MapRunMoved f -> {
        Frame frame = execution.frame(f.frame());
        if (!(frame.phase() instanceof Phase.InMapRun run)) {
          throw new IllegalStateException("expected " + f.frame() + " in its Map Run");
        }
        yield execution.withFrame(frame.withPhase(run.at(f.progress())));
      }
      case Fact.BranchFinished f -> branchFinished(execution, f.frame(), 0);
      case Fact.BranchFailed f -> branchFailed(execution, f.frame());
      case Fact.Forked f -> forked(execution, f);
      case Fact.Yielded f ->
          execution.withFrame(
              execution.frame(f.frame()).withPhase(new Phase.Ready(f.next(), f.input())));
    };
  }

  private static Execution applyEvent(Execution execution, Fact.HistoryEvent e) {
    return switch (e.details()) {
      case Details.ExecutionStarted d -> started(execution, e, d);
      case Details.ExecutionSucceeded d ->
          over(execution, ExecutionStatus.SUCCEEDED, d.output(), null, null, e.timestamp());
      case Details.ExecutionFailed d ->
          over(execution, ExecutionStatus.FAILED, null, d.error(), d.cause(), e.timestamp());
      case Details.ExecutionTimedOut d ->
          over(execution, ExecutionStatus.TIMED_OUT, null, d.error(), d.cause(), e.timestamp());
      case Details.ExecutionAborted d ->
          over(execution, ExecutionStatus.ABORTED, null, d.error(), d.cause(), e.timestamp());
      case Details.StateEntered d -> entered(execution, e, d);
      case Details.StateExited d -> exited(execution, e, d);
      case Details.ParallelStarted d -> parallelStarted(execution, e, d);
      case Details.MapIterationStarted d -> iterationStarted(execution, e, d);
      case Details.MapIterationSucceeded _ -> branchFinished(execution, e.frame(), e.id());
      case Details.ParallelSucceeded _, Details.MapSucceeded _ -> joined(execution, e.frame());
      case Details.TaskScheduled d -> scheduled(execution, e, d);
      case Details.TaskStarted _ -> inTask(execution, e, true, false);
      case Details.TaskSubmitted _ -> inTask(execution, e, true, true);
      case Details.TaskSucceeded _, Details.TaskFailed _ ->
          execution.withFrame(next(execution, e, Phase.Entered.ENTERED));
      case Details.MapStarted _ -> execution.withFrame(next(execution, e, Phase.Entered.ENTERED));
      case Details.ParallelFailed _, Details.MapFailed _ ->
          withoutBelow(execution, e.frame()).withFrame(next(execution, e, Phase.Entered.ENTERED));
      case Details.EvaluationFailed _,
          Details.MapRunStarted _,
          Details.MapRunSucceeded _,
          Details.MapRunFailed _,
          Details.MapRunAborted _,
          Details.MapRunRedriven _ ->
          execution.withFrame(next(execution, e, execution.frame(e.frame()).phase()));
      case Details.StateAborted _,
          Details.MapIterationFailed _,
          Details.MapIterationAborted _,
          Details.ExecutionRedriven _ ->
          execution;
    };
  }

  private static Execution started(
      Execution execution, Fact.HistoryEvent e, Details.ExecutionStarted d) {
    StateMachine root = execution.info().definition().root();
    Integer seconds = root.timeoutSeconds();
    Deadline timeout =
        seconds == null ? null : Deadline.after(Duration.ofSeconds(seconds), e.timestamp());
    Frame frame =
        new Frame(
            FrameId.ROOT,
            0,
            HashTreePMap.empty(),
            null,
            new Phase.Ready(root.startAt(), d.input()));
    return new Execution(
            execution.info(),
            ExecutionStatus.RUNNING,
            e.id(),
            d.input(),
            null,
            null,
            null,
            null,
            execution.redriveCount(),
            timeout,
            execution.frames(),
            execution.redrivenAt(),
            execution.waitingBytes())
        .withFrame(frame);
  }

  private static Execution forked(Execution execution, Fact.Forked f) {
    Payload input = execution.input();
    if (input == null) {
      throw new IllegalStateException("expected an execution that was started");
    }
    return execution.withFrame(
        new Frame(
            f.frame(),
            execution.frame(f.frame()).lastEventId(),
            HashTreePMap.from(f.variables()),
            null,
            new Phase.Ready(f.state(), input)));
  }

  private static Execution over(
      Execution execution,
      ExecutionStatus status,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause,
      Instant at) {
    return new Execution(
        execution.info(),
        status,
        execution.lastEventId(),
        execution.input(),
        output,
        error,
        cause,
        at,
        execution.redriveCount(),
        null,
        HashTreePMap.empty(),
        execution.redrivenAt(),
        0);
  }

  private static Execution entered(
      Execution execution, Fact.HistoryEvent e, Details.StateEntered d) {
    Frame frame = execution.frame(e.frame());
    Frame.At at =
        new Frame.At(
            d.name(), e.id(), e.previousEventId(), e.timestamp(), d.input(), TreePVector.empty());
    return execution.withFrame(
        new Frame(frame.id(), e.id(), frame.variables(), at, Phase.Entered.ENTERED));
  }

  private static Execution exited(Execution execution, Fact.HistoryEvent e, Details.StateExited d) {
    Frame frame = execution.frame(e.frame());
    PMap<String, Payload> variables =
        d.assigned().isEmpty() ? frame.variables() : frame.variables().plusAll(d.assigned());
    return execution.withFrame(
        new Frame(frame.id(), e.id(), variables, frame.at(), new Phase.Exited(d.output())));
  }

  private static Execution parallelStarted(
      Execution execution, Fact.HistoryEvent e, Details.ParallelStarted d) {
    Frame frame = execution.frame(e.frame());
    List<StateMachine> branches =
        switch (execution.info().definition().state(at(frame).state())) {
          case State.Parallel p -> p.branches();
          case State other ->
              throw new IllegalStateException("expected a Parallel, found " + other.name());
        };
    int total = branches.size();
    PMap<FrameId, Frame> frames =
        execution
            .frames()
            .plus(frame.id(), next(execution, e, new Phase.InParallel(e.id(), total, 0)));
    for (int i = 0; i < total; i++) {
      FrameId child = frame.id().child(e.id(), i, total);
      frames =
          frames.plus(
              child,
              new Frame(
                  child,
                  e.id(),
                  HashTreePMap.empty(),
                  null,
                  new Phase.Ready(branches.get(i).startAt(), d.input())));
    }
    return execution.withFrames(frames);
  }

  private static Execution itemsResolved(Execution execution, Fact.ItemsResolved f) {
    Frame frame = execution.frame(f.frame());
    return execution.withFrame(
        frame.withPhase(
            new Phase.InMap(
                frame.lastEventId(),
                f.items(),
                f.effectiveInput(),
                f.items().json().size(),
                0,
                0,
                0,
                f.maxConcurrency(),
                f.tolerance())));
  }

  private static Execution mapRunResolved(Execution execution, Fact.MapRunResolved f) {
    Frame frame = execution.frame(f.frame());
    return execution.withFrame(
        frame.withPhase(
            new Phase.InMapRun(
                frame.lastEventId(),
                f.mapRunId(),
                f.startedAt(),
                f.items(),
                f.keyed(),
                f.effectiveInput(),
                f.batching(),
                f.source(),
                f.sink(),
                f.progress(),
                0,
                null)));
  }

  private static Execution iterationStarted(
      Execution execution, Fact.HistoryEvent e, Details.MapIterationStarted d) {
    Frame parent = parentOf(execution, e.frame());
    StateMachine processor =
        switch (execution.info().definition().state(at(parent).state())) {
          case State.MapState m -> m.processor();
          case State other ->
              throw new IllegalStateException("expected a Map, found " + other.name());
        };
    Frame child =
        new Frame(
            e.frame(),
            e.id(),
            HashTreePMap.empty(),
            null,
            new Phase.Ready(processor.startAt(), d.input()));
    Phase.InMap map = inMap(parent);
    return execution.withFrames(
        execution
            .frames()
            .plus(
                parent.id(),
                parent.withPhase(counted(map, map.started() + 1, map.finished(), map.failed())))
            .plus(child.id(), child));
  }

  /// A branch or item is through. What follows it in the frame around is the branch's own last
  /// event; after the last item of a Map it is that item's success (as AWS records it).
  ///
  /// @param succeededEventId of an item; 0 for a branch
  private static Execution branchFinished(Execution execution, FrameId id, long succeededEventId) {
    Frame child = execution.frame(id);
    if (!(child.phase() instanceof Phase.Exited exited)) {
      throw new IllegalStateException("expected " + id + " past its last state");
    }
    Frame parent = parentOf(execution, id);
    long last = child.lastEventId();
    Phase phase;
    switch (parent.phase()) {
      case Phase.InParallel p ->
          phase = new Phase.InParallel(p.startedEventId(), p.total(), p.finished() + 1);
      case Phase.InMap m -> {
        phase = counted(m, m.started(), m.finished() + 1, m.failed());
        last = m.finished() + 1 == m.total() ? succeededEventId : last;
      }
      default -> throw new IllegalStateException("expected " + parent.id() + " in its fan-out");
    }
    return execution.withFinished(
        child,
        exited.output(),
        new Frame(parent.id(), last, parent.variables(), parent.at(), phase));
  }

  private static Execution branchFailed(Execution execution, FrameId id) {
    Frame child = execution.frame(id);
    Frame parent = parentOf(execution, id);
    return withoutBelow(execution, parent.id())
        .withFrame(
            new Frame(
                parent.id(),
                child.lastEventId(),
                parent.variables(),
                parent.at(),
                Phase.Entered.ENTERED));
  }

  private static Execution joined(Execution execution, FrameId id) {
    return withoutBelow(execution, id)
        .withFrame(execution.frame(id).withPhase(Phase.Entered.ENTERED));
  }

  private static Execution withoutBelow(Execution execution, FrameId id) {
    List<FrameId> below = Frames.below(execution, id);
    return below.isEmpty() ? execution : execution.without(below);
  }

  private static Execution scheduled(
      Execution execution, Fact.HistoryEvent e, Details.TaskScheduled d) {
    Phase phase =
        new Phase.AwaitingTask(
            e.id(),
            false,
            false,
            d.arguments(),
            d.credentials(),
            d.heartbeatSeconds(),
            deadline(d.timeoutSeconds(), e.timestamp()),
            deadline(d.heartbeatSeconds(), e.timestamp()));
    return execution.withFrame(next(execution, e, phase));
  }

  private static Execution inTask(
      Execution execution, Fact.HistoryEvent e, boolean started, boolean submitted) {
    Frame frame = execution.frame(e.frame());
    if (!(frame.phase() instanceof Phase.AwaitingTask task)) {
      throw new IllegalStateException("expected " + e.frame() + " in its task");
    }
    Phase phase =
        new Phase.AwaitingTask(
            task.attempt(),
            started,
            submitted,
            task.arguments(),
            task.credentials(),
            task.heartbeatSeconds(),
            task.timeout(),
            deadline(task.heartbeatSeconds(), e.timestamp()));
    return execution.withFrame(next(execution, e, phase));
  }

  private static Execution retryArmed(Execution execution, Fact.RetryArmed f) {
    Frame frame = execution.frame(f.frame());
    Frame.At at = at(frame);
    PVector<Integer> retries = at.retries();
    while (retries.size() <= f.retrier()) {
      retries = retries.plus(0);
    }
    retries = retries.with(f.retrier(), retries.get(f.retrier()) + 1);
    Frame.At again =
        new Frame.At(
            at.state(),
            at.enteredEventId(),
            at.previousEventId(),
            at.enteredAt(),
            at.input(),
            retries);
    return withoutBelow(execution, f.frame())
        .withFrame(
            new Frame(
                frame.id(),
                frame.lastEventId(),
                frame.variables(),
                again,
                new Phase.AwaitingRetry(execution.lastEventId(), f.deadline())));
  }

  private static Phase.InMap counted(Phase.InMap m, int started, int finished, int failed) {
    return new Phase.InMap(
        m.startedEventId(),
        m.items(),
        m.effectiveInput(),
        m.total(),
        started,
        finished,
        failed,
        m.maxConcurrency(),
        m.tolerance());
  }

  private static Frame next(Execution execution, Fact.HistoryEvent e, Phase phase) {
    Frame frame = execution.frame(e.frame());
    return new Frame(frame.id(), e.id(), frame.variables(), frame.at(), phase);
  }

  private static @Nullable Deadline deadline(@Nullable Integer seconds, Instant now) {
    return seconds == null ? null : Deadline.after(Duration.ofSeconds(seconds), now);
  }

  private static Frame parentOf(Execution execution, FrameId id) {
    FrameId parent = id.parent();
    if (parent == null) {
      throw new IllegalStateException("expected a branch, found the root");
    }
    return execution.frame(parent);
  }

  private static Frame.At at(Frame frame) {
    Frame.At at = frame.at();
    if (at == null) {
      throw new IllegalStateException("expected frame " + frame.id() + " in a state");
    }
    return at;
  }

  private static Phase.InMap inMap(Frame frame) {
    if (frame.phase() instanceof Phase.InMap map) {
      return map;
    }
    throw new IllegalStateException("expected frame " + frame.id() + " in its Map");
  }
}
