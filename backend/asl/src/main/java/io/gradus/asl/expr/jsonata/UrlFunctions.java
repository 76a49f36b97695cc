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
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      while (i < text.length() && text.charAt(i) == '%') {
        bytes.write(escaped(text, i, function));
        i += 3;
      }
      decoded.append(characters(text, bytes.toByteArray(), wholeUrl, function));
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
      String text, byte[] bytes, boolean wholeUrl, String function) {
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
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (RESERVED.indexOf(c) >= 0) {
        kept.append('%').append(hex(c >> 4)).append(hex(c));
      } else {
        kept.append(c);
      }
    }
    return kept;
  }

  private static JException malformed(String text, String function) {
    return new JException("D3140", -1, function, text);
  }
}
