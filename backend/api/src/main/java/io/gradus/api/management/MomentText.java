package io.gradus.api.management;

import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Moments as requests say them.
final class MomentText {
  private static final int LAST_YEAR = 9999;

  private MomentText() {}

  /// A member's moment; null where it is left out.
  ///
  /// @throws Refusal where it is none, or one that no database keeps
  static @Nullable Instant read(String member, @Nullable String text) {
    try {
      Instant moment = text == null ? null : Instant.parse(text);
      if (moment == null || Math.abs(moment.atZone(ZoneOffset.UTC).getYear()) <= LAST_YEAR) {
        return moment;
      }
    } catch (DateTimeException _) {
      // told below
    }
    throw new Refusal(
        ErrorCode.VALIDATION, member + " must be a moment in UTC such as 2026-11-28T15:00:00Z");
  }
}
