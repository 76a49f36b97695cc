package io.gradus.asl.expr;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON that an expression has as a text (`States.StringToJson`, `$parse`). Numbers keep
/// their digits; nesting and number length are bounded as in payloads.
public final class JsonText {
  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(500)
                          .maxNumberLength(1_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);

  private JsonText() {}

  /// The value of a text; a missing node where it holds nothing.
  ///
  /// @throws tools.jackson.core.JacksonException where it is not JSON
  public static JsonNode read(String text) {
    return READER.readTree(text);
  }
}
