package io.gradus.integrations.aws;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.egress.EgressClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tasks of one tenant, whose AWS is where a test says.
final class AwsTasks implements AutoCloseable {
  static final String SECRET = "canary-secret-key";

  private final EgressClient egress = EgressClient.ofOperator();
  private final AwsCalls calls;

  /// What was told for metrics, as `dynamodb:putItem succeeded`.
  final List<String> metered = new CopyOnWriteArrayList<>();

  private final AwsConnector aws;

  AwsTasks(@Nullable URI endpoint) {
    this(endpoint, Map.of());
  }

  /// @param endpoints by service
  AwsTasks(@Nullable URI endpoint, Map<String, URI> endpoints) {
    var connection =
        new AwsConnection(
            UUID.randomUUID().toString(),
            "us-east-1",
            endpoint,
            endpoints,
            new AwsConnection.Keys("AKIDCANARY", SECRET, "canary-session-token"),
            null,
            true);
    calls =
        new AwsCalls(
            _ -> Optional.of(connection),
            AwsTasks.class.getClassLoader(),
            egress,
            egress,
            (service, action, outcome, _) -> metered.add(service + ":" + action + " " + outcome));
    aws = new AwsConnector(calls);
  }

  /// @param resource without `arn:aws:states:::`
  TaskOutcome call(String resource, String arguments) {
    return call(resource, arguments, null);
  }

  TaskOutcome call(String resource, String arguments, @Nullable String credentials) {
    TaskInvocation plain = Invocations.of("arn:aws:states:::" + resource, arguments);
    return Invocations.outcome(
        aws,
        new TaskInvocation(
            plain.execution(),
            plain.executionArn(),
            plain.task(),
            plain.state(),
            plain.resource(),
            plain.arguments(),
            plain.retry(),
            plain.token(),
            credentials == null ? null : Payload.ofText(credentials),
            null,
            null));
  }

  static JsonNode json(String text) {
    return PayloadJson.MAPPER.readTree(text);
  }

  @Override
  public void close() {
    calls.close();
    egress.close();
  }
}
