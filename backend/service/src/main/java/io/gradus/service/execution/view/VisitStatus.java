package io.gradus.service.execution.view;

/// How a visit of a state stands.
public enum VisitStatus {
  RUNNING,
  /// Its error waits to be retried.
  RETRYING,
  /// Its call was made, and it waits to be completed from outside by its token.
  CALLBACK,
  /// It waits for a moment in time.
  WAITING,
  SUCCEEDED,
  /// It failed, and a catcher went on from it.
  CAUGHT,
  FAILED,
  /// It ran when the execution's time was over.
  TIMED_OUT,
  /// It ran when the execution, or what is around it, ended.
  ABORTED;

  /// Whether it goes on.
  public boolean isOpen() {
    return switch (this) {
      case RUNNING, RETRYING, CALLBACK, WAITING -> true;
      case SUCCEEDED, CAUGHT, FAILED, TIMED_OUT, ABORTED -> false;
    };
  }
}
