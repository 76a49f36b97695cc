package io.gradus.runtime.node;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.State;
import io.gradus.engine.Command;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Frame;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a child execution tells its parent's task at its end: AWS's description of the execution.
final class ChildEnd {
  private ChildEnd() {}

  /// The description, with the output as JSON.
  static byte[] describe(Execution child, Instant stoppedAt) {
    var info = child.info();
    ObjectNode json = PayloadJson.MAPPER.createObjectNode();
    json.put("ExecutionArn", info.executionArn());
    putPayload(json, "Input", child.input());
    json.putObject("InputDetails").put("Included", true);
    json.put("Name", info.name());
    putPayload(json, "Output", child.output());
    if (child.output() != null) {
      json.putObject("OutputDetails").put("Included", true);
    }
    if (child.error() != null) {
      json.put("Error", child.error());
    }
    if (child.cause() != null) {
      json.put("Cause", child.cause());
    }
    json.put("StartDate", info.startedAt().toEpochMilli());
    json.put("StateMachineArn", info.stateMachineArn());
    json.put("Status", child.status().name());
    json.put("StopDate", stoppedAt.toEpochMilli());
    return PayloadJson.MAPPER.writeValueAsBytes(json);
  }

  private static void putPayload(ObjectNode json, String field, @Nullable Payload payload) {
    if (payload != null) {
      json.set(field, payload.json());
    }
  }

  /// The command for the parent. `.sync` gets input and output as strings of JSON, `.sync:2` as
  /// JSON; a failure is `States.TaskFailed` with the description as its cause.
  static Command command(Execution parent, TaskId task, byte[] description) {
    Resource resource = resource(parent, task);
    if (resource == null || resource.pattern() != Resource.Pattern.SYNC) {
      return new Command.Continue(); // it does not wait for its child
    }
    var json = (ObjectNode) PayloadJson.MAPPER.readTree(description);
    boolean succeeded = json.path("Status").asString().equals(ExecutionStatus.SUCCEEDED.name());
    if (!succeeded || !resource.arn().endsWith(".sync:2")) {
      asText(json, "Input");
      asText(json, "Output");
    }
    if (succeeded) {
      return new Command.TaskSucceeded(task, Payload.of(json));
    }
    String cause = PayloadJson.MAPPER.writeValueAsString(json);
    return new Command.TaskFailed(task, FailureKind.FAILED, ErrorName.TASK_FAILED, cause);
  }

  private static @Nullable Resource resource(Execution parent, TaskId task) {
    Frame frame = parent.frames().get(task.frame());
    return frame != null
            && frame.at() != null
            && parent.info().definition().state(frame.at().state()) instanceof State.Task state
        ? state.resource()
        : null;
  }

  private static void asText(ObjectNode json, String field) {
    JsonNode value = json.get(field);
    if (value != null) {
      json.put(field, PayloadJson.MAPPER.writeValueAsString(value));
    }
  }
}
