package io.gradus.integrations.aws;

import io.gradus.engine.PayloadJson;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An answer of the SDK as JSON: what the service did not say is not there.
final class AnswerJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AnswerJson() {}

  static ObjectNode of(SdkPojo answer, MemberNames names) {
    ObjectNode json = PayloadJson.MAPPER.createObjectNode();
    for (SdkField<?> field : answer.sdkFields()) {
      Object value = field.getValueOrDefault(answer);
      if (value != null
          && !(value instanceof SdkAutoConstructList<?>)
          && !(value instanceof SdkAutoConstructMap<?, ?>)) {
        json.set(names.of(field), json(value, names));
      }
    }
    return json;
  }

  private static JsonNode json(Object value, MemberNames names) {
    return switch (value) {
      case String text -> JSON.stringNode(text);
      case Boolean bool -> JSON.booleanNode(bool);
      case Integer number -> JSON.numberNode(number);
      case Long number -> JSON.numberNode(number);
      case Short number -> JSON.numberNode(number);
      case Byte number -> JSON.numberNode(number);
      case Float number -> JSON.numberNode(number);
      case Double number -> JSON.numberNode(number);
      case BigDecimal number -> JSON.numberNode(number);
      case Instant instant -> instant(instant, names);
      case SdkBytes bytes -> JSON.stringNode(text(bytes));
      case SdkPojo pojo -> of(pojo, names);
      case List<?> list -> {
        ArrayNode array = PayloadJson.MAPPER.createArrayNode();
        list.forEach(
            element -> array.add(element == null ? JSON.nullNode() : json(element, names)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = PayloadJson.MAPPER.createObjectNode();
        map.forEach(
            (key, element) ->
                object.set(
                    String.valueOf(key), element == null ? JSON.nullNode() : json(element, names)));
        yield object;
      }
      case Document document -> document(document);
      default ->
          throw new IllegalStateException("expected a value of the SDK, found " + value.getClass());
    };
  }

  /// SDK integrations write a moment as text, optimised ones count milliseconds.
  private static JsonNode instant(Instant instant, MemberNames names) {
    return names == MemberNames.SDK
        ? JSON.stringNode(DateTimeFormatter.ISO_INSTANT.format(instant))
        : JSON.numberNode(instant.toEpochMilli());
  }

  private static JsonNode document(Document document) {
    if (document.isMap()) {
      ObjectNode object = PayloadJson.MAPPER.createObjectNode();
      document.asMap().forEach((name, member) -> object.set(name, document(member)));
      return object;
    }
    if (document.isList()) {
      ArrayNode array = PayloadJson.MAPPER.createArrayNode();
      document.asList().forEach(element -> array.add(document(element)));
      return array;
    }
    if (document.isNumber()) {
      return JSON.numberNode(document.asNumber().bigDecimalValue());
    }
    if (document.isBoolean()) {
      return JSON.booleanNode(document.asBoolean());
    }
    return document.isString() ? JSON.stringNode(document.asString()) : JSON.nullNode();
  }

  /// Text where the bytes are text; otherwise Base64.
  static String text(SdkBytes bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.asByteArrayUnsafe()))
          .toString();
    } catch (CharacterCodingException _) {
      return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }
  }
}
