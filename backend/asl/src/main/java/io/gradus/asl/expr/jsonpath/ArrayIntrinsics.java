package io.gradus.asl.expr.jsonpath;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The intrinsic functions on arrays.
final class ArrayIntrinsics {
  static final int MAX_RANGE = 1_000;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ArrayIntrinsics() {}

  static JsonNode array(Arguments a) {
    return JSON.arrayNode().addAll(a.values());
  }

  static JsonNode partition(Arguments a) {
    JsonNode items = a.count(2, 2).array(0);
    long size = a.truncated(1);
    if (size < 1) {
      throw a.invalid();
    }
    ArrayNode chunks = JSON.arrayNode();
    ArrayNode chunk = null;
    for (JsonNode item : items) {
      if (chunk == null || chunk.size() == size) {
        chunk = chunks.addArray();
      }
      chunk.add(item);
    }
    return chunks;
  }

  /// AWS finds `1` in `["1"]`: what is written the same is the same to it.
  static JsonNode contains(Arguments a) {
    JsonNode wanted = a.count(2, 2).any(1);
    String written = JavaText.of(wanted);
    for (JsonNode item : a.array(0)) {
      if (Numbers.same(item, wanted) || JavaText.of(item).equals(written)) {
        return JSON.booleanNode(true);
      }
    }
    return JSON.booleanNode(false);
  }

  static JsonNode range(Arguments a) {
    long first = a.count(3, 3).truncated(0);
    long last = a.truncated(1);
    long step = a.truncated(2);
    if (step == 0) {
      throw a.invalid();
    }
    ArrayNode range = JSON.arrayNode();
    for (long value = first; step > 0 ? value <= last : value >= last; value += step) {
      if (range.size() == MAX_RANGE) {
        throw a.invalid();
      }
      range.add(Numbers.integer(value));
    }
    return range;
  }

  static JsonNode item(Arguments a) {
    JsonNode items = a.count(2, 2).array(0);
    long index = a.truncated(1);
    if (index < 0 || index >= items.size()) {
      throw a.invalid();
    }
    return items.get((int) index);
  }

  static JsonNode length(Arguments a) {
    return JSON.numberNode(a.count(1, 1).array(0).size());
  }

  static JsonNode unique(Arguments a) {
    List<JsonNode> kept = new ArrayList<>();
    var seen = new java.util.HashSet<Object>();
    for (JsonNode item : a.count(1, 1).array(0)) {
      if (seen.add(key(item))) {
        kept.add(item);
      }
    }
    return JSON.arrayNode().addAll(kept);
  }

  /// Equal for `1` and `1.0`; by value otherwise.
  private static Object key(JsonNode item) {
    return item.isNumber() ? item.decimalValue().stripTrailingZeros() : item;
  }
}
