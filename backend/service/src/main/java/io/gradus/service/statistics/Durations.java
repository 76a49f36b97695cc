package io.gradus.service.statistics;

import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How long executions took, from start to end, as half, nine of ten and 99 of 100 of them did at
/// most. Each is told by the class of durations that it lies in, and is off by less than a tenth.
/// Null where nothing ended.
public record Durations(@Nullable Duration p50, @Nullable Duration p90, @Nullable Duration p99) {
  /// Where nothing ended.
  public static final Durations NONE = new Durations(null, null, null);

  /// How many classes a doubling of the duration is divided into.
  private static final double CLASSES = 4;

  private static final long MICROS = 1_000;

  /// Counts by class, in their order.
  static final class Classes {
    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private long total;

    void add(int durationClass, long executions) {
      counts.merge(durationClass, executions, Long::sum);
      total += executions;
    }

    Durations durations() {
      return total == 0 ? NONE : new Durations(at(0.5), at(0.9), at(0.99));
    }

    /// The middle of the class in which the one of that rank lies: no duration of that class is
    /// further off than by a factor of 2^(1/8).
    private Duration at(double share) {
      long rank = Math.max(1, (long) Math.ceil(share * total));
      long before = 0;
      for (var each : counts.entrySet()) {
        before += each.getValue();
        if (before >= rank) {
          double millis = Math.pow(2, (each.getKey() + 0.5) / CLASSES);
          return Duration.ofNanos(Math.round(millis * MICROS) * MICROS);
        }
      }
      throw new IllegalStateException("expected rank " + rank + " among " + total);
    }
  }
}
