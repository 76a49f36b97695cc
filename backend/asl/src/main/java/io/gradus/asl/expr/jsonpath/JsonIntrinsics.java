package io.gradus.asl.expr.jsonpath;

import io.gradus.asl.expr.JsonText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The intrinsic functions between JSON and text.
final class JsonIntrinsics {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonIntrinsics() {}

  static JsonNode merge(Arguments a) {
    JsonNode deep = a.count(3, 3).any(2);
    if (!deep.isBoolean() || deep.booleanValue()) {
      throw a.invalid(); // AWS merges the top level only
    }
    ObjectNode merged = JSON.objectNode();
    a.object(0).properties().forEach(m -> merged.set(m.getKey(), m.getValue()));
    a.object(1).properties().forEach(m -> merged.set(m.getKey(), m.getValue()));
    return merged;
  }

  static JsonNode parse(Arguments a) {
    String text = a.count(1, 1).text(0);
    if (text.isBlank()) {
      return JSON.nullNode();
    }
    try {
      return JsonText.read(text);
    } catch (JacksonException e) {
      throw a.refused(
          "Cannot convert String to Json in States.StringToJson, caused by: "
              + e.getOriginalMessage());
    }
  }

  static JsonNode print(Arguments a) {
    return JSON.stringNode(a.count(1, 1).any(0).toString());
  }
}
