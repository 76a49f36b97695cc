package io.gradus.console.dashboard;

import io.gradus.console.part.Moments;
import io.gradus.service.statistics.Durations;
import io.gradus.service.statistics.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How figures are written.
final class Words {
  private static final double PERCENT = 100;
  private static final double WHOLE = 10;
  private static final double LEAST = 0.1;
  private static final DateTimeFormatter TIME = formatter("HH:mm");
  private static final DateTimeFormatter DAY = formatter("d MMM");
  private static final DateTimeFormatter DAY_AND_TIME = formatter("d MMM, HH:mm");

  private Words() {}

  /// `18,402`.
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// `0 %`, `< 0.1 %`, `0.9 %`, `42 %`.
  static String share(double share) {
    double percent = share * PERCENT;
    if (percent <= 0) {
      return "0 %";
    }
    if (percent < LEAST) {
      return "< 0.1 %";
    }
    boolean whole = percent >= WHOLE;
    if (whole && percent < PERCENT) {
      percent = Math.min(percent, PERCENT - 1);
    }
    return String.format(Locale.ROOT, whole ? "%.0f %%" : "%.1f %%", percent);
  }

  /// A dash for none.
  static String duration(@Nullable Duration duration) {
    return duration == null ? "–" : Moments.duration(duration);
  }

  /// `p50 3.8 s, p90 20 s, p99 52 s`.
  static String durations(Durations durations) {
    return durations.p50() == null
        ? "Nothing ended"
        : "p50 "
            + duration(durations.p50())
            + ", p90 "
            + duration(durations.p90())
            + ", p99 "
            + duration(durations.p99());
  }

  /// What stands below a bar.
  static String foot(Range range, Instant from, ZoneId zone) {
    return from.atZone(zone)
        .format(
            switch (range) {
              case HOUR, DAY -> TIME;
              case WEEK, MONTH -> DAY;
            });
  }

  /// The time of a bar: `29 Nov, 14:00 – 14:30`.
  static String time(Range range, Instant from, ZoneId zone) {
    return since(from, zone) + " – " + from.plus(range.bar()).atZone(zone).format(TIME);
  }

  /// `29 Nov, 14:00`.
  static String since(Instant from, ZoneId zone) {
    return from.atZone(zone).format(DAY_AND_TIME);
  }

  /// `last 24 hours`.
  static String range(Range range) {
    return switch (range) {
      case HOUR -> "last hour";
      case DAY -> "last 24 hours";
      case WEEK -> "last 7 days";
      case MONTH -> "last 30 days";
    };
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
