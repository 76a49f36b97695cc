package io.gradus.asl.model;

/// The name of a workflow error, compared as an exact string. The constants are the reserved names
/// of the Amazon States Language.
public record ErrorName(String value) {
  public static final ErrorName ALL = new ErrorName("States.ALL");
  public static final ErrorName BRANCH_FAILED = new ErrorName("States.BranchFailed");
  public static final ErrorName DATA_LIMIT_EXCEEDED = new ErrorName("States.DataLimitExceeded");
  public static final ErrorName EXCEED_TOLERATED_FAILURE_THRESHOLD =
      new ErrorName("States.ExceedToleratedFailureThreshold");
  public static final ErrorName HEARTBEAT_TIMEOUT = new ErrorName("States.HeartbeatTimeout");
  public static final ErrorName INTRINSIC_FAILURE = new ErrorName("States.IntrinsicFailure");
  public static final ErrorName ITEM_READER_FAILED = new ErrorName("States.ItemReaderFailed");
  public static final ErrorName PARAMETER_PATH_FAILURE =
      new ErrorName("States.ParameterPathFailure");
  public static final ErrorName PERMISSIONS = new ErrorName("States.Permissions");
  public static final ErrorName QUERY_EVALUATION_ERROR =
      new ErrorName("States.QueryEvaluationError");
  public static final ErrorName RESULT_PATH_MATCH_FAILURE =
      new ErrorName("States.ResultPathMatchFailure");
  public static final ErrorName RESULT_WRITER_FAILED = new ErrorName("States.ResultWriterFailed");
  public static final ErrorName RUNTIME = new ErrorName("States.Runtime");
  public static final ErrorName TASK_FAILED = new ErrorName("States.TaskFailed");
  public static final ErrorName TIMEOUT = new ErrorName("States.Timeout");

  @Override
  public String toString() {
    return value;
  }
}
