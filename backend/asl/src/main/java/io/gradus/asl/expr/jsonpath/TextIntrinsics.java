package io.gradus.asl.expr.jsonpath;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The intrinsic functions on texts.
final class TextIntrinsics {
  /// Characters that Base64 and hash functions take.
  static final int MAX_ENCODED = 10_000;

  /// What a digit of Base64 holds.
  private static final int DIGIT_BITS = 6;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TextIntrinsics() {}

  static JsonNode base64Encode(Arguments a) {
    byte[] bytes = limited(a, a.count(1, 1).text(0)).getBytes(StandardCharsets.UTF_8);
    return JSON.stringNode(Base64.getEncoder().encodeToString(bytes));
  }

  /// Takes any text, as AWS does: what is no digit of Base64 is passed over, the first `=` ends it.
  static JsonNode base64Decode(Arguments a) {
    String text = limited(a, a.count(1, 1).text(0));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int held = 0;
    int bits = 0;
    for (int i = 0; i < text.length() && text.charAt(i) != '='; i++) {
      int digit = digit(text.charAt(i));
      if (digit < 0) {
        continue;
      }
      held = (held << DIGIT_BITS) | digit;
      bits += DIGIT_BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        bytes.write(held >> bits);
        held &= (1 << bits) - 1;
      }
    }
    return JSON.stringNode(bytes.toString(StandardCharsets.UTF_8));
  }

  private static int digit(char c) {
    return switch (c) {
      case '+', '-' -> 62;
      case '/', '_' -> 63;
      default ->
          c >= 'A' && c <= 'Z'
              ? c - 'A'
              : c >= 'a' && c <= 'z' ? c - 'a' + 26 : c >= '0' && c <= '9' ? c - '0' + 52 : -1;
    };
  }

  static JsonNode hash(Arguments a) {
    JsonNode data = a.count(2, 2).any(0);
    String text = limited(a, data.isString() ? data.stringValue() : data.toString());
    return JSON.stringNode(digest(a, text, a.text(1)));
  }

  private static String digest(Arguments a, String text, String algorithm) {
    String known =
        switch (algorithm) {
          case "MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512" -> algorithm;
          default -> throw a.invalid();
        };
    try {
      byte[] digest =
          MessageDigest.getInstance(known).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have " + known, e);
    }
  }

  private static String limited(Arguments a, String text) {
    if (text.length() > MAX_ENCODED) {
      throw a.invalid();
    }
    return text;
  }

  /// Splits at any of the separator's characters and drops empty pieces, as AWS does.
  static JsonNode split(Arguments a) {
    String text = a.count(2, 2).text(0);
    BitSet separators = new BitSet();
    a.text(1).codePoints().forEach(separators::set);
    ArrayNode pieces = JSON.arrayNode();
    int from = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (separators.get(c)) {
        addPiece(pieces, text, from, i);
        from = next;
      }
      i = next;
    }
    addPiece(pieces, text, from, text.length());
    return pieces;
  }

  private static void addPiece(ArrayNode pieces, String text, int from, int to) {
    if (from < to) {
      pieces.add(text.substring(from, to));
    }
  }

  /// Puts the arguments in the place of the template's `{}`; `\{`, `\}` and `\\` stand for
  /// themselves.
  static JsonNode format(Arguments a) {
    String template = a.count(1, Integer.MAX_VALUE).text(0);
    StringBuilder text = new StringBuilder(template.length() + 32);
    int next = 1;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      boolean more = i + 1 < template.length();
      if (c == '\\' && more && "{}\\'".indexOf(template.charAt(i + 1)) >= 0) {
        text.append(template.charAt(++i));
      } else if (c == '{' && more && template.charAt(i + 1) == '}') {
        if (next >= a.size()) {
          throw a.invalid();
        }
        text.append(JavaText.of(a.any(next++)));
        i++;
      } else if (c == '{' || c == '}') {
        throw a.refused(
            "Invalid template in States.Format: matching '%s' not found for '%s'."
                .formatted(c == '{' ? '}' : '{', c));
      } else {
        text.append(c);
      }
    }
    if (next != a.size()) {
      throw a.invalid();
    }
    return JSON.stringNode(text.toString());
  }
}
