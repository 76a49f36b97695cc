package io.gradus.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Moments as the generated classes have them.
final class Times {
  private Times() {}

  /// PostgreSQL keeps microseconds, and rounds what is finer.
  static OffsetDateTime column(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  static @Nullable OffsetDateTime columnOrNull(@Nullable Instant at) {
    return at == null ? null : column(at);
  }

  static Instant instant(OffsetDateTime at) {
    return at.toInstant();
  }

  static @Nullable Instant instantOrNull(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
