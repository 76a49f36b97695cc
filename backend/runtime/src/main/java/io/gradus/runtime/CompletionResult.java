package io.gradus.runtime;

/// What came of a report about a task.
public enum CompletionResult {
  /// It is durable.
  DONE,
  /// The token is not one of ours, or belongs to another tenant. `InvalidToken`.
  INVALID_TOKEN,
  /// The task is not (or no longer) open. `TaskTimedOut`.
  TASK_TIMED_OUT
}
