package io.gradus.worker;

/// Fails a task.
public final class ActivityFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private final String error;

  /// @param error the name that `Retry` and `Catch` go by, at most 256 characters
  /// @param cause for people, at most 32,768 characters
  public ActivityFailure(String error, String cause) {
    super(cause);
    this.error = error;
  }

  /// The name that `Retry` and `Catch` go by.
  public String error() {
    return error;
  }
}
