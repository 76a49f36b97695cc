package io.gradus.service.execution.view;

import org.jspecify.annotations.Nullable;

/// Where two executions part: the first state of their own course, in the order of entering, after
/// or in which one of them went otherwise.
///
/// @param state at which; null where they begin with different states, or one with none
/// @param visit which visit of that state it is, from 1; 0 where they begin differently
/// @param left how the left one went on there
/// @param right how the right one went on there
public record Parting(@Nullable String state, int visit, Why why, Way left, Way right) {
  /// In what they part.
  public enum Why {
    /// They do not begin with the same state.
    BEGINNING,
    /// The state came to something else.
    OUTCOME,
    /// The state came to the same, and something else came next.
    NEXT
  }

  /// How one of them went on.
  ///
  /// @param status how the state stands; null at the beginning
  /// @param error that it met last; null for none
  /// @param next the state that was entered then; null for none
  public record Way(@Nullable VisitStatus status, @Nullable String error, @Nullable String next) {}
}
