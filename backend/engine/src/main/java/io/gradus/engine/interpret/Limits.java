package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.State;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskResource;
import java.util.List;
import java.util.Map;

/// The sizes a tenant allows.
final class Limits {
  /// How many of the largest payloads all variables together may be.
  private static final int VARIABLES = 40;

  /// Twice the largest payload there can be.
  private static final long MOST_TOGETHER = 2L * ExecutionInfo.Limits.MAX_PAYLOAD_BYTES;

  private Limits() {}

  /// AWS names an integration by its service, a function by its ARN, and other states by name.
  private static String subject(State state) {
    if (state instanceof State.Task task) {
      TaskResource resource = TaskResource.of(task.resource());
      return resource.family() == TaskResource.Family.TASK ? resource.type() : resource.resource();
    }
    return state.name().value();
  }

  /// Refuses variables that are too large: one of them or all of one `Assign` beyond the largest
  /// payload, all that a state sees beyond forty of it (AWS: 256 KiB and 10 MiB).
  ///
  /// @throws EvaluationFailure with States.DataLimitExceeded
  static void check(Turn turn, FrameId frame, Map<String, Payload> assigned) {
    long limit = turn.execution().info().limits().payloadBytes();
    if (limit <= 0) {
      return;
    }
    long together = assigned.values().stream().mapToLong(Payload::size).sum();
    long seen = together;
    for (FrameId at = frame; at != null; at = at.parent()) {
      for (var variable : turn.frame(at).variables().entrySet()) {
        boolean replaced = at.equals(frame) && assigned.containsKey(variable.getKey());
        seen += replaced ? 0 : variable.getValue().size();
      }
    }
    if (together > limit || seen > VARIABLES * limit) {
      throw new EvaluationFailure(
          ErrorName.DATA_LIMIT_EXCEEDED,
          "The state/task '"
              + subject(turn.state(frame))
              + "' assigned variables with a size exceeding the maximum number of bytes service"
              + " limit.",
          null);
    }
  }

  /// Refuses a value that is too large.
  ///
  /// @throws EvaluationFailure with States.DataLimitExceeded
  static void check(Turn turn, State state, Payload payload) {
    int limit = turn.execution().info().limits().payloadBytes();
    if (limit > 0 && payload.size() > limit) {
      throw tooLarge(state);
    }
  }

  /// Refuses results that no memory should be taken for to put them together. A ResultSelector may
  /// still make a small one of what is larger than a payload may be.
  ///
  /// @throws EvaluationFailure with States.DataLimitExceeded
  static void checkArray(State state, List<Payload> results) {
    if (results.stream().mapToLong(Payload::size).sum() > MOST_TOGETHER) {
      throw tooLarge(state);
    }
  }

  /// Refuses outputs that wait for others while they take more memory than they could be put
  /// together in.
  ///
  /// @throws EvaluationFailure with States.DataLimitExceeded
  static void checkWaiting(State state, Execution execution) {
    if (execution.waitingBytes() > MOST_TOGETHER) {
      throw tooLarge(state);
    }
  }

  private static EvaluationFailure tooLarge(State state) {
    return new EvaluationFailure(
        ErrorName.DATA_LIMIT_EXCEEDED,
        "The state/task '"
            + subject(state)
            + "' returned a result with a size exceeding the maximum number of bytes service"
            + " limit.",
        null);
  }
}
