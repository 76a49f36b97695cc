package io.gradus.asl.expr.jsonpath;

import io.gradus.asl.expr.Failures;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.Condition;
import io.gradus.asl.model.Expr;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The comparisons of a Choice. Values of another type than the operator's do not match.
final class Comparisons {
  private Comparisons() {}

  static boolean test(Condition condition, JsonNode document, Scope scope) {
    return switch (condition) {
      case Condition.Comparison comparison -> compare(comparison, document, scope);
      case Condition.And(var all) -> all.stream().allMatch(c -> test(c, document, scope));
      case Condition.Or(var any) -> any.stream().anyMatch(c -> test(c, document, scope));
      case Condition.Not(Condition negated) -> !test(negated, document, scope);
      case Condition.Holds(Expr expr) ->
          Templates.evaluate(expr, document, scope, "Condition").booleanValue(false);
    };
  }

  private static boolean compare(Condition.Comparison c, JsonNode document, Scope scope) {
    JsonNode value = Templates.find(c.variable(), document, scope);
    if (c.operator() == Condition.Operator.IS_PRESENT) {
      return (value != null) == operand(c, document, scope).booleanValue(true);
    }
    if (value == null) {
      throw invalid(c.variable());
    }
    JsonNode operand = operand(c, document, scope);
    return switch (c.operator()) {
      case STRING_EQUALS -> text(value, operand, order -> order == 0);
      case STRING_LESS_THAN -> text(value, operand, order -> order < 0);
      case STRING_GREATER_THAN -> text(value, operand, order -> order > 0);
      case STRING_LESS_THAN_EQUALS -> text(value, operand, order -> order <= 0);
      case STRING_GREATER_THAN_EQUALS -> text(value, operand, order -> order >= 0);
      case STRING_MATCHES ->
          value.isString()
              && operand.isString()
              && new Wildcard(operand.stringValue()).matches(value.stringValue());
      case NUMERIC_EQUALS -> number(value, operand, order -> order == 0);
      case NUMERIC_LESS_THAN -> number(value, operand, order -> order < 0);
      case NUMERIC_GREATER_THAN -> number(value, operand, order -> order > 0);
      case NUMERIC_LESS_THAN_EQUALS -> number(value, operand, order -> order <= 0);
      case NUMERIC_GREATER_THAN_EQUALS -> number(value, operand, order -> order >= 0);
      case BOOLEAN_EQUALS -> value.isBoolean() && value.equals(operand);
      case TIMESTAMP_EQUALS -> moment(value, operand, order -> order == 0);
      case TIMESTAMP_LESS_THAN -> moment(value, operand, order -> order < 0);
      case TIMESTAMP_GREATER_THAN -> moment(value, operand, order -> order > 0);
      case TIMESTAMP_LESS_THAN_EQUALS -> moment(value, operand, order -> order <= 0);
      case TIMESTAMP_GREATER_THAN_EQUALS -> moment(value, operand, order -> order >= 0);
      case IS_NULL -> is(value.isNull(), operand);
      case IS_PRESENT -> is(true, operand);
      case IS_NUMERIC -> is(value.isNumber(), operand);
      case IS_STRING -> is(value.isString(), operand);
      case IS_BOOLEAN -> is(value.isBoolean(), operand);
      case IS_TIMESTAMP -> is(instant(value) != null, operand);
    };
  }

  private static JsonNode operand(Condition.Comparison c, JsonNode document, Scope scope) {
    if (!(c.operand() instanceof Expr.Path path)) {
      return Templates.evaluate(c.operand(), document, scope, c.operator().wireName());
    }
    JsonNode operand = Templates.find(path, document, scope);
    if (operand == null) {
      throw invalid(path);
    }
    return operand;
  }

  private static RuntimeException invalid(Expr.Path path) {
    return Failures.runtime(
        "Invalid path '%s': The choice state's condition path references an invalid value."
            .formatted(path.text()));
  }

  private static boolean is(boolean fact, JsonNode wanted) {
    return fact == wanted.booleanValue(true);
  }

  private static boolean text(JsonNode a, JsonNode b, IntPredicate holds) {
    return a.isString() && b.isString() && holds.test(a.stringValue().compareTo(b.stringValue()));
  }

  private static boolean number(JsonNode a, JsonNode b, IntPredicate holds) {
    return a.isNumber() && b.isNumber() && holds.test(Numbers.compare(a, b));
  }

  private static boolean moment(JsonNode a, JsonNode b, IntPredicate holds) {
    Instant left = instant(a);
    Instant right = instant(b);
    return left != null && right != null && holds.test(left.compareTo(right));
  }

  private static @Nullable Instant instant(JsonNode value) {
    if (!value.isString()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(value.stringValue()).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }
}
