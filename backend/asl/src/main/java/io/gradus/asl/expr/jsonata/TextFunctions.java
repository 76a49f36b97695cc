package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import com.dashjoin.jsonata.Utils.JList;
import io.gradus.asl.expr.JsonText;
import io.gradus.asl.expr.RandomSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// `$hash`, `$uuid`, `$parse`, `$pad`, `$uppercase`, `$lowercase`, `$string` and `$base64decode`.
final class TextFunctions {
  private static final int PIECE = 128;

  private TextFunctions() {}

  static @Nullable Object hash(List<?> arguments) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    String algorithm =
        switch (Arguments.optional(arguments, 1)) {
          case null -> "SHA-256";
          case String s when List.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512").contains(s) ->
              s;
          case String s ->
              throw new JException(
                  "D3137",
                  -1,
                  "Hash algorithm '"
                      + s
                      + "' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5");
          default -> throw Arguments.refused("hash", 2);
        };
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have " + algorithm, e);
    }
  }

  static Object uuid() {
    RandomSource random = Evaluation.current().scope().random();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(0xC0L << 56)) | (0x80L << 56);
    return new UUID(high, low).toString();
  }

  static @Nullable Object parse(List<?> arguments) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    try {
      JsonNode value = JsonText.read(text);
      return value.isMissingNode() ? null : Values.of(value);
    } catch (JacksonException e) {
      throw new JException("D3137", -1, "Invalid JSON: " + e.getOriginalMessage());
    }
  }

  /// Pads with the second text's characters, to the right where the width is positive.
  static @Nullable Object pad(List<?> arguments) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    if (!(Arguments.optional(arguments, 1) instanceof Number number)) {
      return text;
    }
    double width = number.doubleValue();
    int[] with =
        Arguments.optional(arguments, 2) instanceof String s && !s.isEmpty()
            ? s.codePoints().toArray()
            : new int[] {' '};
    long missing = (long) Math.abs(width) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    Weights.text(text.length() + missing);
    StringBuilder padding = new StringBuilder();
    for (int i = 0; i < missing; i++) {
      padding.appendCodePoint(with[i % with.length]);
    }
    return width < 0 ? padding + text : text + padding;
  }

  static @Nullable Object uppercase(List<?> arguments) {
    return converted(arguments, piece -> piece.toUpperCase(Locale.ROOT));
  }

  static @Nullable Object lowercase(List<?> arguments) {
    return converted(arguments, piece -> piece.toLowerCase(Locale.ROOT));
  }

  /// Converts piece by piece: Java needs quadratic time for a long text whose characters become two
  /// (`ß`).
  private static @Nullable Object converted(List<?> arguments, UnaryOperator<String> conversion) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    if (text.length() <= PIECE) {
      return conversion.apply(text);
    }
    StringBuilder converted = new StringBuilder(text.length());
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + PIECE);
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
        to++;
      }
      converted.append(conversion.apply(text.substring(from, to)));
      Weights.text(converted.length());
      Evaluation.current().budget().spend(to - from);
      from = to;
    }
    return converted.toString();
  }

  static @Nullable Object string(List<?> arguments) {
    Object value = arguments.get(0);
    if (value instanceof JList<?> wrapped && wrapped.outerWrapper) {
      value = wrapped.getFirst();
    }
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Double d when !Double.isFinite(d) -> throw new JException("D3001", -1, d);
      default ->
          isFunction(value)
              ? ""
              : JsonWriting.write(value, Boolean.TRUE.equals(Arguments.optional(arguments, 1)));
    };
  }

  private static boolean isFunction(Object value) {
    return Utils.isFunction(value) || Functions.isLambda(value);
  }

  /// By code points.
  static @Nullable Object substring(List<?> arguments) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    int length = text.codePointCount(0, text.length());
    if (!(Arguments.optional(arguments, 1) instanceof Number number)) {
      return text;
    }
    double start = number.doubleValue() < -length ? 0 : number.doubleValue();
    double from = start < 0 ? length + start : start;
    double to = length;
    if (Arguments.optional(arguments, 2) instanceof Number n) {
      if (n.doubleValue() <= 0) {
        return "";
      }
      to = start >= 0 ? start + n.doubleValue() : length + start + n.doubleValue();
    }
    int first = (int) Math.min(length, from);
    int last = (int) Math.max(first, Math.min(length, to));
    return text.substring(text.offsetByCodePoints(0, first), text.offsetByCodePoints(0, last));
  }

  static @Nullable Object length(List<?> arguments) {
    return arguments.get(0) instanceof String text ? text.codePointCount(0, text.length()) : null;
  }

  static @Nullable Object base64decode(List<?> arguments) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    String digits = text.replaceAll("[^A-Za-z0-9+/]", "");
    String whole = digits.length() % 4 == 1 ? digits.substring(0, digits.length() - 1) : digits;
    return new String(Base64.getDecoder().decode(whole), StandardCharsets.UTF_8);
  }
}
