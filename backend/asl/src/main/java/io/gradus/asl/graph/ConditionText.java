package io.gradus.asl.graph;

import io.gradus.asl.model.Condition;
import io.gradus.asl.model.Condition.Operator;
import io.gradus.asl.model.Expr;
import java.util.List;

/// A Choice's condition as a person would say it: `$.size > 10 and $.kind is present`.
final class ConditionText {
  private static final int LONGEST = 200;

  private ConditionText() {}

  static String of(Condition condition) {
    StringBuilder text = new StringBuilder();
    write(condition, text);
    return bounded(text.toString());
  }

  static String bounded(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  private static void write(Condition condition, StringBuilder text) {
    if (text.length() > LONGEST) {
      return;
    }
    switch (condition) {
      case Condition.And(List<Condition> all) -> joined(all, " and ", text);
      case Condition.Or(List<Condition> any) -> joined(any, " or ", text);
      case Condition.Not(Condition inner) -> {
        text.append("not (");
        write(inner, text);
        text.append(')');
      }
      case Condition.Holds(Expr expression) -> text.append(operand(expression));
      case Condition.Comparison(Expr.Path variable, Operator operator, Expr operand) ->
          comparison(variable.text(), operator, operand(operand), text);
    }
  }

  private static void joined(List<Condition> conditions, String word, StringBuilder text) {
    for (int i = 0; i < conditions.size(); i++) {
      text.append(i == 0 ? "" : word);
      boolean group =
          conditions.get(i) instanceof Condition.And || conditions.get(i) instanceof Condition.Or;
      text.append(group ? "(" : "");
      write(conditions.get(i), text);
      text.append(group ? ")" : "");
    }
  }

  private static void comparison(
      String variable, Operator operator, String operand, StringBuilder text) {
    String not = operand.equals("false") ? "not " : "";
    text.append(variable)
        .append(
            switch (operator) {
              case STRING_EQUALS, NUMERIC_EQUALS, BOOLEAN_EQUALS, TIMESTAMP_EQUALS ->
                  " = " + operand;
              case STRING_LESS_THAN, NUMERIC_LESS_THAN, TIMESTAMP_LESS_THAN -> " < " + operand;
              case STRING_GREATER_THAN, NUMERIC_GREATER_THAN, TIMESTAMP_GREATER_THAN ->
                  " > " + operand;
              case STRING_LESS_THAN_EQUALS, NUMERIC_LESS_THAN_EQUALS, TIMESTAMP_LESS_THAN_EQUALS ->
                  " ≤ " + operand;
              case STRING_GREATER_THAN_EQUALS,
                  NUMERIC_GREATER_THAN_EQUALS,
                  TIMESTAMP_GREATER_THAN_EQUALS ->
                  " ≥ " + operand;
              case STRING_MATCHES -> " matches " + operand;
              case IS_NULL -> " is " + not + "null";
              case IS_PRESENT -> " is " + not + "present";
              case IS_NUMERIC -> " is " + not + "a number";
              case IS_STRING -> " is " + not + "a string";
              case IS_BOOLEAN -> " is " + not + "a boolean";
              case IS_TIMESTAMP -> " is " + not + "a timestamp";
            });
  }

  static String operand(Expr expression) {
    return switch (expression) {
      case Expr.Literal(var value) -> value.toString();
      case Expr.Path(String text) -> text;
      case Expr.Jsonata(String text) -> text.strip();
      case Expr.Intrinsic(String name, _) -> name + "(…)";
      case Expr.Obj _ -> "{…}";
      case Expr.Arr _ -> "[…]";
    };
  }
}
