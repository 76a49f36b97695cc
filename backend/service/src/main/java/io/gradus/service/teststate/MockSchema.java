package io.gradus.service.teststate;

import io.gradus.asl.model.Resource;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.teststate.StateTest.FieldValidation;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Holds a given result to what the service's API says of its answers. Fields that the API does not
/// know are let pass, as AWS does.
final class MockSchema {
  private final ServiceModels models = new ServiceModels();

  /// Lets a fitting result pass.
  ///
  /// @throws Refusal ValidationException that names the first field that does not fit
  void check(Resource resource, JsonNode result, FieldValidation validation) {
    if (validation == FieldValidation.NONE) {
      return;
    }
    models
        .answerOf(resource)
        .ifPresent(
            answer -> {
              boolean payloadIsFree =
                  resource.resourceType().equals("lambda") && resource.action().equals("invoke");
              new Check(answer.shapes(), validation, payloadIsFree)
                  .value(result, "#" + answer.name(), "result");
            });
  }

  /// One comparison.
  ///
  /// @param payloadIsFree whether `Payload` is any JSON: the optimised Lambda integration decodes
  ///   it
  private record Check(JsonNode shapes, FieldValidation validation, boolean payloadIsFree) {
    void value(JsonNode value, String type, String field) {
      if (value.isNull()) {
        return;
      }
      JsonNode shape = type.startsWith("#") ? shapes.path(type.substring(1)) : null;
      if (shape == null) {
        simple(value, type, field);
      } else if (shape.has("fields")) {
        structure(value, shape, field);
      } else if (shape.has("list")) {
        demand(value.isArray(), field, "must be an array");
        value.forEach(item -> value(item, shape.path("list").stringValue(), field));
      } else if (shape.has("map")) {
        demand(value.isObject(), field, "must be an object");
        value
            .properties()
            .forEach(
                entry -> value(entry.getValue(), shape.path("map").stringValue(), entry.getKey()));
      } else if (shape.has("type")) {
        simple(value, shape.path("type").stringValue(), field);
        bounds(value, shape, field);
      }
    }

    private void structure(JsonNode value, JsonNode shape, String field) {
      demand(value.isObject(), field, "must be an object");
      if (validation == FieldValidation.STRICT) {
        for (JsonNode required : shape.path("required")) {
          if (!value.has(required.stringValue())) {
            throw refused("Required field '" + required.stringValue() + "' is missing");
          }
        }
      }
      JsonNode known = shape.path("fields");
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        JsonNode type = known.get(member.getKey());
        boolean free = payloadIsFree && member.getKey().equals("Payload");
        if (type != null && !free) {
          value(member.getValue(), type.stringValue(), member.getKey());
        }
      }
    }

    private static void simple(JsonNode value, String type, String field) {
      switch (type) {
        case "number" -> demand(value.isNumber(), field, "must be a number");
        case "boolean" -> demand(value.isBoolean(), field, "must be a boolean");
        case "string", "timestamp", "blob" -> demand(value.isString(), field, "must be a string");
        default -> throw new IllegalStateException("expected a simple type, found " + type);
      }
    }

    private static void bounds(JsonNode value, JsonNode shape, String field) {
      JsonNode allowed = shape.get("enum");
      if (allowed != null) {
        boolean known = false;
        for (JsonNode one : allowed) {
          known |= one.equals(value);
        }
        demand(known, field, "is not an expected value");
      }
      JsonNode min = shape.get("min");
      JsonNode max = shape.get("max");
      if (value.isNumber()) {
        demand(
            min == null || value.doubleValue() >= min.doubleValue(),
            field,
            "is less than the minimum value");
        demand(
            max == null || value.doubleValue() <= max.doubleValue(),
            field,
            "exceeds the maximum value");
      } else {
        long length = length(value.stringValue(), shape.path("type").stringValue());
        demand(
            min == null || length >= min.longValue(), field, "is smaller than the minimum length");
        demand(max == null || length <= max.longValue(), field, "exceeds the maximum length");
      }
    }

    /// In characters; of a blob, in bytes where it is base64.
    private static long length(String text, String type) {
      if (type.equals("blob")) {
        try {
          return Base64.getDecoder().decode(text).length;
        } catch (IllegalArgumentException _) {
          return text.length();
        }
      }
      return text.codePointCount(0, text.length());
    }

    private static void demand(boolean holds, String field, String otherwise) {
      if (!holds) {
        throw refused("Field '" + field + "' " + otherwise);
      }
    }

    private static Refusal refused(String what) {
      return new Refusal(ErrorCode.VALIDATION, "Mock result schema validation error: " + what);
    }
  }
}
