package io.gradus.service.execution;

import io.gradus.engine.PayloadJson;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Checks that what an execution is started with, or a task is completed with, is JSON that the
/// engine can work on. The text itself is passed on as it came.
public final class ExecutionInput {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(PayloadJson.MAX_DEPTH)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ExecutionInput() {}

  /// An execution's input in UTF-8.
  ///
  /// @param maxBytes how long it may be
  /// @throws Refusal InvalidExecutionInput
  public static byte[] check(String input, int maxBytes) {
    try {
      return checked(input, maxBytes, "Invalid execution input.");
    } catch (NotJson e) {
      throw new Refusal(
          ErrorCode.INVALID_EXECUTION_INPUT,
          "Invalid State Machine Execution Input: '" + e.getMessage() + "'");
    }
  }

  /// A task's output in UTF-8.
  ///
  /// @param maxBytes how long it may be
  /// @throws Refusal InvalidOutput
  public static byte[] checkOutput(String output, int maxBytes) {
    try {
      return checked(output, maxBytes, "Invalid task output.");
    } catch (NotJson e) {
      throw new Refusal(ErrorCode.INVALID_OUTPUT, "Invalid Output: '" + e.getMessage() + "'");
    }
  }

  private static byte[] checked(String text, int maxBytes, String whenEmpty) throws NotJson {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > maxBytes) {
      throw new NotJson("The size exceeds the maximum of " + maxBytes + " bytes.");
    }
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() == null) {
        throw new NotJson(whenEmpty);
      }
      walk(json);
      if (json.nextToken() != null) {
        throw new NotJson("Trailing token found after the JSON value.");
      }
    } catch (JacksonException e) {
      throw new NotJson(sentence(e));
    }
    return utf8;
  }

  private static void walk(JsonParser json) throws NotJson {
    int depth = 0;
    do {
      JsonToken token = json.currentToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT
          && Double.isInfinite(json.getDoubleValue())) {
        throw new NotJson("Numeric value out of range of double");
      }
    } while (depth > 0 && json.nextToken() != null);
  }

  /// The parser's sentence, in the words of the version that AWS's answers come from.
  private static String sentence(JacksonException e) {
    return String.valueOf(e.getOriginalMessage())
        .replaceAll("\\(start marker at \\[Source: .*?\\]\\)", "(start marker missing its end)")
        .replace("to start property name", "to start field name")
        .replace("Duplicate Object property", "Duplicate field");
  }

  /// Why a text is not taken.
  private static final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;

    NotJson(String message) {
      super(message, null, false, false);
    }
  }
}
