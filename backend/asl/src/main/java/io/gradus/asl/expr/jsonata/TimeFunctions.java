package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
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
    return formatted(millis(), picture(arguments, 0), text(arguments, 1));
  }

  static @Nullable Object fromMillis(List<?> arguments) {
    if (!(arguments.get(0) instanceof Number millis)) {
      return null;
    }
    if (Math.abs(millis.doubleValue()) > MAX_MILLIS) {
      throw new JException("D1001", -1, millis);
    }
    return formatted(millis, picture(arguments, 1), text(arguments, 2));
  }

  private static Object formatted(Number millis, @Nullable String picture, @Nullable String zone) {
    Object text =
        PictureFaults.coded(
            picture, millis, () -> Functions.dateTimeFromMillis(millis, picture, zone));
    if (text == null) {
      throw new JException("D3134", -1, zone);
    }
    return text;
  }

  static @Nullable Object toMillis(List<?> arguments) {
    String text = Arguments.figure(arguments, 0);
    if (text == null) {
      return null;
    }
    String picture = picture(arguments, 1);
    if (picture == null) {
      return Timestamp.millis(text);
    }
    String missing = Timestamp.missing(picture);
    String before = Timestamp.written(missing, Evaluation.current().scope().now());
    return PictureFaults.coded(
        picture, text, () -> Functions.dateTimeToMillis(before + text, missing + picture));
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
    boolean inside = false;
    boolean width = false;
    int digits = 0;
    for (int i = 0; i < picture.length(); i++) {
      char c = picture.charAt(i);
      inside = c == '[' || (inside && c != ']');
      width = inside && (c == ',' || width);
      digits = Character.isDigit(c) ? digits + 1 : 0;
      if (width && digits > MAX_WIDTH_DIGITS) {
        throw Breach.memory();
      }
    }
    return picture;
  }
}
