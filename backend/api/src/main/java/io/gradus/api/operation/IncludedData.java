package io.gradus.api.operation;

import org.jspecify.annotations.Nullable;

/// Whether an answer carries payloads and definitions.
enum IncludedData {
  ALL_DATA,
  METADATA_ONLY;

  static boolean all(@Nullable IncludedData included) {
    return included != METADATA_ONLY;
  }
}
