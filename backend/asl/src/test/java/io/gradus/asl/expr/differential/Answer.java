package io.gradus.asl.expr.differential;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.expr.StageTrace;
import io.gradus.asl.expr.jsonata.JsonataFlow;
import io.gradus.asl.model.Expr;
import java.time.Instant;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an expression came to.
sealed interface Answer {
  JsonMapper JSON = JsonMapper.builder().build();
  Instant NOW = Instant.parse("2024-02-03T04:05:06.789Z");
  JsonNode CONTEXT =
      JSON.readTree(
          "{\"Execution\":{\"Id\":\"arn:e\",\"Input\":{\"k\":1}},\"State\":{\"Name\":\"S\"}}");
  Pattern CODE = Pattern.compile("[.] ([STDU]\\d{4}): ");

  record Value(JsonNode json) implements Answer {}

  /// Undefined.
  record Nothing() implements Answer {}

  /// A function, or a value that holds one.
  record NotJson() implements Answer {}

  /// `NaN` or infinity, which JSON does not have.
  record NoNumber() implements Answer {}

  /// @param code null where there is none
  record Failed(@Nullable String code, String message) implements Answer {}

  /// Gradus's own bounds of work, memory and depth.
  record Bounded(String message) implements Answer {}

  /// What the reference implementation said.
  static Answer read(JsonNode line) {
    if (line.has("v")) {
      return new Value(line.get("v"));
    }
    if (line.has("u")) {
      return new Nothing();
    }
    if (line.has("n")) {
      return new NoNumber();
    }
    if (line.has("f")) {
      return new NotJson();
    }
    String code = line.path("c").asString("");
    String message = line.path("m").asString("");
    return code.equals("RANGE")
        ? new Bounded(message)
        : new Failed(code.equals("JS") ? null : code, message);
  }

  /// What Gradus says.
  static Answer of(String expression, JsonNode input) {
    Scope scope =
        new Scope(input, () -> CONTEXT, _ -> null, NOW, new Random(1)::nextLong, StageTrace.NONE);
    try {
      return new Value(
          new JsonataFlow().field(new Expr.Jsonata(expression), input, "Output", scope));
    } catch (EvaluationFailure failure) {
      return failed(failure.causeText());
    }
  }

  private static Answer failed(String cause) {
    if (cause.endsWith(" returned nothing (undefined).")) {
      return new Nothing();
    }
    if (cause.endsWith(" returned an unsupported result type.")) {
      return new NotJson();
    }
    if (cause.contains(": Expression evaluation ") || cause.contains(": Stack overflow error")) {
      return new Bounded(cause);
    }
    Matcher code = CODE.matcher(cause);
    String found = null;
    while (code.find()) {
      found = code.group(1);
    }
    return new Failed(found, cause);
  }
}
