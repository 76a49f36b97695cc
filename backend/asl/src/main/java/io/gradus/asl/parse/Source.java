package io.gradus.asl.parse;

import io.gradus.asl.parse.Diagnostic.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A definition as it was sent: its text, and its JSON where it is a JSON object.
///
/// @param tree null where the text is not a JSON object; the faults then say why
public record Source(String text, @Nullable ObjectNode tree) {
  /// The longest definition in characters; AWS's quota.
  public static final int MAX_LENGTH = 1_048_576;

  /// Reads the JSON of a definition. Never throws for its contents.
  public static Source read(String text, Faults faults) {
    if (text.isBlank()) {
      faults.nowhere(Code.MISSING_DESCRIPTION, "Received a null or empty workflow input.");
      return new Source(text, null);
    }
    if (text.length() > MAX_LENGTH) {
      faults.nowhere(
          Code.INVALID_JSON_DESCRIPTION,
          "The definition's length (%d) exceeds the maximum allowed (%d)"
              .formatted(text.length(), MAX_LENGTH));
      return new Source("", null);
    }
    ObjectNode tree = new JsonReading(text, faults).read();
    faults.of(tree);
    return new Source(text, tree);
  }

  /// Reads one state, as TestState takes it: the tree is that of a definition of this state alone.
  public static Source readState(String text, Faults faults) {
    Source state = read(text, faults);
    if (state.tree() == null) {
      return state;
    }
    String name = DefinitionParser.TESTED.value();
    ObjectNode definition = state.tree().objectNode();
    definition.put("StartAt", name).putObject("States").set(name, state.tree());
    faults.of(definition);
    return new Source(text, definition);
  }

  /// Decodes UTF-8 strictly. Returns null, with a fault, where the bytes are not UTF-8.
  public static @Nullable String decode(byte[] utf8, Faults faults) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8))
          .toString();
    } catch (CharacterCodingException e) {
      faults.nowhere(Code.INVALID_JSON_DESCRIPTION, "Invalid UTF-8 in the definition");
      return null;
    }
  }
}
