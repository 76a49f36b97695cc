package io.gradus.engine;

import java.time.Duration;
import java.time.Instant;

/// A moment at which something is due, in database time.
///
/// @param stored whether the timer has a row of its own; nearer ones live in the state alone
public record Deadline(Instant due, boolean stored) {
  /// Timers nearer than this live in memory and state only.
  public static final Duration NEAR = Duration.ofSeconds(60);

  public static Deadline at(Instant due, Instant now) {
    return new Deadline(due, Duration.between(now, due).compareTo(NEAR) >= 0);
  }

  public static Deadline after(Duration delay, Instant now) {
    return at(now.plus(delay), now);
  }
}
