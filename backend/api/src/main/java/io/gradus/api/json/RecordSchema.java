package io.gradus.api.json;

import io.gradus.api.json.RecordShape.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A record class as a JSON schema, found out from what the reader and the writer go by: it cannot
/// say anything else than they do.
public final class RecordSchema {
  private RecordSchema() {}

  /// The schema of a record.
  ///
  /// @param without names of members that stand elsewhere, in the path for example
  public static Map<String, Object> of(Class<? extends Record> type, List<String> without) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Field field : RecordShape.of(type).fields()) {
      if (without.contains(field.name())) {
        continue;
      }
      properties.put(field.name(), schema(field.type(), field.element(), field.constraint()));
      if (field.constraint() != null && field.constraint().required()) {
        required.add(field.name());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  private static Map<String, Object> schema(
      Class<?> type, @Nullable Class<?> element, @Nullable Member constraint) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (type == String.class) {
      schema.put("type", "string");
      bounds(schema, "minLength", "maxLength", constraint);
      if (constraint != null && !constraint.pattern().isEmpty()) {
        schema.put("pattern", constraint.pattern());
      }
    } else if (type == Boolean.class) {
      schema.put("type", "boolean");
    } else if (type == Integer.class || type == Long.class) {
      schema.put("type", "integer");
      bounds(schema, "minimum", "maximum", constraint);
    } else if (type == Double.class) {
      schema.put("type", "number");
      bounds(schema, "minimum", "maximum", constraint);
    } else if (type == Instant.class) {
      schema.put("type", "string");
      schema.put("format", "date-time");
    } else if (type.isEnum()) {
      schema.put("type", "string");
      schema.put("enum", Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList());
    } else if (type == List.class && element != null) {
      schema.put("type", "array");
      schema.put("items", schema(element, null, constraint));
    } else if (type.isRecord()) {
      return of(type.asSubclass(Record.class), List.of());
    } else if (type != JsonNode.class) {
      throw new IllegalStateException("expected a type of the protocol, found " + type.getName());
    }
    return schema;
  }

  private static void bounds(
      Map<String, Object> schema, String least, String most, @Nullable Member constraint) {
    if (constraint != null && constraint.min() != 0) {
      schema.put(least, constraint.min());
    }
    if (constraint != null && constraint.max() != Long.MAX_VALUE) {
      schema.put(most, constraint.max());
    }
  }
}
