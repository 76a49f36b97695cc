package io.gradus.api.operation;

import io.gradus.service.definition.Publication;
import org.jspecify.annotations.Nullable;

/// What requests say about publishing a version.
final class Publishing {
  private Publishing() {}

  static Publication read(@Nullable Boolean publish, @Nullable String versionDescription) {
    return new Publication(publish != null && publish, versionDescription);
  }
}
