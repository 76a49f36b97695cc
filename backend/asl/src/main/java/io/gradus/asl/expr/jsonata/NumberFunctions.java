package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import io.gradus.asl.expr.Scope;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// `$number`, `$formatInteger`, `$formatNumber`, `$parseInteger` and `$random`.
final class NumberFunctions {
  private static final int MAX_ROMAN = 100_000;

  private NumberFunctions() {}

  static Object random(List<?> arguments) {
    return Arguments.optional(arguments, 0) instanceof Number seed
        ? new Random(seed.longValue()).nextDouble() // AWS's own draw
        : scope().random().nextDouble();
  }

  /// Roman numerals are written one thousand at a time: their number is bounded.
  static @Nullable Object formatInteger(List<?> arguments) {
    Number value = Arguments.optional(arguments, 0) instanceof Number n ? n : null;
    String picture = Arguments.picture(arguments, 1);
    boolean roman = picture != null && picture.toUpperCase(Locale.ROOT).startsWith("I");
    if (roman && value != null && Math.abs(value.doubleValue()) > MAX_ROMAN) {
      throw Breach.depth();
    }
    return Functions.formatInteger(value, picture);
  }

  static @Nullable Object parseInteger(List<?> arguments) throws ParseException {
    return Functions.parseInteger(Arguments.figure(arguments, 0), Arguments.picture(arguments, 1));
  }

  static @Nullable Object formatNumber(List<?> arguments) {
    Number value = Arguments.optional(arguments, 0) instanceof Number n ? n : null;
    Map<?, ?> options = Arguments.optional(arguments, 2) instanceof Map<?, ?> m ? m : null;
    return Functions.formatNumber(value, Arguments.picture(arguments, 1), options);
  }

  static @Nullable Object number(List<?> arguments) {
    Object value = arguments.get(0);
    try {
      return Functions.number(value instanceof String ? Arguments.figure(arguments, 0) : value);
    } catch (NumberFormatException _) {
      throw new JException("D3030", -1, value);
    }
  }

  private static Scope scope() {
    return Evaluation.current().scope();
  }
}
