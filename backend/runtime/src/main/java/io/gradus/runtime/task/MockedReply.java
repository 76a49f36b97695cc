package io.gradus.runtime.task;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.port.TaskOutcome;
import java.time.Duration;
import java.util.List;

/// What a mock answers to a call, and when.
///
/// @param after how long the call takes; zero for at once
/// @param answered false where no mock could answer; the outcome then fails and says why
public record MockedReply(TaskOutcome outcome, Duration after, boolean answered) {

  /// A mock that cannot answer fails its task: calling the service instead would surprise more.
  static MockedReply of(StateName state, List<MockedResult> results, MockedCall call) {
    try {
      List<MockedResult> meant = results.stream().filter(result -> result.isFor(call)).toList();
      if (meant.isEmpty()) {
        return failure(
            ErrorName.RUNTIME, "No mock of state '" + state.value() + "' is for these arguments.");
      }
      MockedResult result = meant.get(Math.min(call.retry(), meant.size() - 1));
      return new MockedReply(result.outcome(call), result.after(), true);
    } catch (EvaluationFailure e) {
      return failure(e.error(), "The mock of state '" + state.value() + "': " + e.causeText());
    }
  }

  private static MockedReply failure(ErrorName error, String cause) {
    return new MockedReply(
        new TaskOutcome.Failed(FailureKind.FAILED, error, cause), Duration.ZERO, false);
  }
}
