package io.gradus.api.operation;

import io.gradus.api.json.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tag as it is sent.
record Tag(
    @Member(min = 1, max = Limits.TAG_KEY) @Nullable String key,
    @Member(max = Limits.TAG_VALUE) @Nullable String value) {

  /// Tags by key; the last of a repeated key holds. A tag without a key is none.
  static Map<String, String> byKey(@Nullable List<Tag> tags) {
    Map<String, String> byKey = new LinkedHashMap<>();
    if (tags != null) {
      for (Tag tag : tags) {
        if (tag.key != null) {
          byKey.put(tag.key, tag.value == null ? "" : tag.value);
        }
      }
    }
    return byKey;
  }

  static List<Tag> list(Map<String, String> byKey) {
    return byKey.entrySet().stream().map(e -> new Tag(e.getKey(), e.getValue())).toList();
  }
}
