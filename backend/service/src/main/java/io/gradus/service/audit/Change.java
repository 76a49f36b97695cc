package io.gradus.service.audit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a change replaced by what, as the audit log keeps it: settings, names and numbers; never a
/// payload or a secret.
///
/// @param before by field, null where there was nothing
/// @param after by field, null where there is nothing any more; texts, numbers, truth values and
///   collections of them
public record Change(@Nullable Map<String, Object> before, @Nullable Map<String, Object> after) {
  /// Nothing that the action and its target do not say.
  public static final Change NONE = new Change(null, null);

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] NOTHING = {};

  /// Copies, sorted by field, so that equal changes are equal bytes.
  public Change {
    before = before == null ? null : Collections.unmodifiableMap(new TreeMap<>(before));
    after = after == null ? null : Collections.unmodifiableMap(new TreeMap<>(after));
  }

  /// Something new.
  public static Change made(Map<String, Object> after) {
    return new Change(null, after);
  }

  /// Something that is gone.
  public static Change removed(Map<String, Object> before) {
    return new Change(before, null);
  }

  /// As it is stored: JSON, no bytes for no change.
  public byte[] bytes() {
    if (before == null && after == null) {
      return NOTHING;
    }
    Map<String, Object> sides = new TreeMap<>();
    if (before != null) {
      sides.put("before", before);
    }
    if (after != null) {
      sides.put("after", after);
    }
    return JSON.writeValueAsBytes(sides);
  }
}
