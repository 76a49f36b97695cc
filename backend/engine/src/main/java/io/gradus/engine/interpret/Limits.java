package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.State;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskResource;

/// The sizes a tenant allows.
final class Limits {
  private Limits() {}

  /// AWS names an integration by its service, a function by its ARN, and other states by name.
  private static String subject(State state) {
    if (state instanceof State.Task task) {
      TaskResource resource = TaskResource.of(task.resource());
      return resource.family() == TaskResource.Family.TASK ? resource.type() : resource.resource();
    }
    return state.name().value();
  }

  /// Refuses a value that is too large.
  ///
  /// @throws EvaluationFailure with States.DataLimitExceeded
  static void check(Turn turn, State state, Payload payload) {
    int limit = turn.execution().info().limits().payloadBytes();
    if (limit > 0 && payload.size() > limit) {
      throw new EvaluationFailure(
          ErrorName.DATA_LIMIT_EXCEEDED,
          "The state/task '"
              + subject(state)
              + "' returned a result with a size exceeding the maximum number of bytes service"
              + " limit.",
          null);
    }
  }
}
