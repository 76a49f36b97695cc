package io.gradus.api.json;

import io.gradus.api.json.RecordShape.Field;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Requests and answers as a Task of the AWS SDK integrations spells them: members begin with a
/// capital, and JSON that stands where text is wanted is written as its text.
public final class SdkForm {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SdkForm() {}

  /// A Task's parameters as the protocol's request.
  ///
  /// @throws IllegalArgumentException with a sentence for the caller where the operation has no
  ///   such parameter
  public static ObjectNode request(JsonNode parameters, Class<? extends Record> type) {
    if (!parameters.isObject()) {
      throw new IllegalArgumentException("The parameters must be an object");
    }
    ObjectNode request = JSON.objectNode();
    List<Field> fields = RecordShape.of(type).fields();
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      String name = parameter.getKey();
      Field field =
          fields.stream()
              .filter(each -> capital(each.name()).equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "The field '" + name + "' is not supported by Step Functions"));
      request.set(field.name(), member(parameter.getValue(), field));
    }
    return request;
  }

  private static JsonNode member(JsonNode value, Field field) {
    Class<?> element = field.element();
    if (field.type() == String.class && value.isContainer()) {
      return JSON.stringNode(value.toString());
    }
    if (field.type().isRecord() && value.isObject()) {
      return request(value, field.type().asSubclass(Record.class));
    }
    if (value.isArray() && element != null && element.isRecord()) {
      ArrayNode items = JSON.arrayNode();
      for (JsonNode item : value) {
        items.add(item.isObject() ? request(item, element.asSubclass(Record.class)) : item);
      }
      return items;
    }
    return value;
  }

  /// An answer as a Task's result.
  public static ObjectNode answer(Record answer) {
    ObjectNode result = JSON.objectNode();
    for (Field field : RecordShape.of(answer.getClass()).fields()) {
      Object value = RecordShape.valueOf(field, answer);
      if (value != null) {
        result.set(capital(field.name()), tree(value));
      }
    }
    return result;
  }

  private static JsonNode tree(@Nullable Object value) {
    return switch (value) {
      case null -> JSON.nullNode();
      case String text -> JSON.stringNode(text);
      case Boolean flag -> JSON.booleanNode(flag);
      case Integer number -> JSON.numberNode(number);
      case Long number -> JSON.numberNode(number);
      case Double number -> JSON.numberNode(number);
      case Instant time -> JSON.stringNode(time.truncatedTo(ChronoUnit.MILLIS).toString());
      case Enum<?> constant -> JSON.stringNode(constant.name());
      case Record nested -> answer(nested);
      case List<?> list -> {
        ArrayNode items = JSON.arrayNode();
        list.forEach(item -> items.add(tree(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        ObjectNode object = JSON.objectNode();
        map.forEach((name, item) -> object.set(String.valueOf(name), tree(item)));
        yield object;
      }
      case JsonNode tree -> tree;
      default ->
          throw new IllegalStateException(
              "expected a type of the protocol, found " + value.getClass().getName());
    };
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
