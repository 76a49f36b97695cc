package io.gradus.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.InspectionLevel;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.MockResponseValidationMode;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TestExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/// The AWS SDK for Java tries single states.
class AwsSdkTestStateTest extends AwsSdkFixture {
  private static final String CHARGE =
      """
      {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","InputPath":"$.order",
       "Parameters":{"FunctionName":"charge","Payload.$":"$.id"},"ResultSelector":{"n.$":"$.Payload"},
       "ResultPath":"$.charged","Assign":{"last.$":"$.n"},
       "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":3,"MaxAttempts":2,"BackoffRate":2}],
       "Catch":[{"ErrorEquals":["Other"],"Next":"Nowhere"},{"ErrorEquals":["States.ALL"],"Next":"Help"}],
       "Next":"Ship"}""";
  private static final String ORDER = "{\"order\": {\"id\": 7}}";

  @Test
  void aMockedTaskShowsEachStepOfItsDataFlow() {
    TestStateResponse tried =
        sfn.testState(
            r ->
                r.definition(CHARGE)
                    .input(ORDER)
                    .inspectionLevel(InspectionLevel.DEBUG)
                    .variables("{\"first\":1}")
                    .mock(m -> m.result("{\"Payload\": 9}")));

    assertThat(tried.status()).isEqualTo(TestExecutionStatus.SUCCEEDED);
    assertThat(tried.nextState()).isEqualTo("Ship");
    assertThat(tried.output()).isEqualTo("{\"order\":{\"id\":7},\"charged\":{\"n\":9}}");
    var data = tried.inspectionData();
    assertThat(data.input()).isEqualTo(ORDER);
    assertThat(data.afterInputPath()).isEqualTo("{\"id\": 7}");
    assertThat(data.afterParameters()).isEqualTo("{\"FunctionName\":\"charge\",\"Payload\":7}");
    assertThat(data.result()).isEqualTo("{\"Payload\": 9}");
    assertThat(data.afterResultSelector()).isEqualTo("{\"n\":9}");
    assertThat(data.afterResultPath()).isEqualTo(tried.output());
    assertThat(data.variables()).isEqualTo("{\"first\":1,\"last\":9}");
    assertThat(server.audited()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Busy, 0, RETRIABLE, 0, 3, , ",
    "Busy, 1, RETRIABLE, 0, 6, , ",
    "Busy, 2, CAUGHT_ERROR, 0, , 1, Help",
    "Other, 0, CAUGHT_ERROR, , , 0, Nowhere",
    "States.Runtime, 0, FAILED, , , , "
  })
  void anErrorIsRetriedCaughtOrFails(
      String error,
      int retries,
      TestExecutionStatus status,
      Integer retrier,
      Integer backoff,
      Integer catcher,
      String next) {
    TestStateResponse tried =
        sfn.testState(
            r ->
                r.definition(CHARGE)
                    .input(ORDER)
                    .inspectionLevel(InspectionLevel.TRACE)
                    .stateConfiguration(c -> c.retrierRetryCount(retries))
                    .mock(m -> m.errorOutput(e -> e.error(error).cause("because"))));

    assertThat(tried.status()).isEqualTo(status);
    assertThat(tried.error()).isEqualTo(error);
    assertThat(tried.cause()).isEqualTo("because");
    assertThat(tried.nextState()).isEqualTo(next);
    var details = tried.inspectionData().errorDetails();
    assertThat(details == null ? null : details.retryIndex()).isEqualTo(retrier);
    assertThat(details == null ? null : details.retryBackoffIntervalSeconds()).isEqualTo(backoff);
    assertThat(details == null ? null : details.catchIndex()).isEqualTo(catcher);
  }

  @Test
  void aRealCallNeedsARoleAndShowsItsExchangeAtTrace() {
    String task =
        """
        {"Type":"Task","Resource":"arn:aws:states:::http:invoke",
         "Parameters":{"Method":"GET"},"End":true}""";

    assertThat(code(() -> sfn.testState(r -> r.definition(task)))).isEqualTo("ValidationException");
    var traced =
        sfn.testState(r -> r.definition(task).roleArn(ROLE).inspectionLevel(InspectionLevel.TRACE));
    var debugged =
        sfn.testState(r -> r.definition(task).roleArn(ROLE).inspectionLevel(InspectionLevel.DEBUG));

    assertThat(traced.output()).isEqualTo("{\"Method\":\"GET\"}");
    assertThat(traced.inspectionData().request().headers()).isEqualTo("[X-One: a, X-One: b]");
    assertThat(traced.inspectionData().response().statusCode()).isEqualTo("200");
    assertThat(traced.inspectionData().response().body()).isEqualTo("{\"id\":7}");
    assertThat(debugged.inspectionData().request()).isNull();
    assertThat(debugged.inspectionData().response()).isNull();
    assertThat(server.audited())
        .containsOnly("TestState arn:aws:states:us-east-1:111122223333:stateMachine:*")
        .hasSize(2);
  }

  @Test
  void aStateOfAWholeMachineIsTriedByItsName() {
    String machine =
        """
        {"StartAt":"All","States":{"All":{"Type":"Map","ItemsPath":"$.all","MaxConcurrency":3,
          "ToleratedFailurePercentage":50,"ItemSelector":{"one.$":"$$.Map.Item.Value"},
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
            "StartAt":"Each","States":{"Each":{"Type":"Succeed"}}},
          "End":true}}}""";
    String input = "{\"all\":[1,2]}";

    var each = sfn.testState(r -> r.definition(machine).stateName("Each").input(input));
    var all =
        sfn.testState(
            r ->
                r.definition(machine)
                    .stateName("All")
                    .input(input)
                    .inspectionLevel(InspectionLevel.DEBUG)
                    .stateConfiguration(c -> c.mapIterationFailureCount(1))
                    .mock(m -> m.result("[3,4]")));
    var exceeded =
        sfn.testState(
            r ->
                r.definition(machine)
                    .stateName("All")
                    .input(input)
                    .stateConfiguration(c -> c.mapIterationFailureCount(2))
                    .mock(m -> m.result("[3,4]")));

    assertThat(each.output()).isEqualTo(input);
    assertThat(each.inspectionData()).isNull();
    assertThat(all.output()).isEqualTo("[3,4]");
    assertThat(all.inspectionData().afterItemsPath()).isEqualTo("[1,2]");
    assertThat(all.inspectionData().afterItemSelector()).isEqualTo("[{\"one\":1},{\"one\":2}]");
    assertThat(all.inspectionData().maxConcurrency()).isEqualTo(3);
    assertThat(all.inspectionData().toleratedFailurePercentage()).isEqualTo(50f);
    assertThat(exceeded.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThat(exceeded.status()).isEqualTo(TestExecutionStatus.FAILED);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(code(() -> sfn.testState(r -> r.definition("{}")))).isEqualTo("InvalidDefinition");
    assertThat(
            catchThrowableOfType(
                    InvalidDefinitionException.class,
                    () ->
                        sfn.testState(
                            r ->
                                r.definition("{\"Type\":\"Parallel\",\"Branches\":[],\"End\":true}")
                                    .mock(m -> m.result("[]"))))
                .awsErrorDetails()
                .errorMessage())
        .contains("Value cannot be empty at /States/StateName/Branches");
    assertThat(
            refused(
                () ->
                    sfn.testState(
                        r ->
                            r.definition(CHARGE)
                                .mock(m -> m.result("{}").errorOutput(e -> e.error("x"))))))
        .isEqualTo(
            "A test mock should have only one of the following fields: [result, errorOutput].");
    assertThat(
            refused(
                () ->
                    sfn.testState(
                        r ->
                            r.definition(CHARGE)
                                .input(ORDER)
                                .mock(
                                    m ->
                                        m.result("{\"StatusCode\":\"200\"}")
                                            .fieldValidationMode(
                                                MockResponseValidationMode.PRESENT)))))
        .isEqualTo("Mock result schema validation error: Field 'StatusCode' must be a number");
    assertThat(refused(() -> sfn.testState(r -> r.definition(PASS).stateName("None"))))
        .isEqualTo("State not found in definition");
    assertThat(
            catchThrowableOfType(
                    SfnException.class,
                    () -> server.client("AKIAVIEWER").testState(r -> r.definition(CHARGE)))
                .awsErrorDetails()
                .errorCode())
        .isEqualTo("AccessDeniedException");
  }

  private static String refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(ValidationException.class, call).awsErrorDetails().errorMessage();
  }
}
