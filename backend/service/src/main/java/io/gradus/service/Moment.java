package io.gradus.service;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/// Moments as requests and addresses say them.
public final class Moment {
  private static final int LAST_YEAR = 9999;

  private Moment() {}

  /// A moment in UTC, such as `2026-11-28T15:00:00Z`; empty where the text is none, or one that a
  /// database may not keep in each time zone: only those of the years 1 to 9999 are.
  public static Optional<Instant> parse(String text) {
    try {
      Instant moment = Instant.parse(text);
      int year = moment.atZone(ZoneOffset.UTC).getYear();
      return year >= 1 && year <= LAST_YEAR ? Optional.of(moment) : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
