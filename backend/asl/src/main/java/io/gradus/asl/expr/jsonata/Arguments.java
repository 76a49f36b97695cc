package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arguments of a JSONata function.
final class Arguments {
  private static final int MAX_PICTURE = 1_024;
  private static final int MAX_FIGURE = 16_384;

  private Arguments() {}

  static @Nullable Object optional(List<?> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  /// A text that says a number or a date.
  ///
  /// @throws Breach where it is longer than any of them
  static @Nullable String figure(List<?> arguments, int index) {
    if (!(optional(arguments, index) instanceof String figure)) {
      return null;
    }
    if (figure.length() > MAX_FIGURE) {
      throw Breach.memory();
    }
    return figure;
  }

  /// A picture string; the library's work grows with its square.
  ///
  /// @throws Breach where it is longer than any number or date could need
  static @Nullable String picture(List<?> arguments, int index) {
    if (!(optional(arguments, index) instanceof String picture)) {
      return null;
    }
    if (picture.length() > MAX_PICTURE) {
      throw Breach.memory();
    }
    return picture;
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

  /// @param index counted from 1
  static JException refusedContext(String function, int index) {
    return new JException("T0411", -1, index, function);
  }

  /// @param index counted from 1
  /// @param items the type that the list's items should have
  static JException refusedItems(String function, int index, char items) {
    return new RefusedItems(function, index, items);
  }

  /// The library's error has no room for three things.
  static final class RefusedItems extends JException {
    private static final long serialVersionUID = 1L;
    private final String items;

    private RefusedItems(String function, int index, char items) {
      super("T0412", -1, index, function);
      this.items =
          switch (items) {
            case 'a' -> "\"arrays\"";
            case 'b' -> "\"booleans\"";
            case 'f' -> "\"functions\"";
            case 'n' -> "\"numbers\"";
            case 'o' -> "\"objects\"";
            case 'x' -> "undefined"; // AWS has no word for a list of anything
            default -> "\"strings\"";
          };
    }

    String items() {
      return items;
    }
  }
}
