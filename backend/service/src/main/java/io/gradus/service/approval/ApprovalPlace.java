package io.gradus.service.approval;

import java.util.Map;

/// Where an approval stands in its execution.
///
/// @param definition the state machine's text, as it was when the execution started
/// @param states how each state stands that was entered lately, by name
public record ApprovalPlace(String definition, Map<String, Standing> states) {
  public ApprovalPlace {
    states = Map.copyOf(states);
  }

  /// How a state stands.
  public enum Standing {
    /// It is being done.
    ENTERED,
    /// It is done.
    LEFT,
    /// It failed, and one of its catchers led on.
    CAUGHT,
    /// It was being done when the execution failed.
    FAILED,
    /// It was being done when the execution was stopped.
    STOPPED
  }
}
