package io.gradus.api.json;

import io.gradus.engine.ExecutionInfo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a request's body as one JSON object, within bounds.
///
/// A member that is written twice is refused: two readers of one request must never see two
/// different requests.
public final class JsonBody {
  /// Deepest nesting of a request's envelope. A definition or an input is text within it.
  static final int MAX_DEPTH = 32;

  /// Longest text: the largest payload that can be allowed, and room for the model's own check to
  /// answer.
  static final int MAX_TEXT = ExecutionInfo.Limits.MAX_PAYLOAD_BYTES + 1024 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_TEXT)
                          .maxNumberLength(64)
                          .maxNameLength(1_024)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /// The object in the body; an empty body is an empty object.
  ///
  /// @throws BadRequest (serialization) where the body is not UTF-8, not JSON or not an object
  public static JsonNode read(byte[] body) {
    if (body.length == 0) {
      return MAPPER.createObjectNode();
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(decode(body));
    } catch (CharacterCodingException e) {
      throw new BadRequest(BadRequest.Kind.SERIALIZATION, "Invalid UTF-8 in the request");
    } catch (JacksonException e) {
      throw new BadRequest(BadRequest.Kind.SERIALIZATION, String.valueOf(e.getOriginalMessage()));
    }
    if (node == null || !node.isObject()) {
      throw new BadRequest(
          BadRequest.Kind.SERIALIZATION, "Expected the request to be a JSON object");
    }
    return node;
  }

  private static String decode(byte[] body) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(body))
        .toString();
  }
}
