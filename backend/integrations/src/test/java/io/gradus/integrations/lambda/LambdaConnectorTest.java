package io.gradus.integrations.lambda;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.outcome;
import static io.gradus.integrations.Invocations.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.Peer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressPolicy;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class LambdaConnectorTest {
  private static final String INVOKE = "arn:aws:states:::lambda:invoke";
  private static final String BARE = "arn:aws:lambda:us-east-1:111111111111:function:f";

  private final Map<String, HttpFunction> registered = new HashMap<>();
  private Duration functionTimeout = HttpFunction.LONGEST;
  private final EgressClient tenants =
      EgressClient.heldTo(EgressPolicy.parse("127.0.0.0/8", Set.of()));
  private final EgressClient operators = EgressClient.ofOperator();
  private final LambdaConnector lambda =
      new LambdaConnector(this::find, (_, _) -> Optional.empty(), tenants, operators);

  private Optional<HttpFunction> find(TenantId tenant, String name) {
    return tenant.equals(Invocations.TENANT)
        ? Optional.ofNullable(registered.get(name))
        : Optional.empty();
  }

  @AfterEach
  void close() {
    tenants.close();
    operators.close();
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:states:::lambda:invoke, true",
    "arn:aws:states:::lambda:invoke.waitForTaskToken, true",
    "arn:aws-us-gov:states:::lambda:invoke, true",
    "arn:aws:lambda:us-east-1:111111111111:function:f, true",
    "arn:aws:lambda:us-east-1:111111111111:function:f:PROD, true",
    "arn:aws:states:::lambda:invoke.sync, false",
    "arn:aws:states:::lambda:other, false",
    "arn:aws:states:::http:invoke, false",
    "arn:aws:states:::aws-sdk:lambda:invoke, false",
    "arn:aws:states:us-east-1:111111111111:activity:lambda, false"
  })
  void itHandlesLambdaResources(String resource, boolean handled) {
    assertThat(lambda.handles(new Resource(resource))).isEqualTo(handled);
  }

  @Test
  void aRegisteredFunctionGetsThePayloadAndItsAnswerComesInAwsShape() {
    try (Peer function =
        Peer.answering(200, "{\"sum\":3}", "Content-Type: application/json", "X-Own: 1")) {
      register("add", function);

      JsonNode output =
          output(call(INVOKE, "{\"FunctionName\":\"add\",\"Payload\":{\"a\":1,\"b\":2.50}}"));

      assertThat(function.request().method()).isEqualTo("POST");
      assertThat(function.request().target()).isEqualTo("/fn");
      assertThat(function.request().body()).isEqualTo("{\"a\":1,\"b\":2.50}");
      assertThat(function.request().headers())
          .containsEntry("Content-Type", "application/json")
          .containsEntry(
              LambdaConnector.IDEMPOTENCY_KEY, Invocations.of(INVOKE, "{}").idempotencyKey());
      assertThat(output.propertyNames())
          .containsExactly(
              "ExecutedVersion", "Payload", "SdkHttpMetadata", "SdkResponseMetadata", "StatusCode");
      assertThat(output.path("ExecutedVersion").asString()).isEqualTo("$LATEST");
      assertThat(output.path("Payload").toString()).isEqualTo("{\"sum\":3}");
      assertThat(output.path("StatusCode").asInt()).isEqualTo(200);
      JsonNode http = output.path("SdkHttpMetadata");
      assertThat(http.path("AllHttpHeaders").path("X-Own").toString()).isEqualTo("[\"1\"]");
      assertThat(http.path("HttpHeaders").path("X-Own").asString()).isEqualTo("1");
      assertThat(http.path("HttpStatusCode").asInt()).isEqualTo(200);
      assertThat(output.path("SdkResponseMetadata").path("RequestId").asString()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"FunctionName\":\"f\"}|{}",
        "{\"FunctionName\":\"f\",\"Payload\":null}|{}",
        "{\"FunctionName\":\"f\",\"Payload\":\"[]\"}|[]",
        "{\"FunctionName\":\"f\",\"Payload\":\"\\\"hi\\\"\"}|\"hi\"",
        "{\"FunctionName\":\"f\",\"Payload\":0.0}|0.0",
        "{\"FunctionName\":\"f\",\"Payload\":true}|true",
        "{\"FunctionName\":\"f\",\"Payload\":[1,{\"x\":\"é\"}]}|[1,{\"x\":\"é\"}]"
      })
  void thePayloadIsTheBody(String parameters, String body) {
    try (Peer function = Peer.answering(200, "null")) {
      register("f", function);

      call(INVOKE, parameters);

      assertThat(function.request().body()).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"HelloWorld\"", "0.0", "{\"a\":1}", "null", "1E+2"})
  void aBareFunctionGetsItsInputAndGivesItsAnswerAsItStands(String json) {
    try (Peer function =
        Peer.answering(
            (request, out) -> {
              out.write(Peer.http(200, request.body()));
              return true;
            })) {
      register("f", function);

      var outcome = (TaskOutcome.Succeeded) call(BARE, json);

      assertThat(outcome.output()).hasToString(json);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f",
        "f:PROD",
        "111111111111:function:f",
        "arn:aws:lambda:us-east-1:111111111111:function:f",
        "arn:aws:lambda:us-east-1:111111111111:function:f:7"
      })
  void anyFormOfTheNameFindsTheRegisteredFunction(String name) {
    try (Peer function = Peer.answering(200, "1")) {
      register("f", function);

      output(call(INVOKE, "{\"FunctionName\":\"" + name + "\"}"));

      assertThat(function.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"errorType\":\"CustomException\",\"errorMessage\":\"\",\"trace\":[\"at x\"]}|CustomException|{\"errorType\":\"CustomException\",\"errorMessage\":\"\",\"trace\":[\"at x\"]}",
        "{\"errorMessage\":\"2026 Task timed out after 3.00 seconds\"}|Lambda.Unknown|The cause could not be determined because Lambda did not return an error type. Returned payload: {\"errorMessage\":\"2026 Task timed out after 3.00 seconds\"}",
        "not json|Lambda.Unknown|The cause could not be determined because Lambda did not return an error type. Returned payload: not json"
      })
  void aFunctionsErrorNamesTheFailure(String body, String error, String cause) {
    for (int status : new int[] {200, 500}) {
      try (Peer function = Peer.answering(status, body, "X-Amz-Function-Error: Unhandled")) {
        register("f", function);

        for (String resource : new String[] {BARE, INVOKE}) {
          TaskOutcome.Failed failed = failed(call(resource, "{\"FunctionName\":\"f\"}"));

          assertThat(failed.error().value()).isEqualTo(error);
          assertThat(failed.cause()).isEqualTo(cause);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, , Lambda.ResourceNotFoundException",
    "429, , Lambda.TooManyRequestsException",
    "500, , Lambda.ServiceException",
    "503, , Lambda.ServiceException",
    "400, , Lambda.AWSLambdaException",
    "301, , Lambda.AWSLambdaException",
    "400, InvalidRequestContentException, Lambda.InvalidRequestContentException",
    "403, AccessDeniedException:http://x/, Lambda.AccessDeniedException",
    "400, 'bad name!', Lambda.AWSLambdaException"
  })
  void aRefusalOfTheServiceSpeaksAwsSentence(int status, @Nullable String type, String error) {
    String[] headers =
        type == null
            ? new String[] {"x-amzn-RequestId: r-1"}
            : new String[] {"x-amzn-RequestId: r-1", "x-amzn-ErrorType: " + type};
    try (Peer function = Peer.answering(status, "{\"Message\":\"No.\"}", headers)) {
      register("f", function);

      TaskOutcome.Failed failed = failed(call(BARE, "{}"));

      assertThat(failed.error().value()).isEqualTo(error);
      assertThat(failed.cause())
          .isEqualTo(
              "No. (Service: AWSLambda; Status Code: %d; Error Code: %s; Request ID: r-1; Proxy:"
                      .formatted(status, error.substring("Lambda.".length()))
                  + " null)");
    }
  }

  @Test
  void anUnknownFunctionIsAResourceNotFound() {
    TaskOutcome.Failed failed = failed(call(INVOKE, "{\"FunctionName\":\"nobody\"}"));

    assertThat(failed.error().value()).isEqualTo("Lambda.ResourceNotFoundException");
    assertThat(failed.cause())
        .startsWith(
            "Function not found: arn:aws:lambda:us-east-1:111111111111:function:nobody:$LATEST"
                + " (Service: AWSLambda; Status Code: 404; Error Code:"
                + " ResourceNotFoundException; Request ID: ");
  }

  @Test
  void aRegisteredFunctionMayNotBeWhereThePolicyForbids() {
    registered.put(
        "f",
        new HttpFunction(URI.create("http://169.254.169.254/latest/meta-data"), functionTimeout));

    TaskOutcome.Failed failed = failed(call(BARE, "{}"));

    assertThat(failed.error().value()).isEqualTo("States.Permissions");
    assertThat(failed.cause())
        .isEqualTo("The egress policy does not allow connections to 169.254.169.254");
  }

  @Test
  void anAnswerThatIsNoJsonFailsTheTask() {
    try (Peer function = Peer.answering(200, "<html>")) {
      register("f", function);

      assertThat(failed(call(BARE, "{}")).error().value()).isEqualTo("Lambda.Unknown");
      assertThat(failed(call(INVOKE, "{\"FunctionName\":\"f\"}")).error().value())
          .isEqualTo("Lambda.Unknown");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE"})
  void anAnswerInAnotherUnicodeIsWrittenAnew(String charset) {
    byte[] body = "{\"a\":\"é\"}".getBytes(Charset.forName(charset));
    try (Peer function =
        Peer.answering(
            (_, out) -> {
              out.write(
                  ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n")
                      .getBytes(StandardCharsets.US_ASCII));
              out.write(body);
              return true;
            })) {
      register("f", function);

      assertThat(((TaskOutcome.Succeeded) call(BARE, "{}")).output()).hasToString("{\"a\":\"é\"}");
    }
  }

  @Test
  void aDeadFunctionIsAnSdkClientException() {
    try (Peer function = Peer.answering((_, _) -> false)) {
      register("f", function);

      TaskOutcome.Failed failed = failed(call(BARE, "{}"));

      assertThat(failed.error().value()).isEqualTo("Lambda.SdkClientException");
      assertThat(failed.cause()).startsWith("Unable to execute HTTP request: 127.0.0.1:");
    }
  }

  @Test
  void aFunctionThatTakesLongerThanItMayHasTimedOut() {
    functionTimeout = Duration.ofMillis(250);
    try (Peer function =
        Peer.answering((_, _) -> new CountDownLatch(1).await(20, TimeUnit.SECONDS))) {
      register("f", function);

      TaskOutcome.Failed failed = failed(call(BARE, "{}"));

      assertThat(failed.error().value()).isEqualTo("Sandbox.Timedout");
      assertThat(failed.cause())
          .matches(
              "\\{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: [0-9a-f-]{36}"
                  + " Error: Task timed out after 0.25 seconds\"}");
    }
  }

  @Test
  void anOverlongAnswerIsResponseSizeTooLarge() {
    try (Peer function =
        Peer.answering(200, "\"" + "x".repeat(LambdaConnector.MAX_ANSWER) + "\"")) {
      register("f", function);

      assertThat(failed(call(BARE, "{}")).error().value())
          .isEqualTo("Function.ResponseSizeTooLarge");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|The parameters of lambda:invoke must be an object",
        "{}|The field 'FunctionName' is required but was missing",
        "{\"FunctionName\":7}|The value for the field 'FunctionName' must be a STRING",
        "{\"FunctionName\":\"f\",\"Nonsense\":1}|The field 'Nonsense' is not supported by Step Functions",
        "{\"FunctionName\":\"f\",\"ClientContext\":\"a\\r\\nX: y\"}|The value for the field 'ClientContext' must be a STRING"
      })
  void badParametersFailTheTask(String parameters, String cause) {
    TaskOutcome.Failed failed = failed(call(INVOKE, parameters));

    assertThat(failed.error().value()).isEqualTo("States.Runtime");
    assertThat(failed.cause()).isEqualTo(cause);
  }

  @Test
  void aCallCanBeCancelled() throws Exception {
    var arrived = new CountDownLatch(1);
    try (Peer function =
        Peer.answering(
            (_, _) -> {
              arrived.countDown();
              return new CountDownLatch(1).await(20, TimeUnit.SECONDS);
            })) {
      register("f", function);
      TaskInvocation invocation = Invocations.of(BARE, "{}");
      var outcome = lambda.invoke(invocation).toCompletableFuture();
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

      lambda.cancel(invocation);

      assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(TaskOutcome.Failed.class);
    }
  }

  private void register(String name, Peer peer) {
    registered.put(name, new HttpFunction(peer.uri("/fn"), functionTimeout));
  }

  private TaskOutcome call(String resource, String arguments) {
    return outcome(lambda, Invocations.of(resource, arguments));
  }
}
