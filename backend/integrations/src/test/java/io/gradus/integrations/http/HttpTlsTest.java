package io.gradus.integrations.http;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Certificates;
import io.gradus.integrations.Peer;
import io.gradus.integrations.http.Connection.Authorization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// HTTP APIs whose certificates are of a tenant's own authorities.
@Timeout(60)
class HttpTlsTest {
  private static final String SECRET = "canary-of-the-key";

  private final Certificates authority = new Certificates("ours");
  private final HttpTasks tasks = new HttpTasks();

  @AfterEach
  void close() {
    tasks.close();
  }

  private static Connection connection(@Nullable String authorities) {
    return connection(new Authorization.ApiKey("X-Key", SECRET), authorities);
  }

  private static Connection connection(Authorization authorization, @Nullable String authorities) {
    return new Connection(authorization, Set.of(), List.of(), List.of(), List.of(), authorities);
  }

  private Peer api() {
    return Peer.securedBy(
        authority.issue("localhost", 30).context(),
        (request, out) -> {
          boolean token = request.method().equals("POST");
          out.write(
              Peer.http(
                  200,
                  token ? "{\"access_token\":\"t-1\"}" : "{\"ok\":true}",
                  "Content-Type: application/json"));
          return true;
        });
  }

  @Test
  void theConnectionsAuthoritiesAreTrustedAndItsTlsConnectionIsKept() {
    try (Peer api = api()) {
      tasks.connect(connection(new Certificates("another").pem() + authority.pem()));

      for (int call = 0; call < 3; call++) {
        assertThat(output(tasks.callConnected(api)).at("/ResponseBody/ok").asBoolean()).isTrue();
      }

      assertThat(api.requests()).hasSize(3).allMatch(r -> SECRET.equals(r.headers().get("X-Key")));
      assertThat(api.connections()).isEqualTo(1);
    }
  }

  @Test
  void aKeptConnectionIsNotFoundByWhoDoesNotTrustIt() {
    try (Peer api = api()) {
      tasks.connect(connection(authority.pem()));
      output(tasks.callConnected(api));

      for (String others : new @Nullable String[] {null, new Certificates("another").pem()}) {
        tasks.connect(connection(others));
        TaskOutcome.Failed failed = failed(tasks.callConnected(api));
        assertThat(failed.error().value()).isEqualTo("States.Http.Socket");
        assertThat(failed.cause()).contains("is of no authority that is trusted here");
      }
      TaskOutcome.Failed without = failed(tasks.call(api, "{\"Method\":\"GET\"}"));
      assertThat(without.cause()).contains("is of no authority that is trusted here");

      assertThat(api.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"elsewhere, 30, is for another host", "localhost, -1, is not valid at this time"})
  void aTrustedAuthorityIsNotEnough(String host, int days, String why) {
    try (Peer api = Peer.securedBy(authority.issue(host, days).context(), (_, _) -> false)) {
      tasks.connect(connection(authority.pem()));

      TaskOutcome.Failed failed = failed(tasks.callConnected(api));

      assertThat(failed.error().value()).isEqualTo("States.Http.Socket");
      assertThat(failed.cause()).contains(why);
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void tokensAreFetchedByTheSameTrust() {
    try (Peer api = api()) {
      var client =
          new Authorization.OAuthClient(
              api.uri("/token"), "POST", "me", SECRET, List.of(), List.of(), List.of());
      tasks.connect(connection(client, null));
      TaskOutcome.Failed untrusted = failed(tasks.callConnected(api));
      assertThat(untrusted.error().value())
          .isEqualTo("Events.ConnectionResource.InvalidConnectionState");
      assertThat(untrusted.cause()).contains("is of no authority that is trusted here");

      tasks.connect(connection(client, authority.pem()));
      output(tasks.callConnected(api));

      assertThat(api.requests()).extracting(Peer.Request::target).containsExactly("/token", "/v1");
      assertThat(api.requests().getLast().headers()).containsEntry("Authorization", "Bearer t-1");
    }
  }

  @Test
  void aTrialTrustsAsTasksDo() {
    try (Peer api = api()) {
      URI uri = api.uri("/v1");
      assertThat(tasks.connector.trial(connection(authority.pem()), uri)).isNull();
      assertThat(tasks.connector.trial(connection(null), uri))
          .isEqualTo(
              "The certificate of localhost:%d is of no authority that is trusted here: a"
                      .formatted(api.port())
                  + " connection can name the one to trust");
      assertThat(api.requests().getFirst().body().getBytes(StandardCharsets.UTF_8)).isEmpty();
    }
  }
}
