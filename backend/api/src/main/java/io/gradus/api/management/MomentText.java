package io.gradus.api.management;

import io.gradus.service.ErrorCode;
import io.gradus.service.Moment;
import io.gradus.service.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Moments as requests say them.
final class MomentText {
  private MomentText() {}

  /// A member's moment; null where it is left out.
  ///
  /// @throws Refusal where it is none, or one that no database keeps
  static @Nullable Instant read(String member, @Nullable String text) {
    return text == null
        ? null
        : Moment.parse(text)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.VALIDATION,
                        member + " must be a moment in UTC such as 2026-11-28T15:00:00Z"));
  }
}
