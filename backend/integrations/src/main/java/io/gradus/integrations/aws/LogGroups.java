package io.gradus.integrations.aws;

import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.AwsCalls.Result;
import io.gradus.integrations.egress.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Log groups of CloudWatch Logs, by a tenant's connection. Calls block, and are meant for virtual
/// threads.
public final class LogGroups {
  /// How much one call takes, in events and in bytes; each event counts for [#EVENT_BYTES] more
  /// than its message has.
  public static final int MAX_EVENTS = 10_000;

  public static final int MAX_BYTES = 1_048_576;
  public static final int EVENT_BYTES = 26;

  /// Of one message, bytes of UTF-8.
  public static final int MAX_MESSAGE = 262_144 - EVENT_BYTES;

  /// Between the first and the last event of one call.
  public static final Duration MAX_SPAN = Duration.ofHours(24);

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String SERVICE = "cloudwatchlogs";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AwsConnections connections;
  private final AwsCalls calls;

  /// A log event.
  public record Event(Instant at, String message) {}

  /// What came of a call.
  public sealed interface Answer {
    /// It was done.
    ///
    /// @param lost how many events were too old or too new to be taken
    record Done(int lost) implements Answer {}

    /// The log group, or the log stream, is not there.
    record Missing(String why) implements Answer {}

    /// The connection may not do that.
    record Denied(String why) implements Answer {}

    /// Whatever else: it may go well another time.
    record Failed(String why) implements Answer {}
  }

  public LogGroups(AwsConnections connections, AwsCalls calls) {
    this.connections = connections;
    this.calls = calls;
  }

  /// Whether the tenant has an AWS connection that leads to log groups. One with stand-ins for
  /// other services alone does not: AWS does not know its keys.
  public boolean isConnected(TenantId tenant) {
    return connections
        .find(tenant)
        .filter(there -> there.endpointOf(SERVICE) != null || there.endpoints().isEmpty())
        .isPresent();
  }

  /// Makes a log stream, or finds it made.
  public Answer createStream(TenantId tenant, String group, String stream) {
    ObjectNode request = JSON.createObjectNode();
    request.put("logGroupName", group).put("logStreamName", stream);
    Result result = call(tenant, "createLogStream", request);
    if (result instanceof Result.Refused refused
        && code(refused.exception()).equals("ResourceAlreadyExistsException")) {
      return new Answer.Done(0);
    }
    return answer(result);
  }

  /// Adds events to a log stream.
  ///
  /// @param events in the order of time, within the bounds of one call
  public Answer put(TenantId tenant, String group, String stream, List<Event> events) {
    ObjectNode request = JSON.createObjectNode();
    request.put("logGroupName", group).put("logStreamName", stream);
    ArrayNode all = request.putArray("logEvents");
    for (Event event : events) {
      all.addObject().put("timestamp", event.at().toEpochMilli()).put("message", event.message());
    }
    Result result = call(tenant, "putLogEvents", request);
    if (result instanceof Result.Given given) {
      return new Answer.Done(rejected(given.json().path("RejectedLogEventsInfo"), events.size()));
    }
    return answer(result);
  }

  private Result call(TenantId tenant, String operation, ObjectNode request) {
    return calls.make(
        new AwsCalls.Request(
            tenant, SERVICE, operation, request, null, MemberNames.SERVICE, "", TIMEOUT),
        new Call());
  }

  /// Events are rejected at both ends: what is too old comes first, what is too new last.
  static int rejected(JsonNode info, int events) {
    int old =
        Math.max(
            info.path("TooOldLogEventEndIndex").asInt(0),
            info.path("ExpiredLogEventEndIndex").asInt(0));
    int fresh = info.path("TooNewLogEventStartIndex").asInt(events);
    return Math.clamp((long) old + events - fresh, 0, events);
  }

  private static Answer answer(Result result) {
    return switch (result) {
      case Result.Given _ -> new Answer.Done(0);
      case Result.Invalid invalid -> new Answer.Failed(invalid.problem());
      case Result.Unconnected _ -> new Answer.Failed("The tenant has no AWS connection");
      case Result.Unassumed unassumed -> new Answer.Denied(unassumed.problem());
      case Result.Unreached unreached -> new Answer.Failed(unreached.problem());
      case Result.Refused refused -> refused(refused.exception());
    };
  }

  private static Answer refused(AwsServiceException exception) {
    String code = code(exception);
    @Nullable AwsErrorDetails details = exception.awsErrorDetails();
    String message =
        details == null || details.errorMessage() == null
            ? String.valueOf(exception.getMessage())
            : details.errorMessage();
    String why = code.isEmpty() ? message : code + ": " + message;
    return switch (code) {
      case "ResourceNotFoundException" -> new Answer.Missing(why);
      case "AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException" ->
          new Answer.Denied(why);
      // It came twice, and stands there once.
      case "DataAlreadyAcceptedException" -> new Answer.Done(0);
      default -> new Answer.Failed(why);
    };
  }

  private static String code(AwsServiceException exception) {
    @Nullable AwsErrorDetails details = exception.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }
}
