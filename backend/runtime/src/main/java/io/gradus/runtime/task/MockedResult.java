package io.gradus.runtime.task;

import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.jsonata.JsonataFlow;
import io.gradus.asl.model.Condition;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Payload;
import io.gradus.engine.port.TaskOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One result of a mock, as it is written.
///
/// @param when null for always
/// @param after how long the call takes
record MockedResult(@Nullable Expr when, Given given, Duration after) {
  private static final Flow JSONATA = new JsonataFlow();

  /// What the call comes to.
  sealed interface Given {
    record Return(Expr value) implements Given {}

    record Throw(ErrorName error, @Nullable String cause) implements Given {}

    /// The execution that the task starts really is started, on these mocks.
    record Child(Payload mocks) implements Given {}
  }

  boolean isFor(MockedCall call) {
    return when == null
        || JSONATA.test(new Condition.Holds(when), call.arguments().json(), call.scope());
  }

  TaskOutcome outcome(MockedCall call) {
    return switch (given) {
      case Given.Return(Expr value) ->
          new TaskOutcome.Succeeded(Payload.of(evaluate(value, call, "return")));
      case Given.Throw(ErrorName error, String cause) ->
          new TaskOutcome.Failed(FailureKind.FAILED, error, cause);
      case Given.Child _ -> throw new IllegalStateException("expected an answer, found a child");
    };
  }

  private static JsonNode evaluate(Expr expr, MockedCall call, String field) {
    return expr instanceof Expr.Literal(JsonNode value)
        ? value
        : JSONATA.field(expr, call.arguments().json(), field, call.scope());
  }
}
