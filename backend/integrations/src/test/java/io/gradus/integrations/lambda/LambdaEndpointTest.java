package io.gradus.integrations.lambda;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.outcome;
import static io.gradus.integrations.Invocations.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.TenantId;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.Peer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressPolicy;
import io.gradus.integrations.lambda.LambdaEndpoint.Credentials;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class LambdaEndpointTest {
  private static final String INVOKE = "arn:aws:states:::lambda:invoke";

  private final Map<String, HttpFunction> registered = new HashMap<>();
  private @Nullable LambdaEndpoint endpoint;
  private final EgressClient tenants =
      EgressClient.heldTo(EgressPolicy.parse("127.0.0.0/8", Set.of()));
  private final EgressClient operators = EgressClient.ofOperator();
  private final LambdaConnector lambda =
      new LambdaConnector(this::find, (_, _) -> Optional.ofNullable(endpoint), tenants, operators);

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

  @Test
  void aFunctionNameThatGoesElsewhereIsNoName() {
    try (Peer api = Peer.answering(200, "{}")) {
      endpoint = new LambdaEndpoint(api.uri(""), "us-east-1", null, true);

      assertThat(failed(call(INVOKE, "{\"FunctionName\":\"../../x\"}")).error().value())
          .isEqualTo("States.Runtime");
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void whatIsNotRegisteredIsAskedOfTheEndpoint() {
    try (Peer api =
            Peer.answering(
                200,
                "{}",
                "X-Amz-Executed-Version: 7",
                "x-amzn-RequestId: r-2",
                "X-Amz-Log-Result: TE9H");
        Peer function = Peer.answering(200, "{}")) {
      register("mine", function);
      endpoint = new LambdaEndpoint(api.uri("/base/"), "eu-west-1", null, true);

      JsonNode output =
          output(
              call(
                  INVOKE,
                  """
                  {"FunctionName": "other:7", "Payload": {"a": 1}, "InvocationType":
                   "RequestResponse", "LogType": "Tail", "ClientContext": "e30="}"""));

      assertThat(function.requests()).isEmpty();
      output(call(INVOKE, "{\"FunctionName\":\"mine\"}"));
      assertThat(function.requests()).hasSize(1);
      Peer.Request request = api.request();
      assertThat(request.target())
          .isEqualTo("/base/2015-03-31/functions/other/invocations?Qualifier=7");
      assertThat(request.body()).isEqualTo("{\"a\":1}");
      assertThat(request.headers())
          .containsEntry("X-Amz-Invocation-Type", "RequestResponse")
          .containsEntry("X-Amz-Log-Type", "Tail")
          .containsEntry("X-Amz-Client-Context", "e30=")
          .doesNotContainKey("Authorization");
      assertThat(output.path("ExecutedVersion").asString()).isEqualTo("7");
      assertThat(output.path("LogResult").asString()).isEqualTo("TE9H");
      assertThat(output.path("SdkResponseMetadata").path("RequestId").asString()).isEqualTo("r-2");
    }
  }

  @Test
  void anEventInvocationHasAnEmptyPayload() {
    try (Peer api = Peer.answering(202, "")) {
      endpoint = new LambdaEndpoint(api.uri(""), "us-east-1", null, true);

      JsonNode output =
          output(call(INVOKE, "{\"FunctionName\":\"f\",\"InvocationType\":\"Event\"}"));

      assertThat(output.path("Payload").asString()).isEmpty();
      assertThat(output.path("StatusCode").asInt()).isEqualTo(202);
    }
  }

  @Test
  void requestsAreSignedWhereThereAreCredentials() {
    try (Peer api = Peer.answering(200, "{}")) {
      endpoint =
          new LambdaEndpoint(
              api.uri(""), "eu-west-1", new Credentials("AKIDEXAMPLE", "secret", null), true);

      output(call("arn:aws:lambda:us-east-1:111111111111:function:f:PROD", "{}"));

      Peer.Request request = api.request();
      assertThat(request.target())
          .isEqualTo(
              "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A111111111111%3Afunction%3Af"
                  + "/invocations?Qualifier=PROD");
      assertThat(request.headers().get("Authorization"))
          .matches(
              "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-west-1/lambda/aws4_request,"
                  + " SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date,"
                  + " Signature=[0-9a-f]{64}");
      assertThat(request.headers())
          .containsKeys("X-Amz-Date", "X-Amz-Content-Sha256")
          .containsEntry("Host", "127.0.0.1:" + api.port());
      assertThat(endpoint.toString()).doesNotContain("secret");
    }
  }

  private void register(String name, Peer peer) {
    registered.put(name, new HttpFunction(peer.uri("/fn"), HttpFunction.LONGEST));
  }

  private TaskOutcome call(String resource, String arguments) {
    return outcome(lambda, Invocations.of(resource, arguments));
  }
}
