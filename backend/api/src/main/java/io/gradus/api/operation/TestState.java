package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.engine.TrialOutcome;
import io.gradus.service.Caller;
import io.gradus.service.teststate.StateTest;
import io.gradus.service.teststate.StateTest.FieldValidation;
import io.gradus.service.teststate.TestStateService;
import org.jspecify.annotations.Nullable;

/// Tries one state on its own.
public final class TestState implements Operation<TestState.Request, TestState.Answer> {
  private final TestStateService states;

  /// Tries states by this use case.
  public TestState(TestStateService states) {
    this.states = states;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.DEFINITION, sensitive = true)
          String definition,
      @Member(min = 1, max = Limits.ARN) @Nullable String roleArn,
      @Member(max = Limits.DATA, payload = true, sensitive = true) @Nullable String input,
      @Member @Nullable InspectionLevel inspectionLevel,
      @Nullable Boolean revealSecrets,
      @Member(max = Limits.DATA, payload = true, sensitive = true) @Nullable String variables,
      @Member(min = 1, max = Limits.NAME, sensitive = true) @Nullable String stateName,
      @Nullable Mock mock,
      @Member(max = Limits.DATA, payload = true, sensitive = true) @Nullable String context,
      @Nullable Configuration stateConfiguration) {}

  /// How much is told.
  public enum InspectionLevel {
    INFO,
    DEBUG,
    TRACE
  }

  /// A given result.
  public record Mock(
      @Member(max = Limits.DATA, payload = true, sensitive = true) @Nullable String result,
      @Nullable ErrorOutput errorOutput,
      @Member @Nullable FieldValidation fieldValidationMode) {}

  /// A given error.
  public record ErrorOutput(
      @Member(max = Limits.ERROR, sensitive = true) @Nullable String error,
      @Member(max = Limits.CAUSE, sensitive = true) @Nullable String cause) {}

  /// Where in its life the state stands.
  public record Configuration(
      @Member @Nullable Integer retrierRetryCount,
      @Member(min = 1, max = Limits.NAME, sensitive = true) @Nullable String errorCausedByState,
      @Member @Nullable Integer mapIterationFailureCount,
      @Member(max = Limits.DATA, payload = true, sensitive = true)
          @Nullable String mapItemReaderData) {}

  /// What is answered.
  public record Answer(
      @Nullable String output,
      @Nullable String error,
      @Nullable String cause,
      @Nullable InspectionData inspectionData,
      @Nullable String nextState,
      TrialOutcome.Status status) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    InspectionLevel level =
        request.inspectionLevel == null ? InspectionLevel.INFO : request.inspectionLevel;
    StateTest.Result result =
        states.test(
            caller,
            new StateTest.Request(
                request.definition,
                request.stateName,
                request.roleArn,
                request.input,
                request.variables,
                mock(request.mock),
                request.context,
                configuration(request.stateConfiguration),
                request.revealSecrets != null && request.revealSecrets));
    TrialOutcome outcome = result.outcome();
    return new Answer(
        outcome.output() == null ? null : outcome.output().toString(),
        outcome.error(),
        outcome.cause(),
        level == InspectionLevel.INFO
            ? null
            : InspectionData.of(result, level == InspectionLevel.TRACE),
        outcome.next() == null ? null : outcome.next().value(),
        outcome.status());
  }

  private static StateTest.@Nullable Mock mock(@Nullable Mock mock) {
    if (mock == null) {
      return null;
    }
    ErrorOutput error = mock.errorOutput;
    return new StateTest.Mock(
        mock.result,
        error == null ? null : new StateTest.MockedError(error.error, error.cause),
        mock.fieldValidationMode == null ? FieldValidation.STRICT : mock.fieldValidationMode);
  }

  private static StateTest.Configuration configuration(@Nullable Configuration asked) {
    return asked == null
        ? StateTest.Configuration.NONE
        : new StateTest.Configuration(
            asked.retrierRetryCount,
            asked.errorCausedByState,
            asked.mapIterationFailureCount,
            asked.mapItemReaderData);
  }
}
