package io.gradus.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What starts executions by itself, as it is kept.
///
/// @param input a template of the execution's input, as JSON; null for the event itself
/// @param createdBy as the audit log names them
/// @param nextAt the moment that it fires for next; null for none
/// @param problem why it does not work; null where it does
public record TriggerRow(
    UUID id,
    String name,
    String stateMachineArn,
    @Nullable String input,
    boolean enabled,
    Source source,
    String createdBy,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant nextAt,
    @Nullable String problem,
    @Nullable Instant problemAt) {

  /// What makes it fire.
  public sealed interface Source {}

  /// Moments.
  ///
  /// @param anchor what a rate is counted from
  /// @param catchUp whether a moment that was missed is made up for, once
  public record Schedule(
      String expression,
      String timeZone,
      Instant anchor,
      @Nullable Instant start,
      @Nullable Instant end,
      boolean catchUp)
      implements Source {}

  /// Requests.
  ///
  /// @param hookId unique in its tenant
  /// @param proof 0 for a key, 1 for a signature, 2 for one in GitHub's form
  /// @param secret a key's digest, or what is shared under the seal
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Webhook(String hookId, int proof, byte[] secret) implements Source {}

  /// Messages.
  ///
  /// @param batchSize how many are taken at once, 1 to 10
  public record Queue(String url, int batchSize) implements Source {}

  /// A time that it fired.
  ///
  /// @param executionArn null where nothing was started
  /// @param error null where something was
  public record Fire(
      Instant at,
      String eventId,
      @Nullable String executionArn,
      @Nullable String error,
      @Nullable String cause) {}
}
