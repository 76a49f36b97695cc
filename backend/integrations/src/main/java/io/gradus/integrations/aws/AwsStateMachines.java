package io.gradus.integrations.aws;

import io.gradus.engine.PayloadJson;
import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.AwsCalls.Result;
import io.gradus.integrations.egress.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// State machines of Step Functions in an AWS account, or of anything that speaks its API. Calls
/// block, and are meant for virtual threads.
public final class AwsStateMachines {
  /// As `endpoints` of a connection name it.
  private static final String SERVICE = "sfn";

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /// As many as AWS gives at a time.
  private static final int PAGE = 1_000;

  private final AwsCalls calls;

  /// One of a list.
  ///
  /// @param createdAt null where the service does not say
  public record Listed(String arn, String name, boolean isExpress, @Nullable Instant createdAt) {}

  /// A part of a list.
  ///
  /// @param next leads on to the next part; null for the last
  public record Part(List<Listed> machines, @Nullable String next) {
    public Part {
      machines = List.copyOf(machines);
    }
  }

  /// What a state machine is.
  ///
  /// @param definition as its author wrote it
  public record Described(String arn, String name, boolean isExpress, String definition) {}

  public AwsStateMachines(AwsCalls calls) {
    this.calls = calls;
  }

  /// Whether a connection leads to Step Functions. One with stand-ins for other services alone does
  /// not: AWS does not know its keys.
  public static boolean isThere(AwsConnection connection) {
    return connection.endpointOf(SERVICE) != null || connection.endpoints().isEmpty();
  }

  /// State machines in the service's order.
  ///
  /// @param from as the part before said; null for the first
  /// @throws AwsUnreachable where there is no answer
  public Part list(TenantId tenant, AwsConnection connection, @Nullable String from) {
    ObjectNode request = PayloadJson.MAPPER.createObjectNode().put("MaxResults", PAGE);
    if (from != null) {
      request.put("NextToken", from);
    }
    ObjectNode answer = call(tenant, connection, "listStateMachines", request);
    List<Listed> machines = new ArrayList<>();
    for (JsonNode each : answer.path("StateMachines")) {
      JsonNode created = each.path("CreationDate");
      machines.add(
          new Listed(
              each.path("StateMachineArn").asString(""),
              each.path("Name").asString(""),
              isExpress(each),
              created.isIntegralNumber() ? Instant.ofEpochMilli(created.longValue()) : null));
    }
    JsonNode next = answer.path("NextToken");
    return new Part(machines, next.isString() ? next.stringValue() : null);
  }

  /// The state machine of an ARN.
  ///
  /// @throws AwsUnreachable where there is no answer, or no such state machine
  public Described describe(TenantId tenant, AwsConnection connection, String arn) {
    ObjectNode answer =
        call(
            tenant,
            connection,
            "describeStateMachine",
            PayloadJson.MAPPER.createObjectNode().put("StateMachineArn", arn));
    return new Described(
        answer.path("StateMachineArn").asString(arn),
        answer.path("Name").asString(""),
        isExpress(answer),
        answer.path("Definition").asString(""));
  }

  /// The tags of an ARN, but for those that AWS keeps for itself.
  ///
  /// @throws AwsUnreachable where there is no answer: who may describe need not be allowed to do
  ///   this
  public Map<String, String> tags(TenantId tenant, AwsConnection connection, String arn) {
    ObjectNode answer =
        call(
            tenant,
            connection,
            "listTagsForResource",
            PayloadJson.MAPPER.createObjectNode().put("ResourceArn", arn));
    Map<String, String> tags = new LinkedHashMap<>();
    for (JsonNode each : answer.path("Tags")) {
      String key = each.path("Key").asString("");
      if (!key.isEmpty() && !key.startsWith("aws:")) {
        tags.put(key, each.path("Value").asString(""));
      }
    }
    return tags;
  }

  private static boolean isExpress(JsonNode machine) {
    return machine.path("Type").asString("").equals("EXPRESS");
  }

  private ObjectNode call(
      TenantId tenant, AwsConnection connection, String operation, ObjectNode request) {
    Result result =
        calls.make(
            connection,
            new AwsCalls.Request(
                tenant, SERVICE, operation, request, null, MemberNames.SERVICE, "", PATIENCE),
            new Call());
    if (result instanceof Result.Given given) {
      return given.json();
    }
    throw new AwsUnreachable(AwsFailures.of(result, SERVICE, MemberNames.SDK));
  }
}
