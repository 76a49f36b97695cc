package io.gradus.service.trigger;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What starts executions of a state machine by itself.
///
/// @param stateMachineArn with the version or the alias, where it is one
/// @param input a template of the execution's input, as JSON; null for the event itself
/// @param enabled false where it is paused
/// @param createdBy as the audit log names them
/// @param nextFireAt of a schedule that is enabled and has not ended
/// @param problem why it did not work the last time; null where it did
/// @param lastFire null where it never did
public record Trigger(
    UUID id,
    String name,
    String stateMachineArn,
    @Nullable String input,
    boolean enabled,
    Source source,
    String createdBy,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant nextFireAt,
    @Nullable String problem,
    @Nullable Instant problemAt,
    @Nullable Fire lastFire) {

  /// How many a tenant may have.
  public static final int MAX_PER_TENANT = 100;

  /// How many times that it fired are kept.
  public static final int FIRES_KEPT = 50;

  /// What makes it fire.
  public sealed interface Source {
    /// The word for it.
    String kind();
  }

  /// The moments of an expression.
  ///
  /// @param expression as EventBridge Scheduler writes it
  /// @param timeZone that it is read in
  /// @param anchor what a rate is counted from
  /// @param start nothing before it
  /// @param end nothing after it
  /// @param catchUp whether a moment that was missed is made up for, once
  public record OnSchedule(
      String expression,
      String timeZone,
      Instant anchor,
      @Nullable Instant start,
      @Nullable Instant end,
      boolean catchUp)
      implements Source {
    @Override
    public String kind() {
      return "schedule";
    }
  }

  /// Requests of other programs.
  ///
  /// @param hookId what its address ends with; no secret, but not to be guessed
  public record OnWebhook(String hookId, Proof proof) implements Source {
    @Override
    public String kind() {
      return "webhook";
    }

    /// Its address, relative to the server's root.
    public String path(String account) {
      return "hooks/" + account + "/" + hookId;
    }
  }

  /// Messages of an SQS queue, reached by the tenant's AWS connection.
  ///
  /// @param batchSize how many are taken at once, 1 to 10
  public record OnQueue(String url, int batchSize) implements Source {
    @Override
    public String kind() {
      return "queue";
    }
  }

  /// How a request proves that it may.
  public enum Proof {
    /// It has the key, in `X-Gradus-Key` or as a bearer token.
    KEY,
    /// It is signed with its moment: `X-Gradus-Signature`.
    SIGNATURE,
    /// It is signed as GitHub signs: `X-Hub-Signature-256`.
    GITHUB;

    /// As it is written on the wire.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A time that it fired.
  ///
  /// @param eventId the event's own
  /// @param executionArn null where nothing was started
  /// @param error AWS's name of why not; null where something was
  public record Fire(
      Instant at,
      String eventId,
      @Nullable String executionArn,
      @Nullable String error,
      @Nullable String cause) {}

  /// What one is to be.
  public record Draft(
      String stateMachineArn, @Nullable String input, boolean enabled, Wanted source) {}

  /// What is to make it fire.
  public sealed interface Wanted {}

  /// @param timeZone null for UTC
  public record WantedSchedule(
      String expression,
      @Nullable String timeZone,
      @Nullable Instant start,
      @Nullable Instant end,
      boolean catchUp)
      implements Wanted {}

  public record WantedWebhook(Proof proof) implements Wanted {}

  public record WantedQueue(String url, int batchSize) implements Wanted {}

  /// What was kept.
  ///
  /// @param secret of a webhook, where it is a new one: told this once; null otherwise
  public record Kept(Trigger trigger, @Nullable String secret) {}
}
