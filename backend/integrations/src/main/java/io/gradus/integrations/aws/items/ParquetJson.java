package io.gradus.integrations.aws.items;

import dev.hardwood.row.PqInterval;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.PqVariant;
import dev.hardwood.row.StructAccessor;
import io.gradus.engine.PayloadJson;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Parquet's values as JSON: numbers and booleans as such, binaries in Base64, dates, times,
/// timestamps and UUIDs as strings in their ISO forms, lists as arrays, maps and groups as objects.
/// A number that JSON has none for (`NaN`) is a string.
final class ParquetJson {
  private ParquetJson() {}

  static byte[] row(StructAccessor row) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(256);
    try (JsonGenerator json = PayloadJson.MAPPER.createGenerator(text)) {
      struct(json, row);
    }
    return text.toByteArray();
  }

  private static void struct(JsonGenerator json, StructAccessor struct) {
    json.writeStartObject();
    for (int i = 0; i < struct.getFieldCount(); i++) {
      json.writeName(struct.getFieldName(i));
      value(json, struct.isNull(i) ? null : struct.getValue(i));
    }
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean yes -> json.writeBoolean(yes);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case Float number when Float.isFinite(number) -> json.writeNumber(number);
      case Double number when Double.isFinite(number) -> json.writeNumber(number);
      case byte[] bytes -> json.writeString(Base64.getEncoder().encodeToString(bytes));
      case StructAccessor struct -> struct(json, struct);
      case PqList list -> list(json, list);
      case PqMap map -> map(json, map);
      case PqVariant variant -> variant(json, variant);
      case PqInterval interval ->
          json.writeString(
              "P%dM%dDT%sS"
                  .formatted(
                      interval.months(),
                      interval.days(),
                      BigDecimal.valueOf(interval.milliseconds(), 3).toPlainString()));
      default -> json.writeString(value.toString());
    }
  }

  private static void list(JsonGenerator json, PqList list) {
    json.writeStartArray();
    for (int i = 0; i < list.size(); i++) {
      value(json, list.isNull(i) ? null : list.get(i));
    }
    json.writeEndArray();
  }

  private static void map(JsonGenerator json, PqMap map) {
    json.writeStartObject();
    for (PqMap.Entry entry : map.getEntries()) {
      Object key = entry.getKey();
      json.writeName(
          key instanceof byte[] bytes
              ? Base64.getEncoder().encodeToString(bytes)
              : String.valueOf(key));
      value(json, entry.isValueNull() ? null : entry.getValue());
    }
    json.writeEndObject();
  }

  private static void variant(JsonGenerator json, PqVariant variant) {
    switch (variant.type()) {
      case OBJECT -> {
        var object = variant.asObject();
        json.writeStartObject();
        for (int i = 0; i < object.getFieldCount(); i++) {
          String name = object.getFieldName(i);
          json.writeName(name);
          value(json, object.isNull(name) ? null : object.getVariant(name));
        }
        json.writeEndObject();
      }
      case ARRAY -> {
        json.writeStartArray();
        for (PqVariant element : variant.asArray()) {
          variant(json, element);
        }
        json.writeEndArray();
      }
      case NULL -> json.writeNull();
      case BOOLEAN_TRUE, BOOLEAN_FALSE -> json.writeBoolean(variant.asBoolean());
      case INT8, INT16, INT32 -> json.writeNumber(variant.asInt());
      case INT64 -> json.writeNumber(variant.asLong());
      case FLOAT -> value(json, variant.asFloat());
      case DOUBLE -> value(json, variant.asDouble());
      case DECIMAL4, DECIMAL8, DECIMAL16 -> json.writeNumber(variant.asDecimal());
      case STRING -> json.writeString(variant.asString());
      case BINARY -> value(json, variant.asBinary());
      case DATE -> value(json, variant.asDate());
      case TIME_NTZ -> value(json, variant.asTime());
      case TIMESTAMP, TIMESTAMP_NANOS -> value(json, variant.asTimestamp());
      case TIMESTAMP_NTZ, TIMESTAMP_NTZ_NANOS -> value(json, variant.asLocalTimestamp());
      case UUID -> value(json, variant.asUuid());
    }
  }
}
