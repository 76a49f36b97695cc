package io.gradus.asl.expr.jsonpath;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Numbers as the intrinsic functions and comparisons treat them: `1` and `1.0` are equal.
final class Numbers {
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private Numbers() {}

  /// A JSON number's text; null where it is none.
  static @Nullable JsonNode parse(String text) {
    if (text.length() > 400 || !text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")) {
      return null;
    }
    if (text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      return integer(new BigInteger(text));
    }
    return JsonNodeFactory.instance.numberNode(Double.parseDouble(text));
  }

  /// The narrowest node that holds the integer.
  static JsonNode integer(BigInteger value) {
    if (value.compareTo(LONG_MIN) < 0 || value.compareTo(LONG_MAX) > 0) {
      return JsonNodeFactory.instance.numberNode(value);
    }
    return integer(value.longValue());
  }

  static JsonNode integer(long value) {
    int narrow = (int) value;
    return narrow == value
        ? JsonNodeFactory.instance.numberNode(narrow)
        : JsonNodeFactory.instance.numberNode(value);
  }

  static int compare(JsonNode a, JsonNode b) {
    if (a.isInt() && b.isInt()) {
      return Integer.compare(a.intValue(), b.intValue());
    }
    return a.decimalValue().compareTo(b.decimalValue());
  }

  /// JSON equality in which `1` equals `1.0`, at any depth.
  static boolean same(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return compare(a, b) == 0;
    }
    if (a.getNodeType() != b.getNodeType() || !a.isContainer()) {
      return a.equals(b);
    }
    return a.equals(Numbers::order, b);
  }

  private static int order(JsonNode a, JsonNode b) {
    return a.isNumber() && b.isNumber() ? compare(a, b) : a.equals(b) ? 0 : 1;
  }

  /// Rounds to an integer, halves upwards, as `Math.round`; null beyond a long.
  static @Nullable Long rounded(JsonNode number) {
    if (number.isIntegralNumber()) {
      return number.canConvertToLong() ? number.longValue() : null;
    }
    double value = number.decimalValue().doubleValue(); // infinite where a node would throw
    return Math.abs(value) < 0x1.0p62 ? (Long) Math.round(value) : null;
  }

  /// Rounds towards zero; null beyond a long.
  static @Nullable Long truncated(JsonNode number) {
    if (number.isIntegralNumber()) {
      return number.canConvertToLong() ? number.longValue() : null;
    }
    double value = number.decimalValue().doubleValue(); // infinite where a node would throw
    return Math.abs(value) < 0x1.0p62 ? (Long) (long) value : null;
  }
}
