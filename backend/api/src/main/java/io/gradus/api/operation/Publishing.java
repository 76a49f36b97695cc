package io.gradus.api.operation;

import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import org.jspecify.annotations.Nullable;

/// What requests may say about publishing a version.
final class Publishing {
  private Publishing() {}

  /// Refuses to publish: versions are not offered yet, and a version that is silently not made
  /// would break whoever relies on it.
  static void refuse(@Nullable Boolean publish, @Nullable String versionDescription) {
    boolean wanted = publish != null && publish;
    if (!wanted && versionDescription != null) {
      throw new Refusal(
          ErrorCode.VALIDATION, "Version description can only be set when publish is true");
    }
    if (wanted) {
      throw new Refusal(ErrorCode.VALIDATION, "Publishing versions is not supported");
    }
  }
}
