package io.gradus.service.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// How far back from now figures go, and into how many bars that is divided.
public enum Range {
  HOUR("1h", Duration.ofHours(1), Duration.ofMinutes(5), 5),
  DAY("24h", Duration.ofHours(24), Duration.ofMinutes(30), 5),
  WEEK("7d", Duration.ofDays(7), Duration.ofHours(3), 60),
  MONTH("30d", Duration.ofDays(30), Duration.ofHours(12), 60);

  private final String key;
  private final Duration length;
  private final Duration bar;
  private final int spanMinutes;

  Range(String key, Duration length, Duration bar, int spanMinutes) {
    this.key = key;
    this.length = length;
    this.bar = bar;
    this.spanMinutes = spanMinutes;
  }

  /// As addresses have it: `24h`.
  public String key() {
    return key;
  }

  /// The length of a bar.
  public Duration bar() {
    return bar;
  }

  /// The length of the buckets that are asked for it.
  int spanMinutes() {
    return spanMinutes;
  }

  /// Where the first bar begins: all bars are whole but the last one, which goes on.
  Instant from(Instant now) {
    return floor(now.minus(length));
  }

  /// Where the last bar will end.
  Instant to(Instant now) {
    return floor(now).plus(bar);
  }

  private Instant floor(Instant at) {
    long seconds = bar.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  /// The one of that key.
  public static Optional<Range> of(String key) {
    return Arrays.stream(values()).filter(range -> range.key.equals(key)).findFirst();
  }
}
