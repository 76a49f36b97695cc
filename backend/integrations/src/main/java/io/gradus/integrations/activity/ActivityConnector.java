package io.gradus.integrations.activity;

import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Activities. There is nothing to call: the open task's row is the queue that workers poll, and
/// the worker's answer completes it. This only says that the resource is known.
public final class ActivityConnector implements Connector {
  private static final TaskOutcome SUBMITTED =
      new TaskOutcome.Submitted(Payload.of(PayloadJson.MAPPER.createObjectNode()));

  @Override
  public boolean handles(Resource resource) {
    return resource.isActivity();
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    return CompletableFuture.completedStage(SUBMITTED);
  }
}
