package io.gradus.asl.expr.jsonata;

import org.jspecify.annotations.Nullable;

/// Whether a text is a JSONata expression.
public final class JsonataSyntax {
  private JsonataSyntax() {}

  /// Why a text is not an expression; null where it is one.
  public static @Nullable String fault(String text) {
    try {
      Compiled.of(text);
      return null;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage()); // AWS leaves the code out
    }
  }
}
