package io.gradus.integrations.http;

import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.Peer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// A connector with connections and a clock that a test sets; loopback is allowed.
final class HttpTasks implements AutoCloseable {
  static final String CONNECTION = "arn:aws:events:us-east-1:111111111111:connection/c/1";

  private final Map<String, Connection> connections = new HashMap<>();
  private final EgressClient egress =
      EgressClient.heldTo(EgressPolicy.parse("127.0.0.0/8", Set.of()));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  final HttpConnector connector =
      new HttpConnector(
          (tenant, arn) ->
              tenant.equals(Invocations.TENANT)
                  ? Optional.ofNullable(connections.get(arn))
                  : Optional.empty(),
          egress,
          new SettableClock());

  void connect(Connection connection) {
    connections.put(CONNECTION, connection);
  }

  void setNow(Instant now) {
    this.now = now;
  }

  Instant now() {
    return now;
  }

  /// Calls the peer over the connection.
  TaskOutcome callConnected(Peer api) {
    return call(
        api, "{\"Method\":\"GET\",\"Authentication\":{\"ConnectionArn\":\"" + CONNECTION + "\"}}");
  }

  /// Calls the peer's `/v1`.
  TaskOutcome call(Peer api, String parameters) {
    ObjectNode node = (ObjectNode) PayloadJson.MAPPER.readTree(parameters);
    node.put("ApiEndpoint", api.uri("/v1").toString());
    return invoke(node.toString());
  }

  TaskOutcome invoke(String parameters) {
    return Invocations.outcome(
        connector, Invocations.of("arn:aws:states:::http:invoke", parameters));
  }

  @Override
  public void close() {
    egress.close();
  }

  private final class SettableClock extends Clock {
    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
