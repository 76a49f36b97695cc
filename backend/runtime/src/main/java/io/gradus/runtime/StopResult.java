package io.gradus.runtime;

import java.time.Instant;

/// What came of a stop.
public sealed interface StopResult {
  /// It is stopped, or its stop is durable and its node has been told.
  record Stopped(Instant stopDate) implements StopResult {}

  /// It was over before.
  enum NotRunning implements StopResult {
    NOT_RUNNING
  }

  /// There is no such execution.
  enum NotFound implements StopResult {
    NOT_FOUND
  }
}
