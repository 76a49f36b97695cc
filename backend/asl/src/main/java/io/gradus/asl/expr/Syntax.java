package io.gradus.asl.expr;

import io.gradus.asl.expr.jsonata.JsonataSyntax;
import io.gradus.asl.expr.jsonpath.IntrinsicParser;
import io.gradus.asl.expr.jsonpath.JsonPaths;
import io.gradus.asl.model.Expr;
import org.jspecify.annotations.Nullable;

/// Whether the text of an expression is well formed, asked when a definition is parsed. Nothing is
/// evaluated.
public final class Syntax {
  private Syntax() {}

  /// Why a text is not a path (`$…`, `$$…` or `$variable…`); null where it is one.
  public static @Nullable String jsonPathFault(String text) {
    return JsonPaths.fault(text);
  }

  /// Why a text is not a path that names one place (no wildcard, filter, slice or recursion), such
  /// as `ResultPath` wants; null where it is one.
  public static @Nullable String referencePathFault(String text) {
    return JsonPaths.referenceFault(text);
  }

  /// Why a text is not a call of a known intrinsic function; null where it is one.
  public static @Nullable String intrinsicFault(String text) {
    try {
      IntrinsicParser.parse(text);
      return null;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Why a text (without `{%` and `%}`) is not a JSONata expression; null where it is one.
  public static @Nullable String jsonataFault(String text) {
    return JsonataSyntax.fault(text);
  }

  /// The text of a `name.$` member as an expression.
  ///
  /// @throws IllegalArgumentException where it is neither a path nor an intrinsic call
  public static Expr parseIntrinsicOrPath(String text) {
    try {
      if (!text.startsWith("$")) {
        return IntrinsicParser.parse(text);
      }
      String fault = jsonPathFault(text);
      if (fault == null) {
        return new Expr.Path(text);
      }
      throw new IllegalArgumentException(fault);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be a valid JSONPath or a valid intrinsic function call: " + e.getMessage(), e);
    }
  }
}
