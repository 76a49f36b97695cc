package io.gradus.integrations.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.port.ExchangeObserver;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.Peer;
import io.gradus.integrations.http.Connection.Authorization;
import io.gradus.integrations.http.Connection.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever tries an HTTP Task out sees what went over the wire.
@Timeout(30)
class HttpExchangeTest {
  private final HttpTasks tasks = new HttpTasks();

  @AfterEach
  void close() {
    tasks.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void secretsAreShownOnlyWhenAskedFor(boolean revealing) {
    tasks.connect(
        new Connection(
            new Authorization.ApiKey("X-Key", "key-value-123"),
            Set.of(),
            List.of(),
            List.of(new Parameter("token", "query-secret", true)),
            List.of(),
            null));
    Seen seen = new Seen(revealing);
    try (Peer api = Peer.answering(201, "it was key-value-123", "X-Two: query-secret")) {
      tasks
          .connector
          .invoke(
              Invocations.of(
                  "arn:aws:states:::http:invoke",
                  """
                  {"ApiEndpoint": "%s", "Method": "PUT", "RequestBody": {"a": 1},
                   "Authentication": {"ConnectionArn": "%s"}}"""
                      .formatted(api.uri("/v1"), HttpTasks.CONNECTION)),
              seen)
          .toCompletableFuture()
          .join();

      ExchangeObserver.Request sent = seen.sent.getFirst();
      ExchangeObserver.Response received = seen.received.getFirst();
      String key = revealing ? "key-value-123" : "********";
      String token = revealing ? "query-secret" : "********";
      assertThat(sent.protocol()).isEqualTo("http");
      assertThat(sent.method()).isEqualTo("PUT");
      assertThat(sent.url()).isEqualTo(api.uri("/v1") + "?token=" + token);
      assertThat(sent.headers()).containsEntry("X-Key", List.of(key));
      assertThat(sent.body()).isEqualTo("{\"a\":1}");
      assertThat(received.statusCode()).isEqualTo(201);
      assertThat(received.statusMessage()).isEqualTo("Reason 201");
      assertThat(received.headers()).containsEntry("X-Two", List.of(token));
      assertThat(received.body()).isEqualTo("it was " + key);
    }
  }

  /// Remembers what it is shown.
  private static final class Seen implements ExchangeObserver {
    private final boolean revealing;
    private final List<Request> sent = new ArrayList<>();
    private final List<Response> received = new ArrayList<>();

    Seen(boolean revealing) {
      this.revealing = revealing;
    }

    @Override
    public boolean revealsSecrets() {
      return revealing;
    }

    @Override
    public void sent(Request request) {
      sent.add(request);
    }

    @Override
    public void received(Response response) {
      received.add(response);
    }
  }
}
