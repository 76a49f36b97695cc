package io.gradus.engine.interpret;

import io.gradus.engine.Details;
import io.gradus.engine.Effect;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.TimerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ways an execution ends. Each gives up all that any frame still waits for.
final class Endings {
  private Endings() {}

  static void succeed(Turn turn, Payload output) {
    releaseAll(turn);
    turn.event(FrameId.ROOT, new Details.ExecutionSucceeded(turn.place(output, "output")));
    turn.effect(new Effect.Finished(ExecutionStatus.SUCCEEDED));
  }

  static void fail(
      Turn turn, @Nullable String error, @Nullable String cause, long previousEventId) {
    releaseAll(turn);
    turn.event(FrameId.ROOT, previousEventId, new Details.ExecutionFailed(error, cause));
    turn.effect(new Effect.Finished(ExecutionStatus.FAILED));
  }

  /// AWS records 0 as the predecessor of an execution's own timeout and abort.
  static void timeOut(Turn turn) {
    releaseAll(turn);
    turn.event(FrameId.ROOT, 0, new Details.ExecutionTimedOut(null, null));
    turn.effect(new Effect.Finished(ExecutionStatus.TIMED_OUT));
  }

  static void stop(Turn turn, @Nullable String error, @Nullable String cause) {
    releaseAll(turn);
    turn.event(FrameId.ROOT, 0, new Details.ExecutionAborted(error, cause));
    turn.effect(new Effect.Finished(ExecutionStatus.ABORTED));
  }

  private static void releaseAll(Turn turn) {
    turn.dropSteps();
    for (FrameId id : List.copyOf(turn.execution().frames().keySet())) {
      turn.release(id);
    }
    turn.disarm(TimerId.Kind.EXECUTION_TIMEOUT, FrameId.ROOT, 1, turn.execution().timeout());
  }
}
