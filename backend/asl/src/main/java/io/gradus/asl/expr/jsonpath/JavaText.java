package io.gradus.asl.expr.jsonpath;

import tools.jackson.databind.JsonNode;

/// JSON as AWS's Java prints a value: strings bare, objects `{a=1, b=2}`, arrays `[1, 2]`. Seen in
/// `States.Format` and in causes.
final class JavaText {
  private JavaText() {}

  static String of(JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    if (!value.isContainer()) {
      return value.toString();
    }
    StringBuilder text = new StringBuilder();
    append(value, text);
    return text.toString();
  }

  private static void append(JsonNode value, StringBuilder text) {
    if (value.isArray()) {
      text.append('[');
      String comma = "";
      for (JsonNode item : value) {
        text.append(comma);
        append(item, text);
        comma = ", ";
      }
      text.append(']');
    } else if (value.isObject()) {
      text.append('{');
      String comma = "";
      for (var member : value.properties()) {
        text.append(comma).append(member.getKey()).append('=');
        append(member.getValue(), text);
        comma = ", ";
      }
      text.append('}');
    } else {
      text.append(of(value));
    }
  }
}
