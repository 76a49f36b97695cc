package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import io.gradus.asl.expr.Scope;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// `$number`, `$formatInteger`, `$random`, `$now` and `$millis`.
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
    String picture = Arguments.optional(arguments, 1) instanceof String s ? s : "";
    boolean roman = picture.startsWith("I") || picture.startsWith("i");
    if (roman && value != null && Math.abs(value.doubleValue()) > MAX_ROMAN) {
      throw Breach.depth();
    }
    return Functions.formatInteger(value, picture);
  }

  static @Nullable Object number(List<?> arguments) {
    Object value = arguments.get(0);
    try {
      return Functions.number(value);
    } catch (NumberFormatException _) {
      throw new JException("D3030", -1, value);
    }
  }

  static Object now(List<?> arguments) {
    String picture = (String) Arguments.optional(arguments, 0);
    String timezone = (String) Arguments.optional(arguments, 1);
    return Functions.dateTimeFromMillis(millis(), picture, timezone);
  }

  static Long millis() {
    return scope().now().toEpochMilli();
  }

  private static Scope scope() {
    return Evaluation.current().scope();
  }
}
