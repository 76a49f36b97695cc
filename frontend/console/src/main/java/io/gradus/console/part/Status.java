package io.gradus.console.part;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.MapRun;

/// How something stands. One colour and one shape each, everywhere in the console.
public enum Status {
  SUCCEEDED("ok", "Succeeded"),
  RUNNING("run", "Running"),
  RETRYING("retry", "Retrying"),
  PERSON("person", "Waiting for a person"),
  WAITING("wait", "Waiting"),
  CAUGHT("caught", "Caught error"),
  FAILED("fail", "Failed"),
  TIMED_OUT("timeout", "Timed out"),
  STOPPED("abort", "Stopped"),
  NOT_REACHED("idle", "Not reached");

  private final String key;
  private final String word;

  Status(String key, String word) {
    this.key = key;
    this.word = word;
  }

  /// Its short name in class names (`g-status-ok`), colours (`--g-ok`) and drawings (`status-ok`).
  public String key() {
    return key;
  }

  /// What a person reads.
  public String word() {
    return word;
  }

  /// How an execution of that status is shown.
  public static Status of(ExecutionStatus status) {
    return switch (status) {
      case RUNNING -> RUNNING;
      case SUCCEEDED -> SUCCEEDED;
      case FAILED -> FAILED;
      case TIMED_OUT -> TIMED_OUT;
      case ABORTED -> STOPPED;
      case PENDING_REDRIVE -> WAITING;
    };
  }

  /// How a Map Run of that status is shown.
  public static Status of(MapRun.Status status) {
    return switch (status) {
      case RUNNING -> RUNNING;
      case SUCCEEDED -> SUCCEEDED;
      case FAILED -> FAILED;
      case ABORTED -> STOPPED;
    };
  }
}
