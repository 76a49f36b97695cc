package io.gradus.engine.map;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one child of a distributed Map came to, or the input of one that never started.
///
/// @param input of the child: an item, or a batch of them
/// @param ran null for a child that did not start
public record ChildResult(Payload input, @Nullable Ran ran) {
  /// A child that was not started because its map run failed or was stopped first.
  public static ChildResult pending(Payload input) {
    return new ChildResult(input, null);
  }

  /// A child that ended.
  ///
  /// @param output of one that succeeded
  /// @param error of one that did not; null where it has none (a stopped one)
  /// @param redrive null for an Express child, which cannot be redriven
  public record Ran(
      String executionArn,
      String stateMachineArn,
      String name,
      ExecutionStatus status,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause,
      Instant started,
      Instant stopped,
      @Nullable Redrive redrive) {
    /// Checks that it ended, and with an output where it succeeded.
    public Ran {
      if (!status.isTerminal()) {
        throw new IllegalArgumentException("expected a child that ended, found one " + status);
      }
      if ((status == ExecutionStatus.SUCCEEDED) != (output != null)) {
        throw new IllegalArgumentException(
            "expected an output of what succeeded, and only of that");
      }
    }
  }

  /// How often a Standard child was redriven, and whether it can be again.
  ///
  /// @param date of the last redrive; null where there was none
  /// @param status `REDRIVABLE`, `NOT_REDRIVABLE` or `REDRIVABLE_BY_MAP_RUN`
  /// @param reason null where it can be redriven
  public record Redrive(
      int count, @Nullable Instant date, String status, @Nullable String reason) {}

  /// Which files it belongs to.
  public ResultGroup group() {
    Ran child = ran;
    if (child == null) {
      return ResultGroup.PENDING;
    }
    return child.status() == ExecutionStatus.SUCCEEDED ? ResultGroup.SUCCEEDED : ResultGroup.FAILED;
  }
}
