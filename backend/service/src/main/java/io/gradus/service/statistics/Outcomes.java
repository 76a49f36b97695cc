package io.gradus.service.statistics;

import io.gradus.engine.ExecutionStatus;

/// How many executions were started in a time, and how many ended in it and how.
public record Outcomes(long started, long succeeded, long failed, long timedOut, long aborted) {
  /// Nothing at all.
  public static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0);

  /// How many ended.
  public long ended() {
    return succeeded + failed + timedOut + aborted;
  }

  /// How many ended and did not succeed by themselves: failed or timed out.
  public long unsuccessful() {
    return failed + timedOut;
  }

  /// How many of those that ended failed or timed out, from 0 to 1; 0 where none ended.
  public double failureRate() {
    return ended() == 0 ? 0 : (double) unsuccessful() / ended();
  }

  /// How many ended so; of RUNNING, how many were started.
  public long of(ExecutionStatus status) {
    return switch (status) {
      case RUNNING -> started;
      case SUCCEEDED -> succeeded;
      case FAILED -> failed;
      case TIMED_OUT -> timedOut;
      case ABORTED -> aborted;
      case PENDING_REDRIVE -> 0;
    };
  }

  /// The same and so many more of one kind.
  Outcomes and(ExecutionStatus status, long more) {
    return switch (status) {
      case RUNNING -> new Outcomes(started + more, succeeded, failed, timedOut, aborted);
      case SUCCEEDED -> new Outcomes(started, succeeded + more, failed, timedOut, aborted);
      case FAILED -> new Outcomes(started, succeeded, failed + more, timedOut, aborted);
      case TIMED_OUT -> new Outcomes(started, succeeded, failed, timedOut + more, aborted);
      case ABORTED -> new Outcomes(started, succeeded, failed, timedOut, aborted + more);
      case PENDING_REDRIVE -> this;
    };
  }
}
