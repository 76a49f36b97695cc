package io.gradus.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A place in a list that is ordered by time and then id. What was listed before stays where it
/// was, whatever is added or deleted meanwhile.
///
/// @param at whole microseconds
public record Position(Instant at, UUID id) {
  private static final long PER_SECOND = 1_000_000L;

  /// As text, for a page token: `<microseconds since 1970>.<id>`.
  public String text() {
    long micros = at.getEpochSecond() * PER_SECOND + at.getNano() / 1_000;
    return micros + "." + id;
  }

  /// Null for what [#text] did not make.
  public static @Nullable Position parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 1) {
      return null;
    }
    try {
      long micros = Long.parseLong(text, 0, dot, 10);
      return new Position(
          Instant.ofEpochSecond(
              Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000L),
          UUID.fromString(text.substring(dot + 1)));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
