package io.gradus.engine.map;

/// The kinds of result files, in the order they are written.
public enum ResultGroup {
  /// Children that succeeded.
  SUCCEEDED,
  /// Children that failed, ran out of time or were stopped.
  FAILED,
  /// Children that were not started.
  PENDING
}
