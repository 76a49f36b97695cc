package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.State;
import io.gradus.engine.Fact;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How much failure a Map bears, as its definition and input say.
final class Tolerances {
  static final String EXCEEDED = "The specified tolerated failure threshold was exceeded";

  private static final double WHOLE = 100;

  private Tolerances() {}

  /// What the state says; both parts null where it says nothing.
  static Fact.Tolerance of(State.MapState state, Flow flow, JsonNode effective, Scope scope) {
    return new Fact.Tolerance(
        count(state.map().toleratedFailureCount(), flow, effective, scope),
        percentage(state.map().toleratedFailurePercentage(), flow, effective, scope));
  }

  /// Whether that many failures are more than the Map bears.
  static boolean isExceeded(Fact.Tolerance tolerance, int failed, int total) {
    Integer count = tolerance.count();
    Double percentage = tolerance.percentage();
    return (count != null && failed > count)
        || (percentage != null && total > 0 && failed * WHOLE / total > percentage);
  }

  private static @Nullable Integer count(
      @Nullable Expr expr, Flow flow, JsonNode effective, Scope scope) {
    if (expr == null) {
      return null;
    }
    JsonNode value = flow.field(expr, effective, "ToleratedFailureCount", scope);
    if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0) {
      return value.intValue();
    }
    throw invalid("ToleratedFailureCount", "a non-negative integer", expr, value);
  }

  private static @Nullable Double percentage(
      @Nullable Expr expr, Flow flow, JsonNode effective, Scope scope) {
    if (expr == null) {
      return null;
    }
    JsonNode value = flow.field(expr, effective, "ToleratedFailurePercentage", scope);
    if (value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= WHOLE) {
      return value.doubleValue();
    }
    throw invalid("ToleratedFailurePercentage", "a number from 0 to 100", expr, value);
  }

  private static EvaluationFailure invalid(String field, String wanted, Expr expr, JsonNode value) {
    return new EvaluationFailure(
        expr instanceof Expr.Jsonata ? ErrorName.QUERY_EVALUATION_ERROR : ErrorName.RUNTIME,
        "The " + field + " field must be " + wanted + ", but was: " + value,
        field);
  }
}
