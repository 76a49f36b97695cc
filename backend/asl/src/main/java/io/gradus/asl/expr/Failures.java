package io.gradus.asl.expr;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// AWS's sentences for what can go wrong in an expression. The interpreter puts `An error occurred
/// while executing the state …` in front of each.
public final class Failures {
  private Failures() {}

  public static EvaluationFailure runtime(String sentence) {
    return new EvaluationFailure(ErrorName.RUNTIME, sentence, null);
  }

  public static EvaluationFailure intrinsic(String sentence) {
    return new EvaluationFailure(ErrorName.INTRINSIC_FAILURE, sentence, null);
  }

  /// A JSONata expression (or the literal) of a field has a type the field cannot take.
  ///
  /// @param field the field's location, such as `Items` or `Choices[0]/Condition`
  /// @param expected the JSON type that was wanted, such as `array`
  public static EvaluationFailure unexpectedType(
      Expr expr, String field, String expected, JsonNode value) {
    return query(
        subject(expr, field)
            + " returned an unexpected result type. Expected '%s', but was '%s' for value: %s"
                .formatted(expected, typeName(value), value),
        field);
  }

  public static EvaluationFailure query(String sentence, @Nullable String location) {
    return new EvaluationFailure(ErrorName.QUERY_EVALUATION_ERROR, sentence, location);
  }

  /// How the sentences about a field's expression begin.
  public static String subject(Expr expr, String field) {
    return expr instanceof Expr.Jsonata(String text)
        ? "The JSONata expression '%s' specified for the field '%s'".formatted(text.strip(), field)
        : "The value specified for the field '%s'".formatted(field);
  }

  /// The JSON type's name as AWS writes it.
  public static String typeName(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case OBJECT, POJO -> "object";
      case STRING, BINARY -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "boolean";
      case NULL, MISSING -> "null";
    };
  }
}
