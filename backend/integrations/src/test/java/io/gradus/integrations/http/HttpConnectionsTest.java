package io.gradus.integrations.http;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Peer;
import io.gradus.integrations.http.Connection.Authorization;
import io.gradus.integrations.http.Connection.Parameter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

@Timeout(30)
class HttpConnectionsTest {
  private final HttpTasks tasks = new HttpTasks();

  @AfterEach
  void close() {
    tasks.close();
  }

  @Test
  void theConnectionsParametersWinOverTheTasks() {
    tasks.connect(
        new Connection(
            new Authorization.ApiKey("X-Key", "key-value-123"),
            Set.of(),
            List.of(new Parameter("header-param", "connection", false)),
            List.of(new Parameter("QueryParam", "connection", false)),
            List.of(new Parameter("BodyParam", "connection", false)),
            null));
    try (Peer api = Peer.answering(200, "")) {
      tasks.call(
          api,
          """
          {"Method": "POST", "Headers": {"Header-Param": "task", "Request-Id": "r"},
           "QueryParameters": {"QueryParam": "task", "Other": "1"},
           "RequestBody": {"Job": "x", "BodyParam": "task"},
           "Authentication": {"ConnectionArn": "%s"}}"""
              .formatted(HttpTasks.CONNECTION));

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
    tasks.connect(
        new Connection(
            new Authorization.None(),
            Set.of(),
            List.of(),
            List.of(),
            List.of(new Parameter("a", "b", false)),
            null));
    try (Peer api = Peer.answering(200, "")) {
      TaskOutcome outcome =
          tasks.call(
              api,
              "{\"Method\":\"POST\",\"RequestBody\":\"text\",\"InvocationConfig\":{\"ConnectionArn\":\""
                  + HttpTasks.CONNECTION
                  + "\"}}");

      assertThat(failed(outcome).error().value()).isEqualTo("States.Runtime");
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void anUnknownConnectionIsSaidSo() {
    try (Peer api = Peer.answering(200, "")) {
      assertThat(failed(tasks.callConnected(api)).error().value())
          .isEqualTo("Events.ConnectionResource.ResourceNotFound");
    }
  }

  @Test
  void whatAnApiEchoesOfTheSecretsIsNotRecorded() {
    String password = "pass\"word-1/2";
    tasks.connect(
        new Connection(
            new Authorization.Basic("user", password),
            Set.of(),
            List.of(new Parameter("X-Token", "header-secret", true)),
            List.of(new Parameter("t", "query secret", true)),
            List.of(),
            null));
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
        String recorded = tasks.callConnected(api).toString();

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
      tasks.connect(
          new Connection(
              new Authorization.OAuthClient(
                  authority.uri("/token?x=1"),
                  "POST",
                  "me",
                  "s3cret-value",
                  List.of(),
                  List.of(),
                  List.of(new Parameter("scope", "all", false))),
              Set.of(),
              List.of(),
              List.of(),
              List.of(),
              null));

      output(tasks.callConnected(api));
      output(tasks.callConnected(api));
      assertThat(fetched).hasValue(1);
      assertThat(authority.request().target()).isEqualTo("/token?x=1");
      assertThat(authority.request().body())
          .isEqualTo(
              "grant_type=client_credentials&client_id=me&client_secret=s3cret-value&scope=all");
      assertThat(api.requests().getLast().headers())
          .containsEntry("Authorization", "Bearer token-1");

      tasks.setNow(tasks.now().plus(Duration.ofHours(1)));
      output(tasks.callConnected(api));
      assertThat(api.requests().getLast().headers())
          .containsEntry("Authorization", "Bearer token-2");

      refuse.set(1);
      output(tasks.callConnected(api));
      assertThat(api.requests().getLast().headers())
          .containsEntry("Authorization", "Bearer token-3");

      refuse.set(2);
      assertThat(failed(tasks.callConnected(api)).error().value())
          .isEqualTo("States.Http.StatusCode.401");
    }
  }

  @ParameterizedTest
  @CsvSource({"500, '{}'", "200, '{}'", "200, nonsense", "200, '{\"access_token\":\"a\\r\\nb\"}'"})
  void aTokenThatCannotBeHadIsTheConnectionsState(int status, String body) {
    try (Peer authority = Peer.answering(status, body);
        Peer api = Peer.answering(200, "")) {
      tasks.connect(
          new Connection(
              new Authorization.OAuthClient(
                  authority.uri("/"), "POST", "me", "s3cret", List.of(), List.of(), List.of()),
              Set.of(),
              List.of(),
              List.of(),
              List.of(),
              null));

      TaskOutcome.Failed failed = failed(tasks.callConnected(api));

      assertThat(failed.error().value())
          .isEqualTo("Events.ConnectionResource.InvalidConnectionState");
      assertThat(failed.cause()).doesNotContain("s3cret");
      assertThat(api.requests()).isEmpty();
    }
  }
}
