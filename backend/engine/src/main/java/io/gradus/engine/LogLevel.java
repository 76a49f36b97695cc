package io.gradus.engine;

/// How much of an execution is logged: AWS's levels, and which events each of them keeps.
public enum LogLevel {
  /// Every event.
  ALL(0),
  /// What failed, timed out or was aborted, and entries of Fail states.
  ERROR(1),
  /// Executions that failed, timed out or were aborted.
  FATAL(2),
  /// Nothing.
  OFF(3);

  private final int code;

  LogLevel(int code) {
    this.code = code;
  }

  /// The level of that code.
  public static LogLevel ofCode(int code) {
    for (LogLevel level : values()) {
      if (level.code == code) {
        return level;
      }
    }
    throw new IllegalArgumentException("expected the code of a level, found " + code);
  }

  /// As it is stored: the higher, the less is kept.
  public int code() {
    return code;
  }

  /// Whether an event is logged. AWS's list does not name the failures of activities and of
  /// expressions; they are errors here as all other failures are.
  public boolean keeps(Details details) {
    return switch (this) {
      case ALL -> true;
      case OFF -> false;
      case ERROR, FATAL -> of(details).code >= code;
    };
  }

  /// The highest level that still keeps the event: never [#OFF].
  public static LogLevel of(Details details) {
    return switch (details) {
      case Details.ExecutionFailed _, Details.ExecutionTimedOut _, Details.ExecutionAborted _ ->
          FATAL;
      case Details.StateEntered entered when entered.kind() == StateKind.FAIL -> ERROR;
      case Details.StateAborted _,
          Details.ParallelFailed _,
          Details.MapFailed _,
          Details.MapIterationFailed _,
          Details.MapIterationAborted _,
          Details.MapRunFailed _,
          Details.MapRunAborted _,
          Details.TaskFailed _,
          Details.EvaluationFailed _ ->
          ERROR;
      case Details.ExecutionStarted _,
          Details.ExecutionSucceeded _,
          Details.ExecutionRedriven _,
          Details.StateEntered _,
          Details.StateExited _,
          Details.ParallelStarted _,
          Details.ParallelSucceeded _,
          Details.MapStarted _,
          Details.MapSucceeded _,
          Details.MapIterationStarted _,
          Details.MapIterationSucceeded _,
          Details.MapRunStarted _,
          Details.MapRunSucceeded _,
          Details.MapRunRedriven _,
          Details.TaskScheduled _,
          Details.TaskStarted _,
          Details.TaskSubmitted _,
          Details.TaskSucceeded _ ->
          ALL;
    };
  }
}
