package io.gradus.service.approval;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.integrations.approval.ApprovalRequest;
import io.gradus.runtime.node.InboxMessage;
import io.gradus.store.Approvals;
import io.gradus.store.EngineApprovals.Ended;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a decision is to the task that asked for it.
final class ApprovalResult {
  private ApprovalResult() {}

  /// The message that completes the task.
  ///
  /// @param form what the last one to decide filled in
  static byte[] message(Ended ended, @Nullable JsonNode form) {
    boolean rejected = ended.outcome().equals(ApprovalRequest.REJECTED);
    return rejected && ended.failOnReject()
        ? InboxMessage.failure(
            ended.task(), new ErrorName(ApprovalRequest.REJECTED_ERROR), cause(ended))
        : InboxMessage.success(ended.task(), Payload.of(output(ended, form)));
  }

  private static ObjectNode output(Ended ended, @Nullable JsonNode form) {
    ObjectNode output = PayloadJson.MAPPER.createObjectNode();
    output.put("Decision", ended.outcome());
    ArrayNode deciders = output.putArray("DecidedBy");
    ArrayNode comments = output.putArray("Comments");
    for (Approvals.Vote vote : ended.votes()) {
      deciders.add(vote.login());
      if (vote.comment() != null) {
        comments.add(vote.comment());
      }
    }
    output.set("Form", form == null ? PayloadJson.MAPPER.createObjectNode() : form);
    output.put("DecidedAt", ended.at().toString());
    return output;
  }

  /// The comment of who rejected; without one, who did.
  private static String cause(Ended ended) {
    Approvals.Vote last = ended.votes().getLast();
    return last.comment() == null ? "Rejected by " + last.login() : last.comment();
  }
}
