package io.gradus.store;

import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Many executions that are stopped or redriven by one request, as it is kept.
///
/// @param id a UUID of version 7
/// @param error that executions are stopped with
/// @param cause that executions are stopped with
/// @param selection what was asked for, as JSON
/// @param createdBy as the audit log names them
/// @param cancelledBy who asked that nothing more be done; null for nobody
/// @param endedAt null while there is something to do
public record BatchRow(
    UUID id,
    Action action,
    @Nullable String error,
    @Nullable String cause,
    String selection,
    String createdBy,
    Instant createdAt,
    @Nullable String cancelledBy,
    @Nullable Instant endedAt,
    Counts counts) {

  /// What is done to each.
  public enum Action {
    STOP(0),
    REDRIVE(1);

    private final int code;

    Action(int code) {
      this.code = code;
    }

    /// As it is stored.
    public int code() {
      return code;
    }

    /// The one that is stored so.
    public static Action ofCode(int code) {
      for (Action action : values()) {
        if (action.code == code) {
          return action;
        }
      }
      throw new IllegalArgumentException("expected the code of an action, found " + code);
    }
  }

  /// What came of an item.
  public enum Outcome {
    WAITING(0),
    DONE(1),
    REFUSED(2),
    CANCELLED(3);

    private final int code;

    Outcome(int code) {
      this.code = code;
    }

    /// As it is stored.
    public int code() {
      return code;
    }

    /// The one that is stored so.
    public static Outcome ofCode(int code) {
      for (Outcome outcome : values()) {
        if (outcome.code == code) {
          return outcome;
        }
      }
      throw new IllegalArgumentException("expected the code of an outcome, found " + code);
    }
  }

  /// How many items stand how; what is missing to the total waits.
  public record Counts(int total, int done, int refused, int cancelled) {}

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

  /// One in the hands of a node.
  ///
  /// @param account the tenant's 12 digits
  /// @param lease tells this time from every other
  public record Taken(
      TenantId tenant,
      String account,
      UUID id,
      Action action,
      @Nullable String error,
      @Nullable String cause,
      String createdBy,
      UUID lease) {}
}
