package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `$now`, `$millis`, `$fromMillis` and `$toMillis`. The moment is the scope's.
final class TimeFunctions {
  /// A component's width, as in `[Y,2-4]`: the library pads to any.
  private static final int MAX_WIDTH_DIGITS = 3;

  /// As far as JavaScript's dates go.
  private static final double MAX_MILLIS = 8.64e15;

  private TimeFunctions() {}

  static Long millis() {
    return Evaluation.current().scope().now().toEpochMilli();
  }

  static Object now(List<?> arguments) {
    return Functions.dateTimeFromMillis(millis(), picture(arguments, 0), text(arguments, 1));
  }

  static @Nullable Object fromMillis(List<?> arguments) {
    if (!(arguments.get(0) instanceof Number millis)) {
      return null;
    }
    if (Math.abs(millis.doubleValue()) > MAX_MILLIS) {
      throw new JException("D1001", -1, millis);
    }
    return Functions.dateTimeFromMillis(millis, picture(arguments, 1), text(arguments, 2));
  }

  static @Nullable Object toMillis(List<?> arguments) throws ParseException {
    String timestamp = Arguments.figure(arguments, 0);
    return timestamp == null ? null : Functions.dateTimeToMillis(timestamp, picture(arguments, 1));
  }

  private static @Nullable String text(List<?> arguments, int index) {
    return Arguments.optional(arguments, index) instanceof String s ? s : null;
  }

  /// @throws Breach for a picture that asks for much more than a date
  private static @Nullable String picture(List<?> arguments, int index) {
    String picture = Arguments.picture(arguments, index);
    if (picture == null) {
      return null;
    }
    boolean width = false;
    int digits = 0;
    for (int i = 0; i < picture.length(); i++) {
      char c = picture.charAt(i);
      width = c == ',' || (width && c != ']');
      digits = Character.isDigit(c) ? digits + 1 : 0;
      if (width && digits > MAX_WIDTH_DIGITS) {
        throw Breach.memory();
      }
    }
    return picture;
  }
}
