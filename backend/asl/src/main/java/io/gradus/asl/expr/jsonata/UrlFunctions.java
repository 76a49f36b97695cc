package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `$encodeUrl`, `$encodeUrlComponent`, `$decodeUrl` and `$decodeUrlComponent`, as JavaScript's
/// `encodeURI` and its relatives have it: a space is `%20`, and a plus sign is itself.
final class UrlFunctions {
  private static final String UNRESERVED = "-_.!~*'()";
  private static final int ESCAPE = "%xx".length();
  private static final String RESERVED = ";/?:@&=+$,#";

  private UrlFunctions() {}

  static @Nullable Object encode(List<?> arguments, boolean wholeUrl) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    StringBuilder encoded = new StringBuilder();
    for (byte b : utf8(text, wholeUrl ? "encodeUrl" : "encodeUrlComponent")) {
      char c = (char) (b & 0xFF);
      if (isPlain(c, wholeUrl)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(hex(b >> 4)).append(hex(b));
      }
      Weights.text(encoded.length());
    }
    return encoded.toString();
  }

  private static boolean isPlain(char c, boolean wholeUrl) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0
        || (wholeUrl && RESERVED.indexOf(c) >= 0);
  }

  private static char hex(int value) {
    return "0123456789ABCDEF".charAt(value & 0xF);
  }

  private static byte[] utf8(String text, String function) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (CharacterCodingException _) {
      throw malformed(text, function); // half of a surrogate pair
    }
  }

  static @Nullable Object decode(List<?> arguments, boolean wholeUrl) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    String function = wholeUrl ? "decodeUrl" : "decodeUrlComponent";
    StringBuilder decoded = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) != '%') {
        decoded.append(text.charAt(i++));
        continue;
      }
      int from = i;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      while (i < text.length() && text.charAt(i) == '%') {
        bytes.write(escaped(text, i, function));
        i += 3;
      }
      decoded.append(characters(text, from, bytes.toByteArray(), wholeUrl, function));
    }
    return decoded.toString();
  }

  private static int escaped(String text, int at, String function) {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw malformed(text, function);
    }
    return high * 16 + low;
  }

  /// A whole URL keeps its escaped separators escaped.
  private static CharSequence characters(
      String text, int from, byte[] bytes, boolean wholeUrl, String function) {
    CharBuffer decoded;
    try {
      decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException _) {
      throw malformed(text, function);
    }
    if (!wholeUrl) {
      return decoded;
    }
    StringBuilder kept = new StringBuilder();
    int at = from;
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      int escape = ESCAPE * utf8Length(c);
      kept.append(RESERVED.indexOf(c) >= 0 ? text.substring(at, at + escape) : String.valueOf(c));
      at += escape;
    }
    return kept;
  }

  /// The bytes of a character; a surrogate is half of four.
  private static int utf8Length(char c) {
    if (Character.isSurrogate(c)) {
      return 2;
    }
    return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
  }

  private static JException malformed(String text, String function) {
    return new JException("D3140", -1, function, text);
  }
}
