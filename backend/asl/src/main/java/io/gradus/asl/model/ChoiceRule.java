package io.gradus.asl.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One rule of a Choice: the first whose condition holds is taken.
///
/// @param output JSONata `Output` of the rule
public record ChoiceRule(
    Condition condition,
    StateName next,
    Map<String, Expr> assign,
    @Nullable Expr output,
    @Nullable String comment) {
  public ChoiceRule {
    assign = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(assign));
  }
}
