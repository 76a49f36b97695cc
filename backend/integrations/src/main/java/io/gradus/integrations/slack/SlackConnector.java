package io.gradus.integrations.slack;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Arguments;
import io.gradus.integrations.Failures;
import io.gradus.integrations.InvalidArguments;
import io.gradus.integrations.Patience;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressAnswer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import io.gradus.integrations.egress.OpenCalls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `slack:post`, with or without a task token. Its result is `{"StatusCode", "Body"}`.
///
/// | error | when |
/// |---|---|
/// | `Slack.TooManyRequestsException` | status 429 |
/// | `Slack.ServiceException` | status 5xx |
/// | `Slack.MessageRejectedException` | any other status but 2xx; the cause is what was answered |
/// | `Slack.ConnectionFailedException` | there was no answer |
public final class SlackConnector implements Connector {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MAX_ANSWER = 64 * 1024;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  /// What a message may have, and what the webhook calls it.
  private static final Map<String, String> MEMBERS = new LinkedHashMap<>();

  static {
    MEMBERS.put("Text", "text");
    MEMBERS.put("Blocks", "blocks");
    MEMBERS.put("Attachments", "attachments");
    MEMBERS.put("ThreadTs", "thread_ts");
    MEMBERS.put("Channel", "channel");
    MEMBERS.put("Username", "username");
    MEMBERS.put("IconEmoji", "icon_emoji");
    MEMBERS.put("UnfurlLinks", "unfurl_links");
  }

  private static final Set<String> NAMES = names();

  private final SlackHooks hooks;
  private final EgressClient egress;
  private final OpenCalls calls = new OpenCalls();

  /// @param egress held to the policy for what tenants configure
  public SlackConnector(SlackHooks hooks, EgressClient egress) {
    this.hooks = hooks;
    this.egress = egress;
  }

  private static Set<String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(Arguments.CONNECTION, "");
    names.putAll(MEMBERS);
    return names.keySet();
  }

  @Override
  public boolean handles(Resource resource) {
    return resource.resourceType().equals("slack");
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    return calls.run(invocation, call -> call(invocation, call));
  }

  @Override
  public void cancel(TaskInvocation invocation) {
    calls.cancel(invocation);
  }

  /// Posts a message.
  ///
  /// @return what is wrong, null for nothing
  public @Nullable String trial(SlackHooks.Hook hook, String text) {
    ObjectNode message = PayloadJson.MAPPER.createObjectNode().put("text", text);
    return post(hook, message, LIMIT, new Call()) instanceof TaskOutcome.Failed failed
        ? String.valueOf(failed.cause())
        : null;
  }

  private TaskOutcome call(TaskInvocation invocation, Call call) {
    ObjectNode message = PayloadJson.MAPPER.createObjectNode();
    String connection;
    try {
      Arguments arguments = Arguments.of(invocation.arguments().json(), NAMES);
      connection = arguments.text(Arguments.CONNECTION);
      for (Map.Entry<String, String> member : MEMBERS.entrySet()) {
        JsonNode value = arguments.value(member.getKey());
        if (value != null) {
          message.set(member.getValue(), value);
        }
      }
      if (!message.has("text") && !message.has("blocks") && !message.has("attachments")) {
        throw new InvalidArguments("One of the fields 'Text' and 'Blocks' is required");
      }
    } catch (InvalidArguments invalid) {
      return invalid.outcome();
    }
    Optional<SlackHooks.Hook> hook = hooks.find(invocation.execution().tenant(), connection);
    if (hook.isEmpty()) {
      return Failures.failed(
          ErrorName.PERMISSIONS,
          connection == null
              ? "This tenant has no Slack connection to post by"
              : "This tenant has no Slack connection '" + connection + "'");
    }
    return post(hook.get(), message, Patience.of(invocation, LIMIT), call);
  }

  private TaskOutcome post(SlackHooks.Hook hook, ObjectNode message, Duration timeout, Call call) {
    EgressRequest request =
        new EgressRequest(
            "POST",
            hook.url(),
            List.of(new Field("Content-Type", "application/json; charset=UTF-8")),
            Payload.of(message).bytes(),
            timeout,
            MAX_ANSWER,
            false);
    try {
      return outcome(egress.send(request, call, hook.authorities()));
    } catch (EgressFailure failure) {
      return failure.kind() == EgressFailure.Kind.REFUSED
          ? Failures.failed(ErrorName.PERMISSIONS, failure.problem())
          : Failures.failed("Slack.ConnectionFailedException", failure.problem());
    }
  }

  private static TaskOutcome outcome(EgressAnswer answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return new TaskOutcome.Succeeded(
          Payload.of(
              PayloadJson.MAPPER.createObjectNode().put("StatusCode", status).put("Body", body)));
    }
    String error =
        status == TOO_MANY
            ? "Slack.TooManyRequestsException"
            : status >= SERVER_ERROR ? "Slack.ServiceException" : "Slack.MessageRejectedException";
    return Failures.failed(error, "HTTP status " + status + (body.isBlank() ? "" : ": " + body));
  }
}
