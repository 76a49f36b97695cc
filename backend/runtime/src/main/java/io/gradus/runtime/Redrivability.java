package io.gradus.runtime;

import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether an execution could be redriven, in AWS's words. AWS's bounds on its age and its events
/// hold where AWS's limits do.
public final class Redrivability {
  /// AWS: that long after an execution's end.
  public static final Duration PERIOD = Duration.ofDays(14);

  private Redrivability() {}

  /// Why it could not; null where it could.
  ///
  /// @param strict whether AWS's limits hold for it
  public static @Nullable String whyNot(
      ExecutionStatus status,
      boolean strict,
      long lastEventId,
      @Nullable Instant stoppedAt,
      Instant now) {
    if (!status.isTerminal() || status == ExecutionStatus.SUCCEEDED) {
      return "Execution is " + status + " and cannot be redriven";
    }
    if (strict && lastEventId >= ExecutionInfo.Limits.AWS.historyEvents() - 1) {
      return "Execution history event limit exceeded";
    }
    return strict && stoppedAt != null && stoppedAt.plus(PERIOD).isBefore(now)
        ? "Execution's redrivable period exceeded"
        : null;
  }

  /// Whether a child of a Map Run could be taken up again with it: an Express one is run anew, and
  /// so always can.
  public static boolean ofChild(Execution ended, Instant now) {
    ExecutionInfo info = ended.info();
    return info.executionArn().contains(":express:")
        || whyNot(
                ended.status(), info.limits().areAws(), ended.lastEventId(), ended.stoppedAt(), now)
            == null;
  }
}
