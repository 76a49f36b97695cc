package io.gradus.integrations.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.Peer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressPolicy;
import io.gradus.integrations.egress.EgressRequest.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiGatewayConnectorTest {
  private final EgressClient egress =
      EgressClient.heldTo(EgressPolicy.parse("127.0.0.1/32", Set.of()));
  private final ApiGatewayConnector connector =
      new ApiGatewayConnector(
          (_, request, _) -> {
            List<Field> fields = new ArrayList<>(request.headers());
            fields.add(new Field("Authorization", "signed"));
            return fields;
          },
          egress);

  @AfterEach
  void close() {
    egress.close();
  }

  private TaskOutcome call(String arguments) {
    return Invocations.outcome(
        connector, Invocations.of("arn:aws:states:::apigateway:invoke", arguments));
  }

  @Test
  void anApiIsCalledByStageAndPath() {
    try (Peer api = Peer.answering(200, "{\"a\":1}", "Content-Type: application/json")) {
      TaskOutcome outcome =
          call(
              """
              {"ApiEndpoint": "http://127.0.0.1:%d", "Method": "POST", "Stage": "prod", "Path": "orders/7",
               "Headers": {"X-One": ["a", "b"]}, "QueryParameters": {"q": ["x y", "z"]},
               "RequestBody": {"id": 7}}"""
                  .formatted(api.port()));
      assertThat(Invocations.output(outcome).at("/ResponseBody/a").intValue()).isEqualTo(1);
      assertThat(Invocations.output(outcome).path("StatusCode").intValue()).isEqualTo(200);
      assertThat(api.request().target()).isEqualTo("/prod/orders/7?q=x%20y&q=z");
      assertThat(api.request().headers())
          .containsEntry("X-One", "a, b")
          .containsEntry("Content-Type", "application/json")
          .doesNotContainKey("Authorization");
      assertThat(api.request().body()).isEqualTo("{\"id\":7}");
    }
  }

  @Test
  void aRoleSignsAndAStatusIsAnError() {
    try (Peer api = Peer.answering(404, "{\"message\":\"no\"}", "Content-Type: application/json")) {
      TaskOutcome.Failed failed =
          Invocations.failed(
              call(
                  "{\"ApiEndpoint\": \"http://127.0.0.1:%d\", \"Method\": \"GET\", \"AuthType\": \"IAM_ROLE\"}"
                      .formatted(api.port())));
      assertThat(failed.error().value()).isEqualTo("ApiGateway.404");
      assertThat(failed.cause()).contains("\"message\":\"no\"");
      assertThat(api.request().headers()).containsEntry("Authorization", "signed");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"Method": "GET"}                                             | The field 'ApiEndpoint' is required but was missing
          {"ApiEndpoint": "a b", "Method": "GET"}                       | The value for the field 'ApiEndpoint' is not valid
          {"ApiEndpoint": "a.org", "Method": "LOOK"}                    | The value for the field 'Method' must be one of
          {"ApiEndpoint": "a.org", "Method": "GET", "AuthType": "X"}    | The value for the field 'AuthType' must be one of
          {"ApiEndpoint": "a.org", "Method": "GET", "Headers": {"Host": "b"}} | The header 'Host' is not allowed
          {"ApiEndpoint": "a.org", "Method": "GET", "Body": 1}          | The field 'Body' is not supported
          """)
  void whatCannotBeCalledIsTold(String arguments, String cause) {
    TaskOutcome.Failed failed = Invocations.failed(call(arguments));
    assertThat(failed.error().value()).isEqualTo("States.Runtime");
    assertThat(failed.cause()).startsWith(cause);
  }
}
