package io.gradus.engine;

/// AWS's execution statuses; the ordinal is what the database stores.
public enum ExecutionStatus {
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED,
  PENDING_REDRIVE;

  /// Whether nothing but a redrive can change it any more.
  public boolean isTerminal() {
    return this != RUNNING && this != PENDING_REDRIVE;
  }
}
