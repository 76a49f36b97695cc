package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.State;
import io.gradus.engine.Payload;

/// The sizes a tenant allows.
final class Limits {
  private Limits() {}

  /// Refuses a value that is too large.
  ///
  /// @throws EvaluationFailure with States.DataLimitExceeded
  static void check(Turn turn, State state, Payload payload) {
    int limit = turn.execution().info().limits().payloadBytes();
    if (limit > 0 && payload.size() > limit) {
      throw new EvaluationFailure(
          ErrorName.DATA_LIMIT_EXCEEDED,
          "The state/task '"
              + (state instanceof State.Task t ? t.resource().arn() : state.name().value())
              + "' returned a result with a size exceeding the maximum number of bytes service"
              + " limit.",
          null);
    }
  }
}
