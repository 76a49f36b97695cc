package io.gradus.integrations;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.StateName;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Invocations as the runtime would make them.
public final class Invocations {
  public static final TenantId TENANT =
      new TenantId(UUID.fromString("00000000-0000-0000-0000-0000000000aa"));
  public static final ExecutionKey EXECUTION =
      new ExecutionKey(TENANT, UUID.fromString("01900000-0000-7000-8000-000000000001"));
  public static final String EXECUTION_ARN =
      "arn:aws:states:us-east-1:111111111111:execution:machine:run";

  private Invocations() {}

  public static TaskInvocation of(String resource, String arguments) {
    return of(resource, arguments, 3);
  }

  public static TaskInvocation of(String resource, String arguments, long attempt) {
    return new TaskInvocation(
        EXECUTION,
        EXECUTION_ARN,
        new TaskId(FrameId.ROOT, attempt),
        new StateName("Call"),
        new Resource(resource),
        Payload.ofText(arguments),
        0,
        "token",
        null,
        null,
        null);
  }

  /// Invokes and waits for the outcome.
  public static TaskOutcome outcome(Connector connector, TaskInvocation invocation) {
    try {
      return connector.invoke(invocation).toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("expected an outcome", e);
    }
  }

  /// The output of a success.
  public static JsonNode output(TaskOutcome outcome) {
    return switch (outcome) {
      case TaskOutcome.Succeeded succeeded -> succeeded.output().json();
      case TaskOutcome.Submitted submitted -> submitted.output().json();
      case TaskOutcome.Failed failed -> throw new AssertionError("expected success: " + failed);
    };
  }

  /// A failure.
  public static TaskOutcome.Failed failed(TaskOutcome outcome) {
    if (outcome instanceof TaskOutcome.Failed failed) {
      return failed;
    }
    throw new AssertionError("expected a failure, found " + outcome);
  }
}
