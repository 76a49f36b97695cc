package io.gradus.asl.parse;

import io.gradus.asl.model.ChoiceRule;
import io.gradus.asl.model.Condition;
import io.gradus.asl.model.Condition.Operator;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.StateName;
import io.gradus.asl.parse.Expressions.PathKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the rules of a Choice.
final class ChoiceParser {
  private static final List<String> SELECTORS =
      List.of("And", "Or", "Not", "Variable", "Condition");

  /// Every spelling of every comparison, `…Path` included.
  private static final Map<String, Operator> OPERATORS = new LinkedHashMap<>();

  private static final Set<String> RULE = new HashSet<>();
  private static final Set<String> NESTED = new HashSet<>();

  static {
    for (Operator operator : Operator.values()) {
      OPERATORS.put(operator.wireName(), operator);
      if (operator.comparesToPath()) {
        OPERATORS.put(operator.wireName() + "Path", operator);
      }
    }
    NESTED.addAll(SELECTORS);
    NESTED.addAll(OPERATORS.keySet());
    NESTED.add("Comment");
    RULE.addAll(NESTED);
    RULE.addAll(List.of("Next", "Assign", "Output"));
  }

  private final Expressions expressions;

  ChoiceParser(Expressions expressions) {
    this.expressions = expressions;
  }

  List<ChoiceRule> rules(Fields state, QueryLanguage language) {
    List<ChoiceRule> rules = new ArrayList<>();
    for (Fields fields : state.objects("Choices", false)) {
      ChoiceRule rule = rule(fields, language);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private @Nullable ChoiceRule rule(Fields fields, QueryLanguage language) {
    fields.only(RULE);
    boolean complete = fields.require("Next");
    StateFields.checkLanguage(fields, language);
    String next = fields.text("Next");
    String comment = fields.text("Comment");
    Condition condition = condition(fields, language);
    Map<String, Expr> assign = expressions.assign(language, fields);
    Expr output =
        language == QueryLanguage.JSONATA ? expressions.template(language, fields, "Output") : null;
    return complete && next != null && condition != null
        ? new ChoiceRule(condition, new StateName(next), assign, output, comment)
        : null;
  }

  private @Nullable Condition nested(Fields fields, QueryLanguage language) {
    fields.only(NESTED);
    StateFields.checkLanguage(fields, language);
    fields.text("Comment");
    return condition(fields, language);
  }

  @Nullable Condition condition(Fields fields, QueryLanguage language) {
    List<String> present = SELECTORS.stream().filter(fields::has).toList();
    if (present.size() != 1) {
      fields
          .faults()
          .schema(
              "The object must have only one of the following fields, " + SELECTORS, fields.at());
      return null;
    }
    return switch (present.getFirst()) {
      case "And" -> all(fields, "And", language, true);
      case "Or" -> all(fields, "Or", language, false);
      case "Not" -> {
        Fields inner = fields.object("Not");
        Condition condition = inner == null ? null : nested(inner, language);
        yield condition == null ? null : new Condition.Not(condition);
      }
      case "Variable" -> comparison(fields);
      default -> holds(fields, language);
    };
  }

  private @Nullable Condition all(
      Fields fields, String field, QueryLanguage language, boolean and) {
    List<Condition> conditions = new ArrayList<>();
    boolean sound = true;
    for (Fields each : fields.objects(field, false)) {
      Condition condition = nested(each, language);
      if (condition == null) {
        sound = false;
      } else {
        conditions.add(condition);
      }
    }
    if (!sound) {
      return null;
    }
    return and ? new Condition.And(conditions) : new Condition.Or(conditions);
  }

  private @Nullable Condition holds(Fields fields, QueryLanguage language) {
    JsonNode value = fields.get("Condition");
    if (value == null || language != QueryLanguage.JSONATA) {
      return null;
    }
    if (!value.isBoolean() && !Expressions.isExpression(value)) {
      fields
          .faults()
          .schema("JSONata string must start with {% and end with %}", fields.at("Condition"));
      return null;
    }
    return new Condition.Holds(expressions.template(language, value, fields.at("Condition")));
  }

  private @Nullable Condition comparison(Fields fields) {
    Expr.Path variable = expressions.path(fields, "Variable", PathKind.REFERENCE);
    List<String> present = OPERATORS.keySet().stream().filter(fields::has).toList();
    if (present.isEmpty()) {
      fields
          .faults()
          .schema(
              "This object should have only one of the following fields: " + OPERATORS.keySet(),
              fields.at());
      return null;
    }
    if (present.size() > 1) {
      fields
          .faults()
          .schema(
              "There should only be one of the following fields: " + OPERATORS.keySet(),
              fields.at());
      return null;
    }
    String name = present.getFirst();
    Operator operator = OPERATORS.get(name);
    if (operator == null) {
      return null;
    }
    Expr operand =
        name.length() > operator.wireName().length()
            ? expressions.path(fields, name, PathKind.REFERENCE)
            : operand(fields, name, operator);
    return variable == null || operand == null
        ? null
        : new Condition.Comparison(variable, operator, operand);
  }

  private static @Nullable Expr operand(Fields fields, String name, Operator operator) {
    boolean sound =
        switch (operator) {
          case STRING_EQUALS,
              STRING_LESS_THAN,
              STRING_GREATER_THAN,
              STRING_LESS_THAN_EQUALS,
              STRING_GREATER_THAN_EQUALS,
              STRING_MATCHES ->
              fields.text(name) != null;
          case NUMERIC_EQUALS,
              NUMERIC_LESS_THAN,
              NUMERIC_GREATER_THAN,
              NUMERIC_LESS_THAN_EQUALS,
              NUMERIC_GREATER_THAN_EQUALS ->
              fields.number(name, -Double.MAX_VALUE, Double.MAX_VALUE) != null;
          case TIMESTAMP_EQUALS,
              TIMESTAMP_LESS_THAN,
              TIMESTAMP_GREATER_THAN,
              TIMESTAMP_LESS_THAN_EQUALS,
              TIMESTAMP_GREATER_THAN_EQUALS ->
              Timestamps.check(fields, name);
          case BOOLEAN_EQUALS,
              IS_NULL,
              IS_PRESENT,
              IS_NUMERIC,
              IS_STRING,
              IS_BOOLEAN,
              IS_TIMESTAMP ->
              fields.flag(name) != null;
        };
    return sound ? Expressions.literal(fields, name) : null;
  }
}
