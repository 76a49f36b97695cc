package io.gradus.integrations.approval;

import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// `approval:request.waitForTaskToken`: a callback whose worker is a person. Its result is
/// `{"Decision", "DecidedBy", "Comments", "Form", "DecidedAt"}`. It ends with the task that made
/// it: what the database does when the task's row goes.
public final class ApprovalConnector implements Connector {
  private final ApprovalDesk desk;

  public ApprovalConnector(ApprovalDesk desk) {
    this.desk = desk;
  }

  @Override
  public boolean handles(Resource resource) {
    return resource.isApproval();
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    ApprovalRequest request;
    try {
      request = ApprovalArguments.read(invocation.arguments().json());
      if (request.form() != null) {
        desk.checkForm(request.form());
      }
    } catch (InvalidRequest invalid) {
      return CompletableFuture.completedStage(
          Failures.failed(InvalidRequest.ERROR, invalid.getMessage()));
    }
    return desk.open(invocation, request).thenApply(ApprovalConnector::submitted);
  }

  private static TaskOutcome submitted(UUID id) {
    return new TaskOutcome.Succeeded(
        Payload.of(PayloadJson.MAPPER.createObjectNode().put("ApprovalId", id.toString())));
  }
}
