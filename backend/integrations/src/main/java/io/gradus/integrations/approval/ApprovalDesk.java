package io.gradus.integrations.approval;

import io.gradus.engine.port.TaskInvocation;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/// Where what people are asked is put before them.
public interface ApprovalDesk {
  /// Looks at the form that is to be filled in.
  ///
  /// @throws InvalidRequest for one that nobody could
  void checkForm(JsonNode form) throws InvalidRequest;

  /// Puts it before them; durable when the stage completes. The same task has one approval, however
  /// often it is asked for. The stage completes exceptionally only for defects.
  ///
  /// @return the approval's id
  CompletionStage<UUID> open(TaskInvocation task, ApprovalRequest request);
}
