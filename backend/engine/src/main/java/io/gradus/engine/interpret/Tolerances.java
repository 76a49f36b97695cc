package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.State;
import io.gradus.engine.Fact;
import io.gradus.engine.MapProgress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How much failure a Map bears, as its definition and input say.
final class Tolerances {
  static final String EXCEEDED = "The specified tolerated failure threshold was exceeded";

  private static final double WHOLE = 100;
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");

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

  /// Whether a Map Run has seen more failures than it bears: none where it says nothing.
  ///
  /// @param total null while it is not known; a share of it is not known either then
  static boolean isExceeded(MapProgress progress, @Nullable Long total) {
    long failed = progress.failedItems() + progress.timedOutItems();
    Integer count = progress.tolerance().count();
    Double percentage = progress.tolerance().percentage();
    if (count == null && percentage == null) {
      return failed > 0;
    }
    return (count != null && failed > count)
        || (percentage != null
            && total != null
            && total > 0
            && failed * WHOLE / total > percentage);
  }

  private static @Nullable Integer count(
      @Nullable Expr expr, Flow flow, JsonNode effective, Scope scope) {
    if (expr == null) {
      return null;
    }
    JsonNode value = flow.field(expr, effective, "ToleratedFailureCount", scope);
    Double count = number(value);
    if (count == null || count != Math.rint(count) || Math.abs(count) > Integer.MAX_VALUE) {
      throw notA("integer", "ToleratedFailureCount", expr, value);
    }
    if (count < 0) {
      throw failure(expr, "ToleratedFailureCount", "ToleratedFailureCount must not be negative.");
    }
    return count.intValue();
  }

  private static @Nullable Double percentage(
      @Nullable Expr expr, Flow flow, JsonNode effective, Scope scope) {
    if (expr == null) {
      return null;
    }
    JsonNode value = flow.field(expr, effective, "ToleratedFailurePercentage", scope);
    Double percentage = number(value);
    if (percentage == null) {
      throw notA("float", "ToleratedFailurePercentage", expr, value);
    }
    if (percentage >= 0 && percentage <= WHOLE) {
      return percentage;
    }
    throw failure(
        expr,
        "ToleratedFailurePercentage",
        "ToleratedFailurePercentage must be between 0 and 100.");
  }

  /// A number, or a text that is one, as AWS takes it; null for anything else.
  static @Nullable Double number(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return value.isString() && NUMBER.matcher(value.stringValue()).matches()
        ? Double.valueOf(value.stringValue())
        : null;
  }

  static EvaluationFailure notA(String type, String field, Expr expr, JsonNode value) {
    return failure(
        expr,
        field,
        "The "
            + field
            + (expr instanceof Expr.Path ? "Path" : "")
            + " field refers to value \""
            + (value.isString() ? value.stringValue() : value.toString())
            + "\" which is not a valid "
            + type
            + (expr instanceof Expr.Path path ? ": " + path.text() : ""));
  }

  static EvaluationFailure failure(Expr expr, String field, String sentence) {
    return new EvaluationFailure(
        expr instanceof Expr.Jsonata ? ErrorName.QUERY_EVALUATION_ERROR : ErrorName.RUNTIME,
        sentence,
        field);
  }
}
