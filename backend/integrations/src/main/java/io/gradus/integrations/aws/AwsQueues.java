package io.gradus.integrations.aws;

import io.gradus.engine.PayloadJson;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.aws.AwsCalls.Result;
import io.gradus.integrations.egress.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// SQS queues, through the tenant's connection.
public final class AwsQueues {
  private static final String SQS = "sqs";
  private static final Duration ANSWER = Duration.ofSeconds(15);

  /// SQS's own have 36 characters.
  private static final int MAX_ID = 100;

  private final AwsCalls calls;

  /// A message.
  ///
  /// @param json as SQS gives it: `MessageId`, `Body`, `Attributes`, `MessageAttributes`
  public record Message(String id, String receipt, JsonNode json) {}

  public AwsQueues(AwsCalls calls) {
    this.calls = calls;
  }

  /// Messages, as soon as there are some; none after `wait`. Blocks; meant for virtual threads.
  ///
  /// @param most how many, 1 to 10
  /// @throws AwsUnreachable where there is no answer
  public List<Message> receive(TenantId tenant, String queueUrl, int most, Duration wait) {
    ObjectNode request = PayloadJson.MAPPER.createObjectNode();
    request
        .put("QueueUrl", queueUrl)
        .put("MaxNumberOfMessages", most)
        .put("WaitTimeSeconds", wait.toSeconds());
    request.putArray("MessageSystemAttributeNames").add("All");
    request.putArray("MessageAttributeNames").add("All");
    List<Message> messages = new ArrayList<>();
    for (JsonNode message :
        call(tenant, "receiveMessage", request, wait.plus(ANSWER)).path("Messages")) {
      String id = message.path("MessageId").asString("");
      String receipt = message.path("ReceiptHandle").asString("");
      if (!id.isEmpty() && id.length() <= MAX_ID && !receipt.isEmpty()) {
        messages.add(new Message(id, receipt, message));
      }
    }
    return messages;
  }

  /// Deletes messages; one that is not deleted comes again.
  ///
  /// @throws AwsUnreachable where there is no answer
  public void delete(TenantId tenant, String queueUrl, List<Message> messages) {
    if (!messages.isEmpty()) {
      call(tenant, "deleteMessageBatch", request(queueUrl, messages, false), ANSWER);
    }
  }

  /// Leaves messages to whoever asks next, at once instead of when their visibility is over.
  ///
  /// @throws AwsUnreachable where there is no answer
  public void giveBack(TenantId tenant, String queueUrl, List<Message> messages) {
    if (!messages.isEmpty()) {
      call(tenant, "changeMessageVisibilityBatch", request(queueUrl, messages, true), ANSWER);
    }
  }

  private static ObjectNode request(String queueUrl, List<Message> messages, boolean isVisible) {
    ObjectNode request = PayloadJson.MAPPER.createObjectNode().put("QueueUrl", queueUrl);
    ArrayNode entries = request.putArray("Entries");
    for (Message message : messages) {
      ObjectNode entry =
          entries
              .addObject()
              .put("Id", String.valueOf(entries.size()))
              .put("ReceiptHandle", message.receipt());
      if (isVisible) {
        entry.put("VisibilityTimeout", 0);
      }
    }
    return request;
  }

  private ObjectNode call(TenantId tenant, String operation, ObjectNode request, Duration timeout) {
    Result result =
        calls.make(
            new AwsCalls.Request(
                tenant,
                SQS,
                operation,
                request,
                null,
                MemberNames.SERVICE,
                UUID.randomUUID().toString(),
                timeout),
            new Call());
    if (result instanceof Result.Given given) {
      return given.json();
    }
    TaskOutcome.Failed failed = AwsFailures.of(result, SQS, MemberNames.SERVICE);
    throw new AwsUnreachable(failed);
  }
}
