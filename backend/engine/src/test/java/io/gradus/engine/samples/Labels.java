package io.gradus.engine.samples;

import io.gradus.engine.PayloadJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Writes what a plan gives so that every value tells where it was given: objects by a member of
/// their own, texts and numbers by their content.
final class Labels {
  private static final String MEMBER = "«»";
  private static final Pattern LABEL = Pattern.compile("«(\\d+)»");
  private static final int FIRST_NUMBER = 1_000;

  /// Between them, a labelled text has parts by whatever it may be split.
  private static final List<String> SEPARATORS = List.of("/", ".", "-", ":", ",", "_", " ", "|");

  private final List<Place> places = new ArrayList<>();

  JsonNode written(JsonNode tree, Place at) {
    if (tree instanceof ObjectNode object) {
      if (object.size() == 1 && object.has(Place.TEXT)) {
        JsonNode inner = written(object.get(Place.TEXT), at.plus(List.of(Place.TEXT)));
        return StringNode.valueOf(PayloadJson.MAPPER.writeValueAsString(inner));
      }
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> each : object.properties()) {
        copy.set(each.getKey(), written(each.getValue(), at.plus(List.of(each.getKey()))));
      }
      copy.put(MEMBER, label(at));
      return copy;
    }
    if (tree instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < array.size(); i++) {
        copy.add(written(array.get(i), at.plus(List.of("[" + i + "]"))));
      }
      return copy;
    }
    if (tree.equals(Plan.SOME_TEXT)) {
      return StringNode.valueOf(label(at));
    }
    if (tree.equals(Plan.SOME_NUMBER)) {
      label(at);
      return IntNode.valueOf(FIRST_NUMBER + places.size() - 1);
    }
    if (tree.equals(Plan.SOME_PARTS)) {
      String label = label(at);
      StringBuilder text = new StringBuilder(label);
      SEPARATORS.forEach(each -> text.append((each + label).repeat(8)));
      return StringNode.valueOf(text.toString());
    }
    return tree;
  }

  private String label(Place at) {
    places.add(at);
    return "«" + (places.size() - 1) + "»";
  }

  /// Where this very value was given; null where it bears no label.
  @Nullable Place of(JsonNode value) {
    if (value.isObject()) {
      JsonNode label = value.get(MEMBER);
      return label == null ? null : of(label);
    }
    if (value.isIntegralNumber()) {
      int index = value.intValue() - FIRST_NUMBER;
      return index >= 0 && index < places.size() ? places.get(index) : null;
    }
    if (!value.isString()) {
      return null;
    }
    Matcher label = LABEL.matcher(value.stringValue());
    return label.find() ? places.get(Integer.parseInt(label.group(1))) : null;
  }
}
