package io.gradus.engine.interpret;

import io.gradus.asl.model.State;
import io.gradus.asl.model.Transition;
import io.gradus.engine.Deadline;
import io.gradus.engine.Decision;
import io.gradus.engine.Details;
import io.gradus.engine.Effect;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.FrameId;
import io.gradus.engine.TimerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.TreePVector;

/// Takes an execution that did not succeed up again where it failed.
///
/// What stood when it ended is not kept in its state, but its journal tells: it is folded up to the
/// facts that only say how it ended. Every branch and iteration that was not through does its state
/// again, as a retry that is due at once would; those that were through stay so.
public final class Redrive {
  private Redrive() {}

  /// Redrives an execution that is over and did not succeed.
  ///
  /// @param journal all its facts in order
  /// @throws IllegalArgumentException where it is not over, or succeeded
  public static Decision.Accepted redrive(
      ExecutionInfo info, Iterable<Fact> journal, Environment environment) {
    Fold fold = fold(info, journal);
    if (!fold.now.status().isTerminal() || fold.now.status() == ExecutionStatus.SUCCEEDED) {
      throw new IllegalArgumentException(
          "expected an execution that failed, found " + fold.now.status());
    }
    long last = fold.now.lastEventId();
    Fact.HistoryEvent event =
        new Fact.HistoryEvent(
            last + 1,
            last,
            environment.now(),
            FrameId.ROOT,
            new Details.ExecutionRedriven(fold.now.redriveCount() + 1));
    Execution next = fold.restarted(event);
    Set<FrameId> apart = new HashSet<>();
    List<Effect> effects = new ArrayList<>();
    for (Frame frame : next.frames().values()) {
      if (frame.id().isStoredApart()) {
        apart.add(frame.id());
      }
      if (frame.phase() instanceof Phase.AwaitingRetry retry) {
        effects.add(
            new Effect.ArmTimer(
                new TimerId(frame.id(), TimerId.Kind.RETRY, retry.eventId()), retry.deadline()));
      }
    }
    if (next.timeout() != null) {
      effects.add(
          new Effect.ArmTimer(
              new TimerId(FrameId.ROOT, TimerId.Kind.EXECUTION_TIMEOUT, 1), next.timeout()));
    }
    if (next.frames().values().stream()
        .anyMatch(f -> f.phase() instanceof Phase.Ready || f.phase() instanceof Phase.InMapRun)) {
      effects.add(new Effect.Proceed());
    }
    return new Decision.Accepted(List.of(event), effects, apart, next);
  }

  /// The state that a journal tells, redrives and all; without redrives it is the fold of its
  /// facts.
  public static Execution replay(ExecutionInfo info, Iterable<Fact> journal) {
    return fold(info, journal).now;
  }

  private static Fold fold(ExecutionInfo info, Iterable<Fact> journal) {
    Fold fold = new Fold(Execution.fresh(info));
    journal.forEach(fold::add);
    return fold;
  }

  /// A fold that remembers what stood before the facts that only say how the execution ended.
  private static final class Fold {
    private Execution now;
    private Execution standing;

    /// Frames whose state has failed since it was entered: what left it then was a catcher.
    private final Set<FrameId> failed = new HashSet<>();

    Fold(Execution fresh) {
      this.now = fresh;
      this.standing = fresh;
    }

    void add(Fact fact) {
      if (fact instanceof Fact.HistoryEvent event
          && event.details() instanceof Details.ExecutionRedriven) {
        now = restarted(event);
        standing = now;
        return;
      }
      note(fact);
      now = Applier.apply(now, fact);
      if (!isAftermath(fact)) {
        standing = now;
      }
    }

    private void note(Fact fact) {
      if (!(fact instanceof Fact.HistoryEvent event)) {
        return;
      }
      switch (event.details()) {
        case Details.StateEntered _ -> failed.remove(event.frame());
        case Details.TaskFailed _,
            Details.EvaluationFailed _,
            Details.ParallelFailed _,
            Details.MapFailed _ ->
            failed.add(event.frame());
        default -> {
          // says nothing of failure
        }
      }
    }

    /// What stood, taken up again by the event.
    Execution restarted(Fact.HistoryEvent event) {
      PMap<FrameId, Frame> frames = standing.frames();
      for (Frame frame : List.copyOf(frames.values())) {
        frames = frames.plus(frame.id(), restarted(frame, event));
      }
      Integer seconds = standing.info().definition().root().timeoutSeconds();
      int count =
          event.details() instanceof Details.ExecutionRedriven redriven
              ? redriven.redriveCount()
              : standing.redriveCount();
      return new Execution(
          standing.info(),
          ExecutionStatus.RUNNING,
          event.id(),
          standing.input(),
          null,
          null,
          null,
          null,
          count,
          seconds == null ? null : Deadline.after(Duration.ofSeconds(seconds), event.timestamp()),
          frames,
          event.timestamp(),
          standing.waitingBytes());
    }

    private Frame restarted(Frame frame, Fact.HistoryEvent event) {
      Frame.At at = frame.at() == null ? null : anew(frame.at());
      Phase phase =
          switch (frame.phase()) {
            case Phase.Finished p -> p;
            case Phase.InParallel p -> p;
            case Phase.InMap p -> p;
            case Phase.InMapRun p -> p.redriven(event.timestamp());
            case Phase.Ready p -> p;
            case Phase.Exited p -> onward(frame, p, event);
            case Phase.Entered _,
                Phase.AwaitingTask _,
                Phase.AwaitingRetry _,
                Phase.AwaitingWait _ ->
                again(event);
          };
      boolean through = phase instanceof Phase.Finished;
      return new Frame(
          frame.id(), through ? frame.lastEventId() : event.id(), frame.variables(), at, phase);
    }

    /// Between two states: on to the next one where what was left says which that is.
    private Phase onward(Frame frame, Phase.Exited exited, Fact.HistoryEvent event) {
      Frame.At at = frame.at();
      if (at == null || failed.contains(frame.id())) {
        return again(event);
      }
      Transition then = then(standing.info().definition().state(at.state()));
      return then instanceof Transition.Next next
          ? new Phase.Ready(next.to(), exited.output())
          : again(event);
    }

    private static Phase again(Fact.HistoryEvent event) {
      Instant now = event.timestamp();
      return new Phase.AwaitingRetry(event.id(), Deadline.at(now, now));
    }

    private static Frame.At anew(Frame.At at) {
      return new Frame.At(
          at.state(),
          at.enteredEventId(),
          at.previousEventId(),
          at.enteredAt(),
          at.input(),
          TreePVector.empty());
    }
  }

  /// Null where the state itself does not say.
  private static @Nullable Transition then(State state) {
    return switch (state) {
      case State.Pass s -> s.then();
      case State.Task s -> s.then();
      case State.Wait s -> s.then();
      case State.Parallel s -> s.then();
      case State.MapState s -> s.then();
      case State.Choice _, State.Succeed _, State.Fail _ -> null;
    };
  }

  /// Whether the fact only says that, or what, the end of a state ended.
  private static boolean isAftermath(Fact fact) {
    return switch (fact) {
      case Fact.BranchFailed _ -> true;
      case Fact.HistoryEvent e ->
          switch (e.details()) {
            case Details.StateAborted _,
                Details.ParallelFailed _,
                Details.MapFailed _,
                Details.MapIterationFailed _,
                Details.MapIterationAborted _,
                Details.MapRunFailed _,
                Details.MapRunAborted _,
                Details.ExecutionFailed _,
                Details.ExecutionTimedOut _,
                Details.ExecutionAborted _,
                Details.ExecutionSucceeded _ ->
                true;
            default -> false;
          };
      case Fact.RetryArmed _,
          Fact.WaitArmed _,
          Fact.ItemsResolved _,
          Fact.MapRunResolved _,
          Fact.MapRunMoved _,
          Fact.BranchFinished _,
          Fact.Forked _,
          Fact.Yielded _ ->
          false;
    };
  }
}
