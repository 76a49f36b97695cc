package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import io.gradus.asl.expr.Scope;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `$number`, `$round`, `$formatBase`, `$formatInteger`, `$formatNumber`, `$parseInteger` and
/// `$random`.
final class NumberFunctions {
  private static final int LETTERS = 26;
  private static final int MAX_ROMAN = 100_000;

  /// Places that a double can have on either side of its point.
  private static final int PLACES = 400;

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
  private static final Pattern OTHER_BASE =
      Pattern.compile("0(?:[xX]([0-9A-Fa-f]+)|[oO]([0-7]+)|[bB]([01]+))");
  private static final Pattern DECIMAL_PICTURE =
      Pattern.compile("[#,.: ]*[0-9][#0-9,.: ]*(;o.*)?", Pattern.DOTALL);
  private static final int[] BASES = {16, 8, 2};

  private NumberFunctions() {}

  static Object random(List<?> arguments) {
    return Arguments.optional(arguments, 0) instanceof Number seed
        ? new Random(seed.longValue()).nextDouble() // AWS's own draw
        : scope().random().nextDouble();
  }

  /// To the even one of two that are as near.
  static @Nullable Object round(List<?> arguments) {
    if (!(arguments.get(0) instanceof Number value)) {
      return null;
    }
    double places = Arguments.optional(arguments, 1) instanceof Number n ? n.doubleValue() : 0;
    if (places != Math.rint(places)) {
      throw new JException("D1001", -1, places);
    }
    if (places > PLACES) {
      return value;
    }
    return decimal(value)
        .setScale((int) Math.max(places, -PLACES), RoundingMode.HALF_EVEN)
        .doubleValue();
  }

  static @Nullable Object power(List<?> arguments) {
    if (!(arguments.get(0) instanceof Number value)) {
      return null;
    }
    Number exponent = Arguments.number(arguments, 1, "power");
    double result = Math.pow(value.doubleValue(), exponent.doubleValue());
    if (!Double.isFinite(result)) {
      throw new JException("D3061", -1, value, exponent);
    }
    return result;
  }

  private static BigDecimal decimal(Number value) {
    double d = value.doubleValue();
    if (!Double.isFinite(d)) {
      throw new JException("D1001", -1, d);
    }
    return new BigDecimal(Double.toString(d));
  }

  static @Nullable Object formatBase(List<?> arguments) {
    if (!(arguments.get(0) instanceof Number value)) {
      return null;
    }
    BigInteger whole = decimal(value).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    int base =
        Arguments.optional(arguments, 1) instanceof Number n
            ? decimal(n).setScale(0, RoundingMode.HALF_EVEN).intValue()
            : 10;
    if (base < Character.MIN_RADIX || base > Character.MAX_RADIX) {
      throw new JException("D3100", -1, base);
    }
    return base == 10 ? JsonWriting.number(whole.doubleValue()) : whole.toString(base);
  }

  /// Roman numerals are written one thousand at a time: their number is bounded.
  static @Nullable Object formatInteger(List<?> arguments) {
    Number value = Arguments.optional(arguments, 0) instanceof Number n ? n : null;
    String picture = Arguments.picture(arguments, 1);
    boolean roman = picture != null && picture.toUpperCase(Locale.ROOT).startsWith("I");
    if (roman && value != null && Math.abs(value.doubleValue()) > MAX_ROMAN) {
      throw Breach.depth();
    }
    if (value == null || picture == null) {
      return null;
    }
    Number whole = Values.plain(Math.floor(value.doubleValue()));
    if (picture.equals("A") || picture.equals("a")) {
      return letters(whole.longValue(), picture.charAt(0));
    }
    Object text =
        PictureFaults.coded(picture, value, () -> Functions.formatInteger(whole, picture));
    if (text == null) {
      throw new JException("D3130", -1, picture);
    }
    return text;
  }

  /// As a spreadsheet names its columns. The library's are wrong beyond an int.
  private static String letters(long value, char first) {
    StringBuilder letters = new StringBuilder();
    for (long rest = Math.abs(value); rest > 0; rest = (rest - 1) / LETTERS) {
      letters.append((char) (first + (rest - 1) % LETTERS));
    }
    return letters.append(value < 0 ? "-" : "").reverse().toString();
  }

  static @Nullable Object parseInteger(List<?> arguments) {
    String text = Arguments.figure(arguments, 0);
    String picture = Arguments.picture(arguments, 1);
    if (text == null || picture == null) {
      return null;
    }
    return DECIMAL_PICTURE.matcher(picture).matches()
        ? decimal(text, picture)
        : PictureFaults.coded(picture, text, () -> Functions.parseInteger(text, picture));
  }

  /// The digits that a text begins with, without the signs that group them.
  private static @Nullable Object decimal(String text, String picture) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean sign = i == 0 && c == '-';
      if (sign || (c >= '0' && c <= '9')) {
        digits.append(c);
      } else if (picture.indexOf(c) < 0 || c == ';') {
        break;
      }
    }
    return digits.toString().matches("-?[0-9]+") ? Double.parseDouble(digits.toString()) : null;
  }

  static @Nullable Object formatNumber(List<?> arguments) {
    if (!(Arguments.optional(arguments, 0) instanceof Number value)) {
      return null;
    }
    String picture = Arguments.picture(arguments, 1);
    Map<?, ?> options = Arguments.optional(arguments, 2) instanceof Map<?, ?> m ? m : Map.of();
    return picture == null
        ? null
        : NumberPicture.format(decimal(value).doubleValue(), picture, options);
  }

  static @Nullable Object number(List<?> arguments) {
    return switch (arguments.get(0)) {
      case Number n -> n;
      case Boolean b -> b ? 1 : 0;
      case String _ -> number(String.valueOf(Arguments.figure(arguments, 0)));
      case null, default -> null;
    };
  }

  private static Number number(String text) {
    if (DECIMAL.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
      return Double.parseDouble(text);
    }
    var other = OTHER_BASE.matcher(text);
    if (other.matches()) {
      for (int i = 0; i < BASES.length; i++) {
        if (other.group(i + 1) != null) {
          return new BigInteger(other.group(i + 1), BASES[i]).doubleValue();
        }
      }
    }
    throw new JException("D3030", -1, text);
  }

  private static Scope scope() {
    return Evaluation.current().scope();
  }
}
