package io.gradus.service.teststate;

import io.gradus.engine.TrialOutcome;
import io.gradus.engine.port.ExchangeObserver;
import org.jspecify.annotations.Nullable;

/// What is tried, and what came of it.
public final class StateTest {
  private StateTest() {}

  /// What is tried. Everything that is JSON is text, as it came.
  ///
  /// @param definition of one state, or of a whole state machine where `stateName` is given
  /// @param roleArn needed where a task is really called
  /// @param input null for `{}`
  /// @param variables an object of values by name; null for none
  /// @param mock null to call the real service
  /// @param context stands for the context object; null to have one made
  /// @param revealSecrets whether an HTTP Task's exchange shows the connection's secrets
  public record Request(
      String definition,
      @Nullable String stateName,
      @Nullable String roleArn,
      @Nullable String input,
      @Nullable String variables,
      @Nullable Mock mock,
      @Nullable String context,
      Configuration configuration,
      boolean revealSecrets) {}

  /// A given result: exactly one of both.
  ///
  /// @param result JSON text
  public record Mock(
      @Nullable String result, @Nullable MockedError error, FieldValidation validation) {}

  /// A given error.
  public record MockedError(@Nullable String error, @Nullable String cause) {}

  /// How a given result is held to what the service's API says of its answers.
  public enum FieldValidation {
    /// Required fields must be there, and those that are there of the right type.
    STRICT,
    /// Those that are there must be of the right type.
    PRESENT,
    /// Anything goes.
    NONE
  }

  /// Where in its life the state stands.
  ///
  /// @param retryCount how often it was retried before
  /// @param errorCausedByState the state inside a Map or Parallel that failed; null for none
  /// @param mapIterationFailures how many iterations failed; null for none
  /// @param mapItemReaderData what the Map's reader read, JSON text; null for none
  public record Configuration(
      @Nullable Integer retryCount,
      @Nullable String errorCausedByState,
      @Nullable Integer mapIterationFailures,
      @Nullable String mapItemReaderData) {
    public static final Configuration NONE = new Configuration(null, null, null, null);
  }

  /// What came of it.
  ///
  /// @param input what the state was tried with, JSON text
  /// @param request what an HTTP Task sent; null where nothing was sent
  /// @param response what it received
  public record Result(
      String input,
      TrialOutcome outcome,
      ExchangeObserver.@Nullable Request request,
      ExchangeObserver.@Nullable Response response) {}
}
