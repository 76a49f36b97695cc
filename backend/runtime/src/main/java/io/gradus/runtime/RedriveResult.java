package io.gradus.runtime;

import java.time.Instant;

/// What came of a redrive.
public sealed interface RedriveResult {
  /// It runs again, durably: now, or since the same call was made before.
  record Redriven(Instant redriveDate) implements RedriveResult {}

  /// It cannot be redriven.
  ///
  /// @param why a sentence for the caller
  record NotRedrivable(String why) implements RedriveResult {}

  /// There is no such execution.
  enum NotFound implements RedriveResult {
    NOT_FOUND
  }
}
