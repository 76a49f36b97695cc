package io.gradus.runtime.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A lower bound of the database's time, from what commits and lease renewals returned and the time
/// that has passed on this node's monotonic clock since. The node's own wall clock is never asked,
/// so setting it has no effect.
///
/// A timer that waits for [#now] to reach its moment is never early.
public final class DatabaseClock {
  /// An observation is used for this long; a database whose clock was set back is followed then.
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  /// How much faster than the database's this node's clock may run: one part in 5,000.
  private static final long DRIFT_DIVISOR = 5_000;

  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable Observation> best = new AtomicReference<>();

  private record Observation(long databaseNanos, long atNanos) {
    long lowerBound(long now) {
      long elapsed = now - atNanos;
      return databaseNanos + elapsed - elapsed / DRIFT_DIVISOR;
    }
  }

  public DatabaseClock() {
    this(System::nanoTime);
  }

  /// @param nanoTime a monotonic clock in nanoseconds
  public DatabaseClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// The database said that it was `databaseTime` before this call was made.
  public void observe(Instant databaseTime) {
    long now = nanoTime.getAsLong();
    var seen = new Observation(toNanos(databaseTime), now);
    best.accumulateAndGet(
        seen,
        (old, latest) ->
            old == null
                    || now - old.atNanos() > WINDOW_NANOS
                    || old.lowerBound(now) < seen.databaseNanos()
                ? latest
                : old);
  }

  /// The database's time is this or later; whole microseconds, as the database keeps them.
  ///
  /// @throws IllegalStateException before the first observation
  public Instant now() {
    long nanos = Math.floorDiv(nowNanos(), 1_000L) * 1_000L;
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  /// How long until `due` is certainly reached; zero or negative when it is.
  public Duration until(Instant due) {
    return Duration.between(now(), due);
  }

  private long nowNanos() {
    Observation observation = best.get();
    if (observation == null) {
      throw new IllegalStateException("expected the database's time to be known, found none yet");
    }
    return observation.lowerBound(nanoTime.getAsLong());
  }

  private static long toNanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
