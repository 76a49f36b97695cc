package io.gradus.service.statistics;

import io.gradus.engine.StateKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the states of a state machine went in a sample of its executions: the last ones that ended.
///
/// @param executions how many were looked into
/// @param tooLong how many of the last ones were left out for the length of their histories
public record StateFigures(int executions, int tooLong, List<OfState> states) {
  public StateFigures {
    states = List.copyOf(states);
  }

  /// One state.
  ///
  /// @param visits how often it was entered
  /// @param failed how many of its visits ended with an error, caught or not
  /// @param retries how often it was retried in all
  /// @param typical as long as half of its visits took at most; null where none ended
  /// @param longest null where none ended
  /// @param longestIn the name of the execution with the longest visit
  /// @param error that it met most often; null for none
  /// @param failedIn the name of the last execution in which it failed
  public record OfState(
      String name,
      StateKind kind,
      int visits,
      int failed,
      int retries,
      @Nullable Duration typical,
      @Nullable Duration longest,
      @Nullable String longestIn,
      @Nullable String error,
      @Nullable String failedIn) {}
}
