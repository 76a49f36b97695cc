package io.gradus.asl.validate;

import io.gradus.asl.parse.Diagnostic.Code;
import io.gradus.asl.parse.Faults;
import io.gradus.asl.parse.Location;
import io.gradus.asl.validate.Outline.Step;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Warnings for text of JSONPath states that looks like an expression, where none is evaluated.
final class StaticTextRules {
  private static final Pattern EXPRESSION =
      Pattern.compile("\\$|\\$\\$?[.\\[].*|States\\.[A-Za-z0-9]+\\(.*\\)", Pattern.DOTALL);
  private static final List<String> TEMPLATES =
      List.of("Parameters", "ResultSelector", "ItemSelector", "Assign");

  private final Faults faults;

  private StaticTextRules(Faults faults) {
    this.faults = faults;
  }

  static void check(Outline definition, Faults faults) {
    StaticTextRules rules = new StaticTextRules(faults);
    definition.each(
        machine -> machine.steps().stream().filter(step -> !step.jsonata()).forEach(rules::state));
  }

  private void state(Step step) {
    for (String field : TEMPLATES) {
      JsonNode template = step.node().get(field);
      if (template != null) {
        template(field, template, step.at().field(field));
      }
    }
    JsonNode result = step.type().equals("Pass") ? step.node().get("Result") : null;
    if (result != null && seemsDynamic(result)) {
      faults.warning(
          Code.PASS_RESULT_IS_STATIC,
          "The Result of a Pass state is static: paths and intrinsic functions in it are not"
              + " evaluated",
          step.at().field("Result"));
    }
    for (String field : List.of("Error", "Cause")) {
      path(field, step.node().get(field), step.at().field(field));
    }
    JsonNode rules = step.node().get("Choices");
    if (rules != null && rules.isArray()) {
      for (int i = 0; i < rules.size(); i++) {
        condition(rules.get(i), step.at().field("Choices").index(i));
      }
    }
  }

  private void template(String name, JsonNode value, Location at) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(each -> template(each.getKey(), each.getValue(), at.field(each.getKey())));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        template(name, value.get(i), at.index(i));
      }
    } else if (!name.endsWith(".$") && isExpression(value)) {
      faults.warning(
          Code.NO_DOLLAR,
          ("The value of the field '%s' looks like a JSONPath or an intrinsic function, but the"
                  + " field's name does not end with '.$'")
              .formatted(name),
          at);
    }
  }

  private void condition(JsonNode rule, Location at) {
    for (Map.Entry<String, JsonNode> member : rule.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      Location place = at.field(name);
      if (value.isArray()) {
        for (int i = 0; i < value.size(); i++) {
          condition(value.get(i), place.index(i));
        }
      } else if (value.isObject() && name.equals("Not")) {
        condition(value, place);
      } else if (name.startsWith("String") && !name.endsWith("Path")) {
        path(name, value, place);
      }
    }
  }

  private void path(String field, @org.jspecify.annotations.Nullable JsonNode value, Location at) {
    if (value != null && isExpression(value)) {
      faults.warning(
          Code.NO_PATH,
          ("The value of the field '%s' looks like a path, but the field's name does not end with"
                  + " 'Path'")
              .formatted(field),
          at);
    }
  }

  private static boolean seemsDynamic(JsonNode value) {
    if (value.isObject()) {
      return value.properties().stream()
          .anyMatch(each -> each.getKey().endsWith(".$") || seemsDynamic(each.getValue()));
    }
    if (value.isArray()) {
      return value.values().stream().anyMatch(StaticTextRules::seemsDynamic);
    }
    return isExpression(value);
  }

  private static boolean isExpression(JsonNode value) {
    return value.isString() && EXPRESSION.matcher(value.stringValue()).matches();
  }
}
