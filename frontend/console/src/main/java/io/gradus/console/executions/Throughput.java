package io.gradus.console.executions;

import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// How fast a Map Run goes now, by what was seen of it in the last half minute.
final class Throughput {
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final double MILLIS = 1_000;

  private final Deque<Seen> seen = new ArrayDeque<>();

  private record Seen(Instant at, long done) {}

  /// Takes note.
  void see(MapRun run, Instant at) {
    seen.addLast(new Seen(at, done(run)));
    while (seen.size() > 2 && seen.getFirst().at().isBefore(at.minus(WINDOW))) {
      seen.removeFirst();
    }
  }

  /// Items done per second; null before there is anything to compare.
  @Nullable Double perSecond() {
    if (seen.size() < 2) {
      return null;
    }
    long millis = Duration.between(seen.getFirst().at(), seen.getLast().at()).toMillis();
    return millis < MILLIS / 2
        ? null
        : Double.valueOf((seen.getLast().done() - seen.getFirst().done()) * MILLIS / millis);
  }

  static long done(MapRun run) {
    MapProgress progress = run.progress();
    return progress.succeededItems()
        + progress.failedItems()
        + progress.timedOutItems()
        + progress.abortedItems();
  }

  /// How long the rest takes at that rate; null where that cannot be told.
  static @Nullable Duration left(MapRun run, @Nullable Double perSecond) {
    Long total = run.total();
    if (run.status() != MapRun.Status.RUNNING
        || total == null
        || perSecond == null
        || perSecond <= 0) {
      return null;
    }
    return Duration.ofMillis((long) ((total - done(run)) / perSecond * MILLIS));
  }
}
