package io.gradus.asl.cloudformation;

import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes a template's functions in the way of `Fn::Sub`, so that one kind of placeholder is left.
///
/// | function | text |
/// |---|---|
/// | `{"Ref": "Table"}` | `${Table}` |
/// | `{"Fn::GetAtt": ["Fn", "Arn"]}` | `${Fn.Arn}` |
/// | `{"Fn::Sub": "a/${Table}"}` | `a/${Table}` |
/// | `{"Fn::Sub": ["a/${T}", {"T": {"Ref": "Table"}}]}` | `a/${Table}` |
/// | `{"Fn::Sub": "${!Kept}"}` | `${Kept}` |
/// | `{"Fn::Join": ["/", ["a", {"Ref": "Table"}]]}` | `a/${Table}` |
/// | any other, `{"Fn::ImportValue": "Topic"}` | `${ImportValue.Topic}` |
final class Intrinsics {
  /// All that is written for one template, in characters: small functions could say much.
  private static final int MAX_WRITTEN = 8 * Placeholders.MAX_LENGTH;

  private static final int MAX_SHOWN = 200;

  /// Functions that only the author can answer.
  private static final int MOST_OTHERS = 500;

  private static final String NO_VALUE = "AWS::NoValue";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]*)}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, String> others = new HashMap<>();
  private long written;

  /// The functions that only the author can answer, shortened to be shown, by the names that stand
  /// for them.
  Map<String, String> others() {
    return others;
  }

  /// A value as one text.
  String text(JsonNode value) throws TemplateFault {
    String text = isFunction(value) ? called(value) : scalar(value);
    return counted(text);
  }

  /// A value with a text in place of each function in it.
  JsonNode tree(JsonNode value) throws TemplateFault {
    if (isFunction(value)) {
      return NODES.stringNode(text(value));
    }
    if (value instanceof ArrayNode array) {
      ArrayNode made = NODES.arrayNode();
      for (JsonNode each : array) {
        if (!isNoValue(each)) {
          made.add(tree(each));
        }
      }
      return made;
    }
    if (value instanceof ObjectNode object) {
      ObjectNode made = NODES.objectNode();
      for (Entry<String, JsonNode> each : object.properties()) {
        if (!isNoValue(each.getValue())) {
          made.set(each.getKey(), tree(each.getValue()));
        }
      }
      return made;
    }
    return value;
  }

  private static boolean isFunction(JsonNode value) {
    return function(value) != null;
  }

  private static @Nullable Entry<String, JsonNode> function(JsonNode value) {
    if (!(value instanceof ObjectNode object) || object.size() != 1) {
      return null;
    }
    Entry<String, JsonNode> only = object.properties().iterator().next();
    return only.getKey().equals("Ref") || only.getKey().startsWith("Fn::") ? only : null;
  }

  private static boolean isNoValue(JsonNode value) {
    return value.size() == 1 && value.path("Ref").asString("").equals(NO_VALUE);
  }

  private String scalar(JsonNode value) throws TemplateFault {
    return value.isContainer() ? tree(value).toString() : value.asString();
  }

  private String called(JsonNode value) throws TemplateFault {
    Entry<String, JsonNode> function = function(value);
    if (function == null) {
      return "";
    }
    JsonNode argument = function.getValue();
    String text =
        switch (function.getKey()) {
          case "Ref" -> reference(argument);
          case "Fn::GetAtt" -> attribute(argument);
          case "Fn::Sub" -> substituted(argument);
          case "Fn::Join" -> joined(argument);
          case "Fn::ToJsonString" -> tree(argument).toString();
          default -> null;
        };
    return text == null ? other(function.getKey(), value) : text;
  }

  private static @Nullable String reference(JsonNode argument) {
    String name = argument.isString() ? argument.stringValue() : "";
    if (name.equals(NO_VALUE)) {
      return "";
    }
    return Placeholders.isName(name) ? "${" + name + "}" : null;
  }

  private static @Nullable String attribute(JsonNode argument) {
    String name =
        argument.isArray() && argument.size() == 2 && argument.path(0).isString()
            ? argument.path(0).stringValue() + "." + argument.path(1).asString("")
            : argument.isString() ? argument.stringValue() : "";
    return Placeholders.isName(name) ? "${" + name + "}" : null;
  }

  private @Nullable String joined(JsonNode argument) throws TemplateFault {
    JsonNode parts = argument.path(1);
    if (!argument.path(0).isString() || !parts.isArray()) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      text.append(i == 0 ? "" : argument.path(0).stringValue()).append(text(parts.get(i)));
      bounded(text.length());
    }
    return text.toString();
  }

  private @Nullable String substituted(JsonNode argument) throws TemplateFault {
    JsonNode pattern = argument.isArray() ? argument.path(0) : argument;
    if (!pattern.isString()) {
      return null;
    }
    Map<String, String> own = new HashMap<>();
    for (Entry<String, JsonNode> each : argument.path(1).properties()) {
      own.put(each.getKey(), text(each.getValue()));
    }
    Matcher found = VARIABLE.matcher(pattern.stringValue());
    StringBuilder text = new StringBuilder();
    while (found.find()) {
      String name = found.group(2).strip();
      String value = found.group(1).isEmpty() ? own.get(name) : null;
      found.appendReplacement(
          text, Matcher.quoteReplacement(value == null ? "${" + name + "}" : value));
      bounded(text.length());
    }
    return found.appendTail(text).toString();
  }

  /// A name for what cannot be known here, the same for the same function.
  private String other(String function, JsonNode value) throws TemplateFault {
    if (others.size() >= MOST_OTHERS) {
      throw new TemplateFault("The template has too many functions that nobody knows here");
    }
    String whole = value.toString();
    String shown = whole.length() <= MAX_SHOWN ? whole : whole.substring(0, MAX_SHOWN) + "…";
    String about = firstText(value.path(function)).replaceAll("[^A-Za-z0-9-]+", "-");
    String plain = function.replace("Fn::", "").replaceAll("[^A-Za-z0-9]+", "-");
    String name =
        (plain.isEmpty() ? "Function" : plain.substring(0, Math.min(40, plain.length())))
            + (about.isEmpty() ? "" : "." + about.substring(0, Math.min(80, about.length())));
    String free = name;
    for (int n = 2; others.containsKey(free) && !shown.equals(others.get(free)); n++) {
      free = name + "." + n;
    }
    others.put(free, shown);
    return "${" + free + "}";
  }

  private static String firstText(JsonNode value) {
    JsonNode at = value;
    while (at.isContainer() && !at.isEmpty()) {
      at = at.iterator().next();
    }
    return at.isString() ? at.stringValue() : "";
  }

  private String counted(String text) throws TemplateFault {
    written += text.length();
    bounded(text.length());
    if (written > MAX_WRITTEN) {
      throw new TemplateFault("The template's functions write too much text");
    }
    return text;
  }

  private static void bounded(int length) throws TemplateFault {
    if (length > Placeholders.MAX_LENGTH) {
      throw new TemplateFault(
          "A function of the template writes more than " + Placeholders.MAX_LENGTH + " characters");
    }
  }
}
