package io.gradus.service.audit;

import io.gradus.service.Caller;

/// Where changes are written down. Called within the change's own transaction, so that neither
/// stands without the other.
@FunctionalInterface
public interface AuditTrail {
  /// Writes that the caller did this.
  ///
  /// @param action the operation's name, such as `CreateStateMachine`
  /// @param resource the ARN or name it was done to
  /// @param change what was before and is after
  void record(Caller caller, String action, String resource, Change change);

  /// Writes that the caller did this, where its name and target say all of it.
  default void record(Caller caller, String action, String resource) {
    record(caller, action, resource, Change.NONE);
  }
}
