package io.gradus.example.vod;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests and answers of AWS services from and to JSON, by the SDK's own models.
public final class SdkJson {
  private static final JsonMapper JSON = new JsonMapper();

  private SdkJson() {}

  /// Fills a request's builder.
  ///
  /// @throws IllegalArgumentException with a sentence, where the model has no such member, has it
  ///   of another type, or requires one that is not there
  public static <B extends SdkPojo> B read(B builder, JsonNode json) {
    fill(builder, json, "");
    return builder;
  }

  private static void fill(SdkPojo builder, JsonNode json, String place) {
    if (!json.isObject()) {
      throw wrong(place, "an object");
    }
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    builder.sdkFields().forEach(field -> fields.put(field.locationName(), field));
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      String where = place.isEmpty() ? member.getKey() : place + "." + member.getKey();
      SdkField<?> field = fields.get(member.getKey());
      if (field == null) {
        throw new IllegalArgumentException("There is no member '" + where + "'");
      }
      if (!member.getValue().isNull()) {
        field.set(builder, value(field, member.getValue(), where));
      }
    }
    for (SdkField<?> field : fields.values()) {
      if (field.containsTrait(RequiredTrait.class) && field.getValueOrDefault(builder) == null) {
        throw new IllegalArgumentException(
            "The member '"
                + (place.isEmpty() ? "" : place + ".")
                + field.locationName()
                + "' is required");
      }
    }
  }

  private static Object value(SdkField<?> field, JsonNode json, String place) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> of(json.isString(), json.asString(""), place, "a text");
      case INTEGER -> of(json.canConvertToInt(), json.asInt(0), place, "an integer");
      case LONG -> of(json.canConvertToLong(), json.asLong(0), place, "an integer");
      case DOUBLE -> of(json.isNumber(), json.asDouble(0), place, "a number");
      case FLOAT -> of(json.isNumber(), (float) json.asDouble(0), place, "a number");
      case BOOLEAN -> of(json.isBoolean(), json.asBoolean(false), place, "true or false");
      case INSTANT ->
          of(
              json.isNumber(),
              Instant.ofEpochMilli(Math.round(json.asDouble(0) * 1_000)),
              place,
              "a moment");
      case LIST -> {
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        List<Object> values = new ArrayList<>();
        for (JsonNode each : of(json.isArray(), json, place, "a list")) {
          values.add(value(member, each, place + "[" + values.size() + "]"));
        }
        yield values;
      }
      case MAP -> {
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each :
            of(json.isObject(), json, place, "an object").properties()) {
          values.put(each.getKey(), value(member, each.getValue(), place + "." + each.getKey()));
        }
        yield values;
      }
      case SDK_POJO -> {
        SdkPojo builder = field.constructor().get();
        fill(builder, json, place);
        yield ((Buildable) builder).build();
      }
      case SHORT, BYTE, BIG_DECIMAL, SDK_BYTES, DOCUMENT, NULL ->
          throw new IllegalArgumentException("The member '" + place + "' is of no use here");
    };
  }

  private static <T> T of(boolean fits, T value, String place, String expected) {
    if (!fits) {
      throw wrong(place, expected);
    }
    return value;
  }

  private static IllegalArgumentException wrong(String place, String expected) {
    return new IllegalArgumentException(
        (place.isEmpty() ? "The request" : "The member '" + place + "'") + " must be " + expected);
  }

  /// An answer as a service writes it.
  public static ObjectNode write(SdkPojo answer) {
    ObjectNode json = JSON.createObjectNode();
    for (SdkField<?> field : answer.sdkFields()) {
      JsonNode value = written(field.getValueOrDefault(answer));
      if (value != null) {
        json.set(field.locationName(), value);
      }
    }
    return json;
  }

  private static @Nullable JsonNode written(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case SdkAutoConstructList<?> _ -> null;
      case SdkAutoConstructMap<?, ?> _ -> null;
      case SdkPojo pojo -> write(pojo);
      case Instant moment -> JSON.valueToTree(moment.toEpochMilli() / 1_000.0);
      case List<?> list -> {
        ArrayNode array = JSON.createArrayNode();
        list.forEach(each -> array.add(written(each)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = JSON.createObjectNode();
        map.forEach((key, each) -> object.set(String.valueOf(key), written(each)));
        yield object;
      }
      default -> JSON.valueToTree(value);
    };
  }
}
