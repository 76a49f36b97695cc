package io.gradus.engine;

/// AWS's execution statuses.
public enum ExecutionStatus {
  RUNNING(0),
  SUCCEEDED(1),
  FAILED(2),
  TIMED_OUT(3),
  ABORTED(4),
  PENDING_REDRIVE(5);

  private static final ExecutionStatus[] BY_CODE = values();

  private final int code;

  ExecutionStatus(int code) {
    this.code = code;
  }

  /// What the database stores.
  public int code() {
    return code;
  }

  /// The status of that code.
  ///
  /// @throws IllegalArgumentException if there is none
  public static ExecutionStatus ofCode(int code) {
    for (ExecutionStatus status : BY_CODE) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("expected the code of a status, found " + code);
  }

  /// Whether nothing but a redrive can change it any more.
  public boolean isTerminal() {
    return this != RUNNING && this != PENDING_REDRIVE;
  }
}
