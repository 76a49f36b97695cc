package io.gradus.asl.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How data passes through a state. The two query languages fork here, in [Expr]'s leaves and in
/// [Condition], and nowhere else.
public sealed interface DataFlow {
  /// The `Assign` field: variable name → expression, in the order written.
  Map<String, Expr> assign();

  /// JSONPath fields. An `InputPath` or `OutputPath` of `null` is the literal `{}`.
  ///
  /// @param resultPath a reference path, or null where `ResultPath` is `null` (the result is
  ///   discarded)
  record JsonPath(
      Expr inputPath,
      @Nullable Expr parameters,
      @Nullable Expr resultSelector,
      Expr.@Nullable Path resultPath,
      Expr outputPath,
      Map<String, Expr> assign)
      implements DataFlow {
    public static final Expr.Path ROOT = new Expr.Path("$");

    public JsonPath {
      assign = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(assign));
    }
  }

  /// JSONata fields.
  record Jsonata(@Nullable Expr arguments, @Nullable Expr output, Map<String, Expr> assign)
      implements DataFlow {
    public Jsonata {
      assign = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(assign));
    }
  }
}
