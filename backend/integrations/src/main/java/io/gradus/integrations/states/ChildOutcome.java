package io.gradus.integrations.states;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import io.gradus.integrations.states.ExecutionStarter.FinishedChild;
import tools.jackson.databind.node.ObjectNode;

/// What the end of a child means for the `startExecution.sync` task that started it.
///
/// | resource | `Input` and `Output` |
/// |---|---|
/// | `startExecution.sync` | JSON as text |
/// | `startExecution.sync:2` | JSON |
///
/// A child that did not succeed fails the task with `States.TaskFailed`, its description being the
/// cause (always with text: AWS's `.sync:2` shapes only what succeeds).
public final class ChildOutcome {
  private ChildOutcome() {}

  /// The outcome of the parent's task.
  ///
  /// @param resource of the parent's task
  public static TaskOutcome of(Resource resource, FinishedChild child) {
    boolean succeeded = child.status().equals("SUCCEEDED");
    boolean asJson = succeeded && resource.arn().endsWith(".sync:2");
    ObjectNode description = PayloadJson.MAPPER.createObjectNode();
    put(description, "Cause", child.cause());
    put(description, "Error", child.error());
    description.put("ExecutionArn", child.executionArn());
    put(description, "Input", child.input(), asJson);
    description.put("Name", child.name());
    if (child.output() != null) {
      put(description, "Output", child.output(), asJson);
    }
    description.put("StartDate", child.startDate().toEpochMilli());
    description.put("StateMachineArn", child.stateMachineArn());
    description.put("Status", child.status());
    description.put("StopDate", child.stopDate().toEpochMilli());
    return succeeded
        ? new TaskOutcome.Succeeded(Payload.of(description))
        : Failures.failed(ErrorName.TASK_FAILED, description.toString());
  }

  private static void put(
      ObjectNode node, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  private static void put(ObjectNode node, String name, Payload value, boolean asJson) {
    if (asJson) {
      node.set(name, value.json());
    } else {
      node.put(name, value.toString());
    }
    node.putObject(name + "Details").put("Included", true);
  }
}
