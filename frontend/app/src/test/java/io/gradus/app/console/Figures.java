package io.gradus.app.console;

import java.util.List;
import java.util.Locale;

/// What the tests that measure say.
final class Figures {
  private Figures() {}

  /// A line of its own among what the server logs.
  @SuppressWarnings("AnnotateFormatMethod") // that annotation would be a dependency for this alone
  static void print(String format, Object... values) {
    System.out.println("figure: " + String.format(Locale.ROOT, format, values));
  }

  /// The value that so many of a hundred do not pass.
  static double percentile(List<Double> sorted, int percent) {
    return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
  }
}
