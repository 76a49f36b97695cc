package io.gradus.bench.chaos.check;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what clients noted.
final class Json {
  private Json() {}

  /// JSON's null for none.
  static JsonNode read(@Nullable String text) {
    return JsonMapper.shared().readTree(text == null ? "null" : text);
  }
}
