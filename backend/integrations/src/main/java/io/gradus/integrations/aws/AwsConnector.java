package io.gradus.integrations.aws;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.Resource.Pattern;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import io.gradus.integrations.Patience;
import io.gradus.integrations.SdkMetadata;
import io.gradus.integrations.TaskRole;
import io.gradus.integrations.aws.AwsCalls.Result;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.OpenCalls;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// AWS services, each call by itself: `aws-sdk:<service>:<action>` for every client that is there,
/// and the optimised integrations of the same services. With `.waitForTaskToken` the call is the
/// task's submission.
public final class AwsConnector implements Connector {
  private static final String SDK = "aws-sdk:";

  /// How long a call may take where its state does not say.
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /// Optimised integrations of services whose every action is a call of theirs.
  private static final Set<String> OPTIMISED =
      Set.of(
          "dynamodb",
          "sns",
          "sqs",
          "events",
          "ecs",
          "batch",
          "glue",
          "databrew",
          "athena",
          "codebuild",
          "eks",
          "sagemaker",
          "mediaconvert",
          "bedrock",
          "elasticmapreduce",
          "emr-containers",
          "emr-serverless");

  private final AwsCalls calls;
  private final OpenCalls open = new OpenCalls();

  public AwsConnector(AwsCalls calls) {
    this.calls = calls;
  }

  @Override
  public boolean handles(Resource resource) {
    String type = resource.resourceType();
    return resource.pattern() != Pattern.SYNC
        && (type.startsWith(SDK) || OPTIMISED.contains(type))
        && !EksConnector.isKubernetes(type, plain(resource.action()));
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    return open.run(invocation, call -> call(invocation, call));
  }

  @Override
  public void cancel(TaskInvocation invocation) {
    open.cancel(invocation);
  }

  private TaskOutcome call(TaskInvocation invocation, Call call) {
    String type = invocation.resource().resourceType();
    String action = plain(invocation.resource().action());
    boolean sdk = type.startsWith(SDK);
    MemberNames names = sdk ? MemberNames.SDK : MemberNames.SERVICE;
    String role;
    try {
      role = TaskRole.of(invocation.credentials());
    } catch (IllegalArgumentException invalid) {
      return Failures.failed(ErrorName.RUNTIME, invalid.getMessage());
    }
    BiFunction<String, JsonNode, Result> calling =
        (operation, json) ->
            calls.make(
                new AwsCalls.Request(
                    invocation.execution().tenant(),
                    sdk ? type.substring(SDK.length()) : AwsServices.sdkName(type, operation),
                    operation,
                    json,
                    role,
                    names,
                    invocation.idempotencyKey(),
                    Patience.of(invocation, LONGEST)),
                call);
    JsonNode arguments = arguments(invocation, type, action);
    String queue = type.equals("sqs") ? arguments.path("QueueUrl").asString("null") : "";
    if (type.equals("sqs") && !isUrl(queue)) {
      return hostNotThere(queue);
    }
    Result result =
        type.equals("elasticmapreduce")
            ? ElasticMapReduce.call(action, arguments, calling)
            : calling.apply(action, arguments);
    if (!(result instanceof Result.Given given)) {
      if (type.equals("sqs") && isWithoutQueue(result)) {
        String host = host(queue);
        if (host != null && !calls.resolves(host)) {
          return hostNotThere(host);
        }
      }
      return AwsFailures.of(result, type, names);
    }
    return sdk
        ? new TaskOutcome.Succeeded(Payload.of(given.json()))
        : optimised(given, type, action);
  }

  private static JsonNode arguments(TaskInvocation invocation, String type, String action) {
    JsonNode json = invocation.arguments().json();
    return type.equals("events") && action.equals("putEvents")
        ? Events.withOrigin(json, invocation.executionArn())
        : json;
  }

  private static boolean isUrl(String text) {
    return text.startsWith("https://") || text.startsWith("http://");
  }

  private static boolean isWithoutQueue(Result result) {
    if (!(result instanceof Result.Refused(_, AwsServiceException exception))) {
      return false;
    }
    AwsErrorDetails details = exception.awsErrorDetails();
    String code = details == null ? "" : String.valueOf(details.errorCode());
    return code.endsWith("NonExistentQueue") || code.endsWith("QueueDoesNotExist");
  }

  private static @Nullable String host(String url) {
    try {
      return URI.create(url).getHost();
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// The first SDK sent a message to its queue's URL: where that had only a name, or a host that is
  /// not there, nothing answered. Here the connection says where SQS is, and SQS is asked first.
  private static TaskOutcome hostNotThere(String host) {
    return Failures.failed(
        "SQS.SdkClientException",
        "Unable to execute HTTP request: " + host + ": Name or service not known");
  }

  private static TaskOutcome optimised(Result.Given given, String type, String action) {
    ObjectNode output = given.json();
    AwsResponse response = given.response();
    if (type.equals("events") && output.path("FailedEntryCount").asInt(0) > 0) {
      return Failures.failed("EventBridge.FailedEntry", output.toString());
    }
    if (type.equals("bedrock") && action.equals("invokeModel")) {
      parseBody(output);
    }
    String requestId = response.responseMetadata().requestId();
    SdkMetadata.addTo(
        output,
        response.sdkHttpResponse().statusCode(),
        response.sdkHttpResponse().headers(),
        requestId == null ? "" : requestId);
    return new TaskOutcome.Succeeded(Payload.of(output));
  }

  /// What a model answers is JSON in all but a few cases.
  private static void parseBody(ObjectNode output) {
    JsonNode body = output.path(AwsOperation.BODY);
    if (body.isString()) {
      try {
        output.set(AwsOperation.BODY, PayloadJson.MAPPER.readTree(body.stringValue()));
      } catch (JacksonException _) {
        // It stays the text that it is.
      }
    }
  }

  private static String plain(String action) {
    int pattern = action.indexOf('.');
    return pattern < 0 ? action : action.substring(0, pattern);
  }

  /// What Step Functions adds to events: where they come from.
  private static final class Events {
    static JsonNode withOrigin(JsonNode json, String executionArn) {
      if (!(json.deepCopy() instanceof ObjectNode events)
          || !(events.path("Entries") instanceof ArrayNode entries)) {
        return json;
      }
      String machine =
          executionArn.replaceFirst(":execution:", ":stateMachine:").replaceFirst(":[^:]*$", "");
      for (JsonNode entry : entries) {
        if (entry instanceof ObjectNode event) {
          JsonNode resources = event.path("Resources");
          ArrayNode all =
              resources instanceof ArrayNode there ? there : event.putArray("Resources");
          all.add(executionArn).add(machine);
        }
      }
      return events;
    }
  }
}
