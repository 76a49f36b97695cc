package io.gradus.integrations.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Certificates;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.Peer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressPolicy;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackConnectorTest {
  private static final String PATH = "/services/T0/B0/path-that-is-a-secret";

  private final EgressClient egress =
      EgressClient.heldTo(EgressPolicy.parse("127.0.0.1/32", Set.of()));

  @AfterEach
  void close() {
    egress.close();
  }

  private TaskOutcome post(URI hook, String arguments) {
    return post(new SlackHooks.Hook(hook, null), arguments);
  }

  private TaskOutcome post(SlackHooks.Hook hook, String arguments) {
    var connector =
        new SlackConnector(
            (tenant, name) ->
                name == null || name.equals("ops") ? Optional.of(hook) : Optional.empty(),
            egress);
    return Invocations.outcome(connector, Invocations.of("arn:aws:states:::slack:post", arguments));
  }

  @Test
  void aMessageIsPostedByTheWebhooksNames() {
    try (Peer hook = Peer.answering(200, "ok")) {
      TaskOutcome outcome =
          post(
              hook.uri(PATH),
              """
              {"Connection": "ops", "Text": "Order 7", "ThreadTs": "1.2", "UnfurlLinks": false,
               "Blocks": [{"type": "divider"}]}""");
      assertThat(Invocations.output(outcome).toString())
          .isEqualTo("{\"StatusCode\":200,\"Body\":\"ok\"}");
      assertThat(hook.request().target()).isEqualTo(PATH);
      assertThat(hook.request().body())
          .isEqualTo(
              "{\"text\":\"Order 7\",\"blocks\":[{\"type\":\"divider\"}],"
                  + "\"thread_ts\":\"1.2\",\"unfurl_links\":false}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_payload, Slack.MessageRejectedException, HTTP status 400: invalid_payload",
    "429, '', Slack.TooManyRequestsException, HTTP status 429",
    "503, down, Slack.ServiceException, HTTP status 503: down"
  })
  void whatIsRefusedHasAName(int status, String body, String error, String cause) {
    try (Peer hook = Peer.answering(status, body)) {
      TaskOutcome.Failed failed = Invocations.failed(post(hook.uri(PATH), "{\"Text\": \"x\"}"));
      assertThat(failed.error().value()).isEqualTo(error);
      assertThat(failed.cause()).isEqualTo(cause);
    }
  }

  @Test
  void whoIsNotReachedIsToldWithoutTheSecret() {
    TaskOutcome.Failed failed =
        Invocations.failed(post(URI.create("http://127.0.0.1:1" + PATH), "{\"Text\": \"x\"}"));
    assertThat(failed.error().value()).isEqualTo("Slack.ConnectionFailedException");
    assertThat(failed.cause()).contains("127.0.0.1:1").doesNotContain("secret");
    TaskOutcome.Failed refused =
        Invocations.failed(post(URI.create("http://10.0.0.1" + PATH), "{\"Text\": \"x\"}"));
    assertThat(refused.error().value()).isEqualTo("States.Permissions");
    assertThat(refused.cause()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                | States.Runtime     | One of the fields 'Text' and 'Blocks' is required
          {"Text": "x", "Url": "http://a"}  | States.Runtime     | The field 'Url' is not supported
          {"Text": "x", "Connection": 1}    | States.Runtime     | The value for the field 'Connection' must be a STRING
          {"Text": "x", "Connection": "no"} | States.Permissions | This tenant has no Slack connection 'no'
          """)
  void whatCannotBePostedIsTold(String arguments, String error, String cause) {
    TaskOutcome.Failed failed =
        Invocations.failed(post(URI.create("http://127.0.0.1:1/"), arguments));
    assertThat(failed.error().value()).isEqualTo(error);
    assertThat(failed.cause()).startsWith(cause);
  }

  @Test
  void aHookOfATenantsOwnAuthorityIsTrustedWhereTheConnectionNamesIt() {
    Certificates authority = new Certificates("ours");
    try (Peer hook =
        Peer.securedBy(
            authority.issue("localhost", 30).context(),
            (_, out) -> {
              out.write(Peer.http(200, "ok"));
              return true;
            })) {
      URI url = hook.uri(PATH);
      TaskOutcome.Failed failed = Invocations.failed(post(url, "{\"Text\": \"x\"}"));
      assertThat(failed.error().value()).isEqualTo("Slack.ConnectionFailedException");
      assertThat(failed.cause()).contains("is of no authority that is trusted here");

      post(new SlackHooks.Hook(url, authority.pem()), "{\"Text\": \"x\"}");

      assertThat(hook.request().body()).isEqualTo("{\"text\":\"x\"}");
    }
  }
}
