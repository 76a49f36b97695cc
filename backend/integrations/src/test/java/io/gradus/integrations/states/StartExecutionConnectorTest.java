package io.gradus.integrations.states;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.outcome;
import static io.gradus.integrations.Invocations.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.Resource.Pattern;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.states.ExecutionStarter.Answer;
import io.gradus.integrations.states.ExecutionStarter.ParentLink;
import io.gradus.integrations.states.ExecutionStarter.StartRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StartExecutionConnectorTest {
  private static final String START = "arn:aws:states:::states:startExecution";
  private static final String CHILD = "arn:aws:states:us-east-1:111111111111:execution:m:child";

  private final Starter starter = new Starter();
  private final StartExecutionConnector states = new StartExecutionConnector(starter);

  @ParameterizedTest
  @CsvSource({
    "'', true",
    ".sync, true",
    ".sync:2, true",
    ".waitForTaskToken, true",
    ".sync:3, false",
    "Now, false"
  })
  void itHandlesAllPatterns(String pattern, boolean handled) {
    assertThat(states.handles(new Resource(START + pattern))).isEqualTo(handled);
  }

  @Test
  void theAnswerComesInAwsShape() {
    JsonNode output = output(call("", "{\"StateMachineArn\":\"m\",\"Name\":\"child\"}"));

    assertThat(output.propertyNames())
        .containsExactly("ExecutionArn", "SdkHttpMetadata", "SdkResponseMetadata", "StartDate");
    assertThat(output.path("ExecutionArn").asString()).isEqualTo(CHILD);
    assertThat(output.path("StartDate").toString()).isEqualTo("1767225600.123");
    JsonNode http = output.path("SdkHttpMetadata");
    assertThat(http.path("HttpHeaders").propertyNames())
        .containsExactly(
            "connection", "Content-Length", "Content-Type", "Date", "x-amzn-RequestId");
    assertThat(http.path("HttpHeaders").path("Date").asString())
        .isEqualTo("Thu, 1 Jan 2026 00:00:00 GMT");
    assertThat(http.path("AllHttpHeaders").path("Content-Type").toString())
        .isEqualTo("[\"application/x-amz-json-1.0\"]");
    assertThat(http.path("HttpStatusCode").asInt()).isEqualTo(200);
    assertThat(output.path("SdkResponseMetadata").path("RequestId").asString())
        .isEqualTo(http.path("HttpHeaders").path("x-amzn-RequestId").asString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', REQUEST_RESPONSE, Succeeded",
    ".waitForTaskToken, WAIT_FOR_TASK_TOKEN, Succeeded",
    ".sync, SYNC, Submitted",
    ".sync:2, SYNC, Submitted"
  })
  void onlySyncWaitsForTheChild(String suffix, Pattern pattern, String outcome) {
    TaskOutcome result = call(suffix, "{\"StateMachineArn\":\"m\"}");

    assertThat(result.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(starter.requests.getFirst().parent().pattern()).isEqualTo(pattern);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"StateMachineArn\":\"m\"}|{}",
        "{\"StateMachineArn\":\"m\",\"Input\":null}|{}",
        "{\"StateMachineArn\":\"m\",\"Input\":{\"a\":1.0}}|{\"a\":1.0}",
        "{\"StateMachineArn\":\"m\",\"Input\":[1]}|[1]",
        "{\"StateMachineArn\":\"m\",\"Input\":\"{\\\"a\\\":1}\"}|{\"a\":1}",
        "{\"StateMachineArn\":\"m\",\"Input\":{\"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID\":\"x\"}}|{\"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID\":\"x\"}"
      })
  void theInputIsPassedAsItsJson(String parameters, String input) {
    call("", parameters);

    assertThat(starter.requests.getFirst().input()).isEqualTo(input);
  }

  @Test
  void aRepeatedDeliveryAsksForTheSameChildAndAnotherAttemptForAnother() {
    TaskInvocation first = Invocations.of(START + ".sync", "{\"StateMachineArn\":\"m\"}", 3);
    TaskInvocation again = Invocations.of(START + ".sync", "{\"StateMachineArn\":\"m\"}", 3);
    TaskInvocation retried = Invocations.of(START + ".sync", "{\"StateMachineArn\":\"m\"}", 9);

    outcome(states, first);
    outcome(states, again);
    outcome(states, retried);

    List<StartRequest> requests = starter.requests;
    assertThat(requests.get(1)).isEqualTo(requests.get(0));
    assertThat(requests.get(2).name()).isNotEqualTo(requests.get(0).name());
    assertThat(requests.get(0).name()).matches("[0-9a-f-]{36}");
    assertThat(requests.get(0).parent())
        .isEqualTo(
            new ParentLink(
                first.execution(), Invocations.EXECUTION_ARN, first.task(), Pattern.SYNC));
  }

  @ParameterizedTest
  @CsvSource({
    "StateMachineDoesNotExist, StepFunctions.StateMachineDoesNotExistException",
    "ExecutionAlreadyExists, StepFunctions.ExecutionAlreadyExistsException",
    "ValidationException, StepFunctions.ValidationException",
    "AccessDeniedException, StepFunctions.AccessDeniedException"
  })
  void aRefusedStartSpeaksAwsSentence(String code, String error) {
    starter.answer = new Answer.Refused(code, "Not that one: 'm'", 400);

    TaskOutcome.Failed failed = failed(call(".sync", "{\"StateMachineArn\":\"m\"}"));

    assertThat(failed.error().value()).isEqualTo(error);
    assertThat(failed.cause())
        .matches(
            "Not that one: 'm' \\(Service: AWSStepFunctions; Status Code: 400; Error Code: "
                + code
                + "; Request ID: [0-9a-f-]{36}; Proxy: null\\)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"StateMachineArn\":7}",
        "{\"StateMachineArn\":\"m\",\"Name\":7}",
        "{\"StateMachineArn\":\"m\",\"Nonsense\":7}"
      })
  void badParametersFailTheTask(String parameters) {
    assertThat(failed(call("", parameters)).error().value()).isEqualTo("States.Runtime");
    assertThat(starter.requests).isEmpty();
  }

  @Test
  void onlyTheChildOfASyncTaskIsStoppedWithIt() {
    TaskInvocation sync = Invocations.of(START + ".sync:2", "{}");

    states.cancel(sync);
    states.cancel(Invocations.of(START, "{}"));
    states.cancel(Invocations.of(START + ".waitForTaskToken", "{}"));

    assertThat(starter.stopped)
        .containsExactly(
            new ParentLink(sync.execution(), Invocations.EXECUTION_ARN, sync.task(), Pattern.SYNC));
  }

  private TaskOutcome call(String suffix, String parameters) {
    return outcome(states, Invocations.of(START + suffix, parameters));
  }

  private static final class Starter implements ExecutionStarter {
    private final List<StartRequest> requests = new ArrayList<>();
    private final List<ParentLink> stopped = new ArrayList<>();
    private Answer answer = new Answer.Started(CHILD, Instant.parse("2026-01-01T00:00:00.123Z"));

    @Override
    public CompletionStage<Answer> start(StartRequest request) {
      requests.add(request);
      return CompletableFuture.completedStage(answer);
    }

    @Override
    public void stopChild(ParentLink parent) {
      stopped.add(parent);
    }
  }
}
