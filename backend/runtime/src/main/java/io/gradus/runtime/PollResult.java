package io.gradus.runtime;

/// What came of a worker's poll.
public sealed interface PollResult {
  record Task(ActivityTask task) implements PollResult {}

  /// No task came in time.
  enum Nothing implements PollResult {
    NOTHING
  }

  /// There is no such activity. `ActivityDoesNotExist`.
  enum NoSuchActivity implements PollResult {
    NO_SUCH_ACTIVITY
  }

  /// Too many poll for this activity already. `ActivityWorkerLimitExceeded`.
  enum TooManyPollers implements PollResult {
    TOO_MANY_POLLERS
  }
}
