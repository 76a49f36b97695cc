package io.gradus.asl.cloudformation;

import io.gradus.asl.cloudformation.TemplateMachine.Fault;
import io.gradus.asl.text.Yaml;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a text that is JSON or YAML, of bounded length and depth.
final class TextReading {
  private static final int MAX_DEPTH = 500;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TextReading() {}

  static boolean isJson(String text) {
    return text.strip().startsWith("{");
  }

  /// A template as a tree.
  static JsonNode tree(String text) throws TemplateFault {
    return parsed(isJson(text) ? text : json(Yaml.ofTemplate(text)));
  }

  /// A definition alone as JSON with placeholders. JSON is taken as it is.
  static String definition(String text) throws TemplateFault {
    if (text.length() > Templates.MAX_LENGTH) {
      throw new TemplateFault("This is longer than 1 MB");
    }
    if (isJson(text)) {
      return text;
    }
    Yaml.Read read = Yaml.withPlaceholders(text);
    boolean tagged =
        read instanceof Yaml.Fault && Yaml.ofTemplate(text) instanceof Yaml.Json && hasTag(text);
    return tagged ? new Intrinsics().tree(tree(text)).toString() : json(read);
  }

  /// Definitions that belong in a template are sometimes kept apart with their functions.
  private static boolean hasTag(String text) {
    return text.contains(" !");
  }

  private static String json(Yaml.Read read) throws TemplateFault {
    return switch (read) {
      case Yaml.Json(String text) -> text;
      case Yaml.Fault(String message, int line, int column) ->
          throw new TemplateFault(new Fault(message, line, column));
    };
  }

  private static JsonNode parsed(String text) throws TemplateFault {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      String first = e.getOriginalMessage().lines().findFirst().orElse("it can't be read");
      throw new TemplateFault(
          new Fault(
              "Invalid JSON: " + first,
              at == null ? 1 : Math.max(1, at.getLineNr()),
              at == null ? 1 : Math.max(1, at.getColumnNr())));
    }
  }
}
