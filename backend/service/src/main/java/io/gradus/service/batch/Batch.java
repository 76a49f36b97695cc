package io.gradus.service.batch;

import io.gradus.service.execution.ExecutionFinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Many executions that are stopped or redriven by one request.
///
/// @param error that executions are stopped with
/// @param cause that executions are stopped with
/// @param selection what was asked for, as JSON: `executions`, how many were named, or the members
///   of a filter
/// @param createdBy as the audit log names them: in whose name each item is done
/// @param cancelledBy who asked that nothing more be done; null for nobody
/// @param endedAt null while there is something to do
/// @param total how many items it has
public record Batch(
    String id,
    Action action,
    @Nullable String error,
    @Nullable String cause,
    String selection,
    String createdBy,
    Instant createdAt,
    @Nullable String cancelledBy,
    @Nullable Instant endedAt,
    int total,
    int done,
    int refused,
    int cancelled) {
  /// How many executions one has at most.
  public static final int MAX_ITEMS = 10_000;

  /// How many executions can be named one by one.
  public static final int MAX_PICKED = 1_000;

  /// How many of a tenant may be open at once.
  public static final int MAX_OPEN = 10;

  /// How many of a tenant are kept.
  public static final int KEPT = 200;

  /// How long one is kept after its end.
  public static final Duration RETENTION = Duration.ofDays(30);

  /// What is done to each.
  public enum Action {
    STOP,
    REDRIVE
  }

  /// How a batch stands.
  public enum Status {
    RUNNING,
    CANCELLING,
    ENDED,
    CANCELLED
  }

  /// What came of an item.
  public enum Outcome {
    WAITING,
    DONE,
    REFUSED,
    CANCELLED
  }

  /// How it stands.
  public Status status() {
    if (endedAt == null) {
      return cancelledBy == null ? Status.RUNNING : Status.CANCELLING;
    }
    return cancelled > 0 ? Status.CANCELLED : Status.ENDED;
  }

  /// How many items nothing came of yet.
  public int waiting() {
    return total - done - refused - cancelled;
  }

  /// One of its executions.
  ///
  /// @param number its place, from 1
  /// @param error why it was refused, by AWS's name; null where it was not, or AWS has none
  /// @param reason why it was refused, as a sentence
  /// @param at when that came of it; null while it waits
  public record Item(
      int number,
      String executionArn,
      Outcome outcome,
      @Nullable String error,
      @Nullable String reason,
      @Nullable Instant at) {}

  /// What is asked for.
  ///
  /// @param error that executions are stopped with, null for none; up to 256 characters
  /// @param cause that executions are stopped with, null for none; up to 32,768 characters
  public record Draft(
      Action action, Selection selection, @Nullable String error, @Nullable String cause) {}

  /// Which executions.
  public sealed interface Selection {
    /// These, up to [#MAX_PICKED].
    record Picked(List<String> executionArns) implements Selection {
      public Picked {
        executionArns = List.copyOf(executionArns);
      }
    }

    /// All that fit, the newest [#MAX_ITEMS] of them.
    record Matching(ExecutionFinder.Wanted wanted) implements Selection {}
  }

  /// What would become of a batch, were it worked on now.
  ///
  /// @param selected how many executions it would have
  /// @param more whether others fit as well, for which one batch has no room
  /// @param eligible of how many the state allows it
  /// @param others why the state of the others does not, the most frequent first
  public record DryRun(int selected, boolean more, int eligible, List<Reason> others) {
    public DryRun {
      others = List.copyOf(others);
    }
  }

  /// How many executions there is the same reason for.
  ///
  /// @param error AWS's name of it; null where AWS has none
  public record Reason(@Nullable String error, String reason, int executions) {}
}
