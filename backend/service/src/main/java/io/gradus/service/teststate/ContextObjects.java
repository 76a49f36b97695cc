package io.gradus.service.teststate;

import io.gradus.engine.PayloadJson;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Checks a context object that somebody gives.
final class ContextObjects {
  private static final Map<String, Map<String, Type>> FIELDS =
      Map.of(
          "Execution",
          Map.of(
              "Id", Type.STRING,
              "Input", Type.ANY,
              "Name", Type.STRING,
              "RoleArn", Type.STRING,
              "StartTime", Type.STRING,
              "RedriveCount", Type.NUMBER,
              "RedriveTime", Type.STRING),
          "State",
          Map.of(
              "EnteredTime", Type.STRING,
              "Name", Type.STRING,
              "RetryCount", Type.NUMBER),
          "StateMachine",
          Map.of("Id", Type.STRING, "Name", Type.STRING),
          "Task",
          Map.of("Token", Type.STRING));

  private ContextObjects() {}

  private enum Type {
    STRING("a string"),
    NUMBER("a number"),
    ANY("");

    private final String words;

    Type(String words) {
      this.words = words;
    }

    boolean fits(JsonNode value) {
      return switch (this) {
        case STRING -> value.isString();
        case NUMBER -> value.isNumber();
        case ANY -> true;
      };
    }
  }

  /// Refuses what is no context object.
  ///
  /// @throws Refusal ValidationException
  static void check(String json) {
    JsonNode context;
    try {
      context = PayloadJson.MAPPER.readTree(json);
    } catch (JacksonException _) {
      throw invalid("must be a valid JSON object");
    }
    if (!context.isObject()) {
      throw invalid("must be a valid JSON object");
    }
    for (Map.Entry<String, JsonNode> part : context.properties()) {
      String name = part.getKey();
      if (name.equals("Map")) {
        throw invalid("'Map' field is not supported when mocking a Context object");
      }
      Map<String, Type> fields = FIELDS.get(name);
      if (fields == null) {
        throw invalid("Field '" + name + "' is not allowed");
      }
      if (!part.getValue().isObject()) {
        throw invalid(name + " must be an object");
      }
      check(name, part.getValue(), fields);
    }
  }

  private static void check(String part, JsonNode object, Map<String, Type> fields) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      Type type = fields.get(member.getKey());
      if (type == null) {
        throw invalid("Field '" + member.getKey() + "' is not allowed");
      }
      if (!type.fits(member.getValue())) {
        throw invalid(part + "." + member.getKey() + " must be " + type.words);
      }
    }
  }

  private static Refusal invalid(String what) {
    return new Refusal(ErrorCode.VALIDATION, "Invalid Context object provided: " + what);
  }
}
