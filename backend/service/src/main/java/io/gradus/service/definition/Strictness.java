package io.gradus.service.definition;

import org.jspecify.annotations.Nullable;

/// Whether AWS's limits hold for a state machine's executions.
///
/// @param tenant what its tenant says
/// @param own what is said of itself; null where it is as its tenant
public record Strictness(boolean tenant, @Nullable Boolean own) {
  /// What every new state machine of a new tenant has.
  public static final Strictness USUAL = new Strictness(true, null);

  /// What holds.
  public boolean holds() {
    return own == null ? tenant : own;
  }
}
