package io.gradus.service.trigger;

import io.gradus.engine.PayloadJson;
import io.gradus.engine.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Events in EventBridge's form, which is what a trigger's template sees.
final class TriggerEvents {
  private static final String DETAIL = "detail";

  private final String region;

  /// @param region stands in every event
  TriggerEvents(String region) {
    this.region = region;
  }

  /// A moment of a schedule has come. Made again for the same moment, it is the same.
  ObjectNode scheduled(TenantId tenant, String account, UUID trigger, String name, Instant moment) {
    String id =
        UUID.nameUUIDFromBytes(
                (tenant.value() + "|" + trigger + "|" + moment).getBytes(StandardCharsets.UTF_8))
            .toString();
    ObjectNode event = event(id, "Scheduled Event", "gradus.scheduler", account, moment);
    event
        .putArray("resources")
        .add("arn:aws:scheduler:" + region + ":" + account + ":schedule/default/" + name);
    event.putObject(DETAIL);
    return event;
  }

  /// Another program has sent something.
  ///
  /// @param headers what else it said
  ObjectNode delivered(
      String id, String account, Instant at, JsonNode body, Map<String, String> headers) {
    ObjectNode event = event(id, "Webhook Delivery", "gradus.webhook", account, at);
    event.putArray("resources");
    event.set(DETAIL, body);
    ObjectNode told = event.putObject("headers");
    headers.forEach(told::put);
    return event;
  }

  /// A queue has a message.
  ///
  /// @param message with `MessageId`, `Body`, `Attributes`, `MessageAttributes`
  ObjectNode received(String account, Instant at, String queueUrl, JsonNode message) {
    String id = message.path("MessageId").asString("");
    ObjectNode event = event(id, "SQS Message", "gradus.sqs", account, at);
    event.putArray("resources").add(queueUrl);
    ObjectNode detail = event.putObject(DETAIL);
    detail.put("messageId", id);
    detail.set("body", body(message.path("Body").asString("")));
    copy(message, "Attributes", detail, "attributes");
    copy(message, "MessageAttributes", detail, "messageAttributes");
    return event;
  }

  /// A body that is JSON is taken for what it says; any other is a text.
  private static JsonNode body(String text) {
    try {
      JsonNode json = PayloadJson.MAPPER.readTree(text);
      if (json != null && !json.isMissingNode()) {
        return json;
      }
    } catch (JacksonException _) {
      // It stays the text that it is.
    }
    return JsonNodeFactory.instance.stringNode(text);
  }

  private static void copy(JsonNode from, String name, ObjectNode to, String as) {
    JsonNode value = from.path(name);
    if (value.isObject()) {
      to.set(as, value);
    } else {
      to.putObject(as);
    }
  }

  private ObjectNode event(String id, String type, String source, String account, Instant at) {
    return PayloadJson.MAPPER
        .createObjectNode()
        .put("version", "0")
        .put("id", id)
        .put("detail-type", type)
        .put("source", source)
        .put("account", account)
        .put("time", at.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("region", region);
  }
}
