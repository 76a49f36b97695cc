package io.gradus.runtime.task;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.task.MockedResult.Given;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a mock answers to a call, and when.
///
/// @param after how long the call takes; zero for at once
/// @param answered false where no mock could answer; the outcome then fails and says why
public record MockedReply(TaskOutcome outcome, Duration after, boolean answered) {

  /// A mock that cannot answer fails its task: calling the service instead would surprise more.
  static MockedReply of(StateName state, List<MockedResult> results, MockedCall call) {
    try {
      MockedResult result = chosen(results, call);
      if (result == null) {
        return failure(
            ErrorName.RUNTIME, "No mock of state '" + state.value() + "' is for these arguments.");
      }
      if (result.given() instanceof Given.Child) {
        return failure(
            ErrorName.RUNTIME,
            "The mock of state '"
                + state.value()
                + "' is for an execution that it starts, and none is started here: give it a"
                + " 'return'.");
      }
      return new MockedReply(result.outcome(call), result.after(), true);
    } catch (EvaluationFailure e) {
      return failure(e.error(), "The mock of state '" + state.value() + "': " + e.causeText());
    }
  }

  /// Which of the results is for this attempt; null for none.
  static @Nullable MockedResult chosen(List<MockedResult> results, MockedCall call) {
    List<MockedResult> meant = results.stream().filter(result -> result.isFor(call)).toList();
    return meant.isEmpty() ? null : meant.get(Math.min(call.retry(), meant.size() - 1));
  }

  private static MockedReply failure(ErrorName error, String cause) {
    return new MockedReply(
        new TaskOutcome.Failed(FailureKind.FAILED, error, cause), Duration.ZERO, false);
  }
}
