package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import io.gradus.asl.expr.Scope;
import java.util.List;
import java.util.SplittableRandom;

/// `$random`, `$now` and `$millis`.
final class NumberFunctions {
  private NumberFunctions() {}

  static Object random(List<?> arguments) {
    return Arguments.optional(arguments, 0) instanceof Number seed
        ? new SplittableRandom(Double.doubleToLongBits(seed.doubleValue())).nextDouble()
        : scope().random().nextDouble();
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
    return Evaluation.CURRENT.get().scope();
  }
}
