package io.gradus.integrations.http;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.Peer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressPolicy;
import io.gradus.integrations.http.Connection.Authorization;
import io.gradus.integrations.http.Connection.Parameter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(30)
class HttpConnectorTest {
  private static final String CONNECTION = "arn:aws:events:us-east-1:111111111111:connection/c/1";

  private final Map<String, Connection> connections = new HashMap<>();
  private final EgressClient egress =
      EgressClient.heldTo(EgressPolicy.parse("127.0.0.0/8", Set.of()));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final HttpConnector http =
      new HttpConnector(
          (tenant, arn) ->
              tenant.equals(Invocations.TENANT)
                  ? Optional.ofNullable(connections.get(arn))
                  : Optional.empty(),
          egress,
          new SettableClock());

  @AfterEach
  void close() {
    egress.close();
  }

  @Test
  void itHandlesHttpInvokeAlone() {
    assertThat(http.handles(new Resource("arn:aws:states:::http:invoke"))).isTrue();
    assertThat(http.handles(new Resource("arn:aws:states:::http:invoke.waitForTaskToken")))
        .isFalse();
    assertThat(http.handles(new Resource("arn:aws:states:::lambda:invoke"))).isFalse();
  }

  @Test
  void anAnswerComesInAwsShape() {
    try (Peer api =
        Peer.answering(
            200, "{\"id\":7.0}", "Content-Type: application/json", "X-Two: a", "X-Two: b")) {
      JsonNode output =
          output(
              call(
                  api,
                  """
                  {"Method": "post", "Headers": {"x-mine": "1", "X-Many": ["a", "b"]},
                   "QueryParameters": {"q": "a b&c", "n": [1, 2]}, "RequestBody": {"x": 1.50}}"""));

      assertThat(output.toString())
          .isEqualTo(
              "{\"Headers\":{\"content-length\":[\"10\"],\"content-type\":[\"application/json\"],"
                  + "\"x-two\":[\"a\",\"b\"]},\"ResponseBody\":{\"id\":7.0},\"StatusCode\":200,"
                  + "\"StatusText\":\"Reason 200\"}");
      Peer.Request request = api.request();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/v1?q=a%20b%26c&n=1&n=2");
      assertThat(request.body()).isEqualTo("{\"x\":1.50}");
      assertThat(request.headers())
          .containsEntry("X-Mine", "1")
          .containsEntry("X-Many", "a, b")
          .containsEntry("Content-Type", "application/json; charset=UTF-8")
          .containsEntry("User-Agent", "Gradus|StepFunctions|HttpInvoke|us-east-1")
          .containsEntry("Host", "127.0.0.1:" + api.port())
          .containsEntry("Idempotency-Key", Invocations.of("x", "{}").idempotencyKey());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|{\"a\":1}|{\"a\":1}",
        "application/problem+json; charset=utf-8|[1]|[1]",
        "application/json|not json|\"not json\"",
        "application/json||\"\"",
        "text/plain|{\"a\":1}|\"{\\\"a\\\":1}\"",
        "text/html; charset=nonsense|<b>|\"<b>\""
      })
  void theBodyIsJsonWhereItSaysSoAndIsSo(String type, String body, String expected) {
    try (Peer api = Peer.answering(200, body == null ? "" : body, "Content-Type: " + type)) {
      assertThat(output(call(api, "{\"Method\":\"GET\"}")).get("ResponseBody").toString())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 400, 401, 404, 409, 429, 500, 503})
  void otherStatusesAreErrorsOfTheirOwn(int status) {
    try (Peer api = Peer.answering(status, "why", "Location: http://127.0.0.1:1/")) {
      TaskOutcome.Failed failed = failed(call(api, "{\"Method\":\"GET\"}"));

      assertThat(failed.error().value()).isEqualTo("States.Http.StatusCode." + status);
      JsonNode cause = PayloadJson.MAPPER.readTree(String.valueOf(failed.cause()));
      assertThat(cause.path("StatusCode").asInt()).isEqualTo(status);
      assertThat(cause.path("ResponseBody").asString()).isEqualTo("why");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/octet-stream", "image/png", "video/mp4", "audio/ogg; codecs=opus"})
  void binaryAnswersAreRefused(String type) {
    try (Peer api = Peer.answering(200, "x", "Content-Type: " + type)) {
      assertThat(failed(call(api, "{\"Method\":\"GET\"}")).error().value())
          .isEqualTo("States.Runtime");
    }
  }

  @Test
  void anAnswerThatIsNoTextIsRefused() {
    try (Peer api =
        Peer.answering(
            (_, out) -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
              out.write(new byte[] {(byte) 0xc3, 0x28});
              return true;
            })) {
      assertThat(failed(call(api, "{\"Method\":\"GET\"}")).cause())
          .isEqualTo("The response can't be read as a valid string");
    }
  }

  @Test
  void anOverlongAnswerExceedsTheDataLimit() {
    try (Peer api = Peer.answering(200, "x".repeat(HttpConnector.MAX_ANSWER + 1))) {
      assertThat(failed(call(api, "{\"Method\":\"GET\"}")).error().value())
          .isEqualTo("States.DataLimitExceeded");
    }
  }

  @Test
  void aBrokenConnectionIsASocketError() {
    try (Peer api = Peer.answering((_, _) -> false)) {
      assertThat(failed(call(api, "{\"Method\":\"POST\"}")).error().value())
          .isEqualTo("States.Http.Socket");
      assertThat(api.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]:8080/",
        "http://[::ffff:10.0.0.1]/"
      })
  void theEgressPolicyHolds(String endpoint) {
    TaskOutcome.Failed failed =
        failed(invoke("{\"Method\":\"GET\",\"ApiEndpoint\":\"" + endpoint + "\"}"));

    assertThat(failed.error().value()).isEqualTo("States.Permissions");
    assertThat(failed.cause()).startsWith("The egress policy does not allow connections to ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "Connection",
        "Transfer-Encoding",
        "content-length",
        "Authorization",
        "X-Amz-Date",
        "x-amzn-trace-id",
        "X-Forwarded-For",
        "TE",
        "Upgrade",
        "Proxy-Authorization",
        "Keep-Alive",
        "bad name",
        "bad:name",
        ""
      })
  void headersThatAreNotTheTasksToSetAreRefused(String header) {
    try (Peer api = Peer.answering(200, "")) {
      TaskOutcome.Failed failed =
          failed(call(api, "{\"Method\":\"GET\",\"Headers\":{\"" + header + "\":\"x\"}}"));

      assertThat(failed.error().value()).isEqualTo("States.Runtime");
      assertThat(api.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"Method\":\"GET\"}",
        "{\"ApiEndpoint\":\"http://h/\"}",
        "{\"Method\":\"TRACE\",\"ApiEndpoint\":\"http://h/\"}",
        "{\"Method\":\"CONNECT\",\"ApiEndpoint\":\"http://h/\"}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"ftp://h/\"}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://u:p@h/\"}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/ x\"}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":7}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Headers\":[]}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Headers\":{\"X\":\"a\\r\\nY: b\"}}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Headers\":{\"X\":{}}}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"QueryParameters\":7}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"QueryParameters\":\"a=%zz\"}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Authentication\":{}}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Transform\":{\"RequestBodyEncoding\":\"X\"}}",
        "{\"Method\":\"GET\",\"ApiEndpoint\":\"http://h/\",\"Nonsense\":1}"
      })
  void badParametersFailTheTask(String parameters) {
    assertThat(failed(invoke(parameters)).error().value()).isEqualTo("States.Runtime");
  }

  @Test
  void aFormIsEncodedAsAsked() {
    try (Peer api = Peer.answering(200, "")) {
      call(
          api,
          """
          {"Method": "POST", "Headers": {"content-type": "application/x-www-form-urlencoded"},
           "RequestBody": {"array": ["a", "b"], "o": {"k": "v w"}, "n": null},
           "Transform": {"RequestBodyEncoding": "URL_ENCODED",
             "RequestEncodingOptions": {"ArrayFormat": "BRACKETS"}}}""");

      assertThat(api.request().body()).isEqualTo("array%5B%5D=a&array%5B%5D=b&o%5Bk%5D=v%20w&n=");
      assertThat(api.request().headers())
          .containsEntry("Content-Type", "application/x-www-form-urlencoded");
    }
  }

  @Test
  void theConnectionsParametersWinOverTheTasks() {
    connections.put(
        CONNECTION,
        new Connection(
            new Authorization.ApiKey("X-Key", "key-value-123"),
            List.of(new Parameter("header-param", "connection", false)),
            List.of(new Parameter("QueryParam", "connection", false)),
            List.of(new Parameter("BodyParam", "connection", false))));
    try (Peer api = Peer.answering(200, "")) {
      call(
          api,
          """
          {"Method": "POST", "Headers": {"Header-Param": "task", "Request-Id": "r"},
           "QueryParameters": {"QueryParam": "task", "Other": "1"},
           "RequestBody": {"Job": "x", "BodyParam": "task"},
           "Authentication": {"ConnectionArn": "%s"}}"""
              .formatted(CONNECTION));

      Peer.Request request = api.request();
      assertThat(request.headers())
          .containsEntry("Header-Param", "connection")
          .containsEntry("Request-Id", "r")
          .containsEntry("X-Key", "key-value-123");
      assertThat(request.target()).isEqualTo("/v1?Other=1&QueryParam=connection");
      assertThat(request.body()).isEqualTo("{\"Job\":\"x\",\"BodyParam\":\"connection\"}");
    }
  }

  @Test
  void aTextBodyCannotBeMerged() {
    connections.put(
        CONNECTION,
        new Connection(
            new Authorization.None(),
            List.of(),
            List.of(),
            List.of(new Parameter("a", "b", false))));
    try (Peer api = Peer.answering(200, "")) {
      TaskOutcome outcome =
          call(
              api,
              "{\"Method\":\"POST\",\"RequestBody\":\"text\",\"InvocationConfig\":{\"ConnectionArn\":\""
                  + CONNECTION
                  + "\"}}");

      assertThat(failed(outcome).error().value()).isEqualTo("States.Runtime");
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void anUnknownConnectionIsSaidSo() {
    try (Peer api = Peer.answering(200, "")) {
      assertThat(failed(callConnected(api)).error().value())
          .isEqualTo("Events.ConnectionResource.ResourceNotFound");
    }
  }

  @Test
  void whatAnApiEchoesOfTheSecretsIsNotRecorded() {
    String password = "pass\"word-1/2";
    connections.put(
        CONNECTION,
        new Connection(
            new Authorization.Basic("user", password),
            List.of(new Parameter("X-Token", "header-secret", true)),
            List.of(new Parameter("t", "query secret", true)),
            List.of()));
    String basic =
        Base64.getEncoder().encodeToString(("user:" + password).getBytes(StandardCharsets.UTF_8));
    for (int status : new int[] {200, 403}) {
      try (Peer api =
          Peer.answering(
              (request, out) -> {
                assertThat(request.headers()).containsEntry("Authorization", "Basic " + basic);
                ObjectNode echo = PayloadJson.MAPPER.createObjectNode();
                request.headers().forEach(echo::put);
                echo.put("known", password).put("url", request.target());
                out.write(
                    Peer.http(
                        status,
                        echo.toString(),
                        "Content-Type: application/json",
                        "X-Echo: " + request.headers().get("X-Token")));
                return true;
              })) {
        String recorded = callConnected(api).toString();

        assertThat(recorded)
            .contains("********")
            .doesNotContain("word-1", "header-secret", "query%20secret", "query secret", basic);
      }
    }
  }

  @Test
  void anOAuthTokenIsFetchedOnceAndAgainWhenItExpiresOrIsRefused() {
    var refuse = new AtomicInteger();
    var fetched = new AtomicInteger();
    try (Peer authority =
            Peer.answering(
                (_, out) -> {
                  out.write(
                      Peer.http(
                          200,
                          "{\"access_token\":\"token-%d\",\"expires_in\":3600}"
                              .formatted(fetched.incrementAndGet())));
                  return true;
                });
        Peer api =
            Peer.answering(
                (request, out) -> {
                  boolean no = refuse.getAndDecrement() > 0;
                  out.write(
                      Peer.http(
                          no ? 401 : 200, request.headers().getOrDefault("Authorization", "")));
                  return true;
                })) {
      connections.put(
          CONNECTION,
          new Connection(
              new Authorization.OAuthClient(
                  authority.uri("/token?x=1"),
                  "POST",
                  "me",
                  "s3cret-value",
                  List.of(),
                  List.of(),
                  List.of(new Parameter("scope", "all", false))),
              List.of(),
              List.of(),
              List.of()));

      output(callConnected(api));
      output(callConnected(api));
      assertThat(fetched).hasValue(1);
      assertThat(authority.request().target()).isEqualTo("/token?x=1");
      assertThat(authority.request().body())
          .isEqualTo(
              "grant_type=client_credentials&client_id=me&client_secret=s3cret-value&scope=all");
      assertThat(api.requests().getLast().headers())
          .containsEntry("Authorization", "Bearer token-1");

      now = now.plus(Duration.ofHours(1));
      output(callConnected(api));
      assertThat(api.requests().getLast().headers())
          .containsEntry("Authorization", "Bearer token-2");

      refuse.set(1);
      output(callConnected(api));
      assertThat(api.requests().getLast().headers())
          .containsEntry("Authorization", "Bearer token-3");

      refuse.set(2);
      assertThat(failed(callConnected(api)).error().value())
          .isEqualTo("States.Http.StatusCode.401");
    }
  }

  @ParameterizedTest
  @CsvSource({"500, '{}'", "200, '{}'", "200, nonsense", "200, '{\"access_token\":\"a\\r\\nb\"}'"})
  void aTokenThatCannotBeHadIsTheConnectionsState(int status, String body) {
    try (Peer authority = Peer.answering(status, body);
        Peer api = Peer.answering(200, "")) {
      connections.put(
          CONNECTION,
          new Connection(
              new Authorization.OAuthClient(
                  authority.uri("/"), "POST", "me", "s3cret", List.of(), List.of(), List.of()),
              List.of(),
              List.of(),
              List.of()));

      TaskOutcome.Failed failed = failed(callConnected(api));

      assertThat(failed.error().value())
          .isEqualTo("Events.ConnectionResource.InvalidConnectionState");
      assertThat(failed.cause()).doesNotContain("s3cret");
      assertThat(api.requests()).isEmpty();
    }
  }

  private TaskOutcome callConnected(Peer api) {
    return call(
        api, "{\"Method\":\"GET\",\"Authentication\":{\"ConnectionArn\":\"" + CONNECTION + "\"}}");
  }

  private TaskOutcome call(Peer api, String parameters) {
    ObjectNode node = (ObjectNode) PayloadJson.MAPPER.readTree(parameters);
    node.put("ApiEndpoint", api.uri("/v1").toString());
    return invoke(node.toString());
  }

  private TaskOutcome invoke(String parameters) {
    return Invocations.outcome(http, Invocations.of("arn:aws:states:::http:invoke", parameters));
  }

  private final class SettableClock extends Clock {
    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
