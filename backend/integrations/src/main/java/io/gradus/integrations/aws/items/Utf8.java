package io.gradus.integrations.aws.items;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads UTF-8 and nothing else.
final class Utf8 {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  String decode(byte[] bytes, int from, int length) throws CharacterCodingException {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] < 0) {
        CharBuffer text = decoder.decode(ByteBuffer.wrap(bytes, from, length));
        return text.toString();
      }
    }
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1); // ASCII alone
  }
}
