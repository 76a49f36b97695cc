package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arguments of a JSONata function.
final class Arguments {
  private Arguments() {}

  static @Nullable Object optional(List<?> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  static Number number(List<?> arguments, int index, String function) {
    if (optional(arguments, index) instanceof Number n) {
      return n;
    }
    throw refused(function, index + 1);
  }

  /// @param index counted from 1
  static JException refused(String function, int index) {
    return new JException("T0410", -1, index, function);
  }
}
