package io.gradus.asl.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a state does with an error: retriers are asked first, in order, then catchers.
public record ErrorPolicy(List<Retrier> retriers, List<Catcher> catchers) {
  public static final ErrorPolicy NONE = new ErrorPolicy(List.of(), List.of());

  public ErrorPolicy {
    retriers = List.copyOf(retriers);
    catchers = List.copyOf(catchers);
  }

  /// Tries again.
  ///
  /// @param maxAttempts retries, not calls; 0 means never
  /// @param fullJitter whether the delay is drawn evenly from 0 up to the computed one
  public record Retrier(
      List<ErrorName> errors,
      int intervalSeconds,
      int maxAttempts,
      double backoffRate,
      @Nullable Integer maxDelaySeconds,
      boolean fullJitter) {
    public Retrier {
      errors = List.copyOf(errors);
    }
  }

  /// Goes on elsewhere.
  ///
  /// @param resultPath JSONPath only: where the error output goes; null discards it
  /// @param output JSONata only
  public record Catcher(
      List<ErrorName> errors,
      StateName next,
      Expr.@Nullable Path resultPath,
      @Nullable Expr output,
      Map<String, Expr> assign) {
    public Catcher {
      errors = List.copyOf(errors);
      assign = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(assign));
    }
  }
}
