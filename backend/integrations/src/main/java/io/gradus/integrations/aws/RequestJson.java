package io.gradus.integrations.aws;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.databind.JsonNode;

/// A task's arguments as a request of the SDK. What cannot be one is said with its place, in the
/// words of Step Functions.
final class RequestJson {
  private static final int MAX_DIGITS = 400;

  private RequestJson() {}

  /// Fills the builder.
  ///
  /// @param extra a member that is no field of the request and is passed over; null for none
  /// @throws IllegalArgumentException with a sentence for the author, if a member is unknown or of
  ///   another type
  static void fill(SdkPojo builder, JsonNode json, @Nullable String extra) {
    fill(builder, json, "", extra);
  }

  private static void fill(SdkPojo builder, JsonNode json, String place, @Nullable String extra) {
    if (!json.isObject()) {
      throw wrong(place, "an OBJECT");
    }
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    for (SdkField<?> field : builder.sdkFields()) {
      fields.put(lower(field.locationName()), field);
    }
    for (SdkField<?> field : builder.sdkFields()) {
      fields.put(lower(field.memberName()), field);
    }
    json.properties()
        .forEach(
            member -> {
              SdkField<?> field = fields.get(lower(member.getKey()));
              String where = place.isEmpty() ? member.getKey() : place + "." + member.getKey();
              if (field != null) {
                field.set(builder, value(field, member.getValue(), where));
              } else if (!member.getKey().equals(extra)) {
                throw new IllegalArgumentException(
                    "The field '" + where + "' is not supported by Step Functions");
              }
            });
  }

  private static @Nullable Object value(SdkField<?> field, JsonNode json, String place) {
    if (json.isNull()) {
      return null;
    }
    MarshallingKnownType type = field.marshallingType().getKnownType();
    return switch (type) {
      case STRING -> text(json);
      case INTEGER -> (int) integer(json, place, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> integer(json, place, Long.MIN_VALUE, Long.MAX_VALUE);
      case SHORT -> (short) integer(json, place, Short.MIN_VALUE, Short.MAX_VALUE);
      case BYTE -> (byte) integer(json, place, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case FLOAT -> number(json, place).floatValue();
      case DOUBLE -> number(json, place).doubleValue();
      case BIG_DECIMAL -> number(json, place);
      case BOOLEAN -> bool(json, place);
      case INSTANT -> instant(json, place);
      case SDK_BYTES -> bytes(json);
      case SDK_POJO -> pojo(field, json, place);
      case LIST -> list(field, json, place);
      case MAP -> map(field, json, place);
      case DOCUMENT -> document(json);
      case NULL -> throw wrong(place, "NULL");
    };
  }

  /// Text is meant by a text; by anything else its JSON is (a message that is an object).
  static String text(JsonNode json) {
    return json.isString() ? json.stringValue() : json.toString();
  }

  /// Bytes, as [#text].
  static SdkBytes bytes(JsonNode json) {
    return SdkBytes.fromByteArray(text(json).getBytes(StandardCharsets.UTF_8));
  }

  private static long integer(JsonNode json, String place, long least, long most) {
    try {
      long number = decimal(json).longValueExact();
      if (number >= least && number <= most) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException _) {
      // as anything else that is none
    }
    throw wrong(place, "an INTEGER");
  }

  private static BigDecimal number(JsonNode json, String place) {
    try {
      return decimal(json);
    } catch (NumberFormatException _) {
      throw wrong(place, "a NUMBER");
    }
  }

  /// Within what writing it out in full takes little memory for.
  ///
  /// @throws NumberFormatException if it is no such number
  private static BigDecimal decimal(JsonNode json) {
    BigDecimal number =
        json.isNumber() ? json.decimalValue() : new BigDecimal(json.isString() ? text(json) : "");
    if (Math.abs((long) number.scale()) > MAX_DIGITS || number.precision() > MAX_DIGITS) {
      throw new NumberFormatException("out of bounds");
    }
    return number;
  }

  private static boolean bool(JsonNode json, String place) {
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    return switch (json.isString() ? lower(json.stringValue()) : "") {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(place, "a BOOLEAN");
    };
  }

  private static Instant instant(JsonNode json, String place) {
    if (json.isNumber()) {
      return Instant.ofEpochMilli(number(json, place).movePointRight(3).longValue());
    }
    try {
      return OffsetDateTime.parse(text(json)).toInstant();
    } catch (DateTimeParseException _) {
      throw wrong(place, "a TIMESTAMP");
    }
  }

  private static Object pojo(SdkField<?> field, JsonNode json, String place) {
    SdkPojo builder = field.constructor().get();
    fill(builder, json, place, null);
    return ((Buildable) builder).build();
  }

  private static List<@Nullable Object> list(SdkField<?> field, JsonNode json, String place) {
    if (!json.isArray()) {
      throw wrong(place, "an ARRAY");
    }
    SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
    List<@Nullable Object> values = new ArrayList<>();
    for (JsonNode element : json) {
      values.add(value(member, element, place + "[" + values.size() + "]"));
    }
    return values;
  }

  private static Map<String, @Nullable Object> map(SdkField<?> field, JsonNode json, String place) {
    if (!json.isObject()) {
      throw wrong(place, "an OBJECT");
    }
    SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    json.properties()
        .forEach(
            entry ->
                values.put(
                    entry.getKey(), value(member, entry.getValue(), place + "." + entry.getKey())));
    return values;
  }

  private static Document document(JsonNode json) {
    if (json.isObject()) {
      Map<String, Document> members = new LinkedHashMap<>();
      json.properties().forEach(entry -> members.put(entry.getKey(), document(entry.getValue())));
      return Document.fromMap(members);
    }
    if (json.isArray()) {
      List<Document> elements = new ArrayList<>();
      json.forEach(element -> elements.add(document(element)));
      return Document.fromList(elements);
    }
    if (json.isNumber()) {
      return Document.fromNumber(json.decimalValue());
    }
    if (json.isBoolean()) {
      return Document.fromBoolean(json.booleanValue());
    }
    return json.isNull() ? Document.fromNull() : Document.fromString(text(json));
  }

  private static IllegalArgumentException wrong(String place, String expected) {
    return new IllegalArgumentException(
        place.isEmpty()
            ? "The arguments of the call must be " + expected
            : "The value for the field '" + place + "' must be " + expected);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
