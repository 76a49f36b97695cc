package io.gradus.integrations.states;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.Resource.Pattern;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import io.gradus.integrations.SdkMetadata;
import io.gradus.integrations.states.ExecutionStarter.Answer;
import io.gradus.integrations.states.ExecutionStarter.ParentLink;
import io.gradus.integrations.states.ExecutionStarter.StartRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `states:startExecution` in all its patterns. The child's end is not awaited here: it reaches the
/// parent's inbox, and the node that moves the parent makes the task's result of it.
public final class StartExecutionConnector implements Connector {
  private static final Set<String> ACTIONS =
      Set.of(
          "startExecution",
          "startExecution.sync",
          "startExecution.sync:2",
          "startExecution.waitForTaskToken");
  private static final Set<String> PARAMETERS =
      Set.of("StateMachineArn", "Name", "Input", "TraceHeader");

  private final ExecutionStarter starter;

  public StartExecutionConnector(ExecutionStarter starter) {
    this.starter = starter;
  }

  @Override
  public boolean handles(Resource resource) {
    return resource.resourceType().equals("states") && ACTIONS.contains(resource.action());
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    StartRequest request;
    try {
      request = request(invocation);
    } catch (IllegalArgumentException invalid) {
      return CompletableFuture.completedStage(
          Failures.failed(ErrorName.RUNTIME, invalid.getMessage()));
    }
    return starter.start(request).thenApply(answer -> outcome(request, answer));
  }

  @Override
  public void cancel(TaskInvocation invocation) {
    if (invocation.resource().pattern() == Pattern.SYNC) {
      starter.stopChild(link(invocation));
    }
  }

  /// The name of a child whose definition gives none: the same for every delivery of the task.
  static String defaultName(TaskInvocation invocation) {
    return UUID.nameUUIDFromBytes(
            (invocation.execution().tenant() + "/" + invocation.idempotencyKey())
                .getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private static StartRequest request(TaskInvocation invocation) {
    JsonNode parameters = invocation.arguments().json();
    if (!parameters.isObject()) {
      throw new IllegalArgumentException("The parameters of startExecution must be an object");
    }
    for (String name : parameters.propertyNames()) {
      if (!PARAMETERS.contains(name)) {
        throw new IllegalArgumentException(
            "The field '" + name + "' is not supported by Step Functions");
      }
    }
    String machine = text(parameters, "StateMachineArn");
    if (machine == null) {
      throw new IllegalArgumentException("The field 'StateMachineArn' is required but was missing");
    }
    String name = text(parameters, "Name");
    return new StartRequest(
        link(invocation),
        machine,
        name == null ? defaultName(invocation) : name,
        input(parameters.get("Input")),
        text(parameters, "TraceHeader"),
        invocation.childMocks() == null ? null : invocation.childMocks().toString());
  }

  /// Text is the API's own form of the input; anything else is what the text would say.
  private static String input(@Nullable JsonNode input) {
    if (input == null || input.isNull()) {
      return "{}";
    }
    return input.isString() ? input.stringValue() : input.toString();
  }

  private static @Nullable String text(JsonNode parameters, String name) {
    JsonNode value = parameters.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw new IllegalArgumentException("The value for the field '" + name + "' must be a STRING");
    }
    return value.stringValue();
  }

  private static ParentLink link(TaskInvocation invocation) {
    return new ParentLink(
        invocation.execution(),
        invocation.executionArn(),
        invocation.task(),
        invocation.resource().pattern());
  }

  private static TaskOutcome outcome(StartRequest request, Answer answer) {
    return switch (answer) {
      case Answer.Started started -> {
        Payload output = output(started);
        yield request.parent().pattern() == Pattern.SYNC
            ? new TaskOutcome.Submitted(output)
            : new TaskOutcome.Succeeded(output);
      }
      case Answer.Refused refused ->
          Failures.refusedByService(
              "StepFunctions",
              refused.errorCode() + (refused.errorCode().endsWith("Exception") ? "" : "Exception"),
              "AWSStepFunctions",
              refused.status(),
              refused.errorCode(),
              refused.message(),
              UUID.randomUUID().toString());
    };
  }

  /// AWS's answer, with the envelope that a call over HTTP would have had.
  private static Payload output(Answer.Started started) {
    BigDecimal startDate = BigDecimal.valueOf(started.startDate().toEpochMilli(), 3);
    ObjectNode wire = PayloadJson.MAPPER.createObjectNode();
    wire.put("executionArn", started.executionArn()).put("startDate", startDate);
    String requestId = UUID.randomUUID().toString();
    ObjectNode output = PayloadJson.MAPPER.createObjectNode();
    output.put("ExecutionArn", started.executionArn());
    SdkMetadata.addTo(
        output,
        200,
        Map.of(
            "x-amzn-RequestId", List.of(requestId),
            "connection", List.of("keep-alive"),
            "Content-Length", List.of(Integer.toString(Payload.of(wire).size())),
            "Date", List.of(httpDate(started.startDate())),
            "Content-Type", List.of("application/x-amz-json-1.0")),
        requestId);
    output.put("StartDate", startDate);
    return Payload.of(output);
  }

  private static String httpDate(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
  }
}
