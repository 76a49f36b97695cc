package io.gradus.runtime.node;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Rejection;
import java.time.Instant;

/// What became of a command.
public sealed interface Answer {
  /// It is durable.
  ///
  /// @param at database time of the commit
  record Done(Instant at, ExecutionStatus status) implements Answer {}

  /// It was refused; nothing changed.
  record Refused(Rejection why) implements Answer {}

  /// This node does not move the execution any more: ask again, another way.
  enum Elsewhere implements Answer {
    ELSEWHERE
  }
}
