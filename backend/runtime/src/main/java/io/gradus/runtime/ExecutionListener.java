package io.gradus.runtime;

import io.gradus.engine.ExecutionKey;
import java.util.Set;

/// Told of executions that moved, here or on another node, soon after their commit. Several moves
/// of one execution may be told as one.
@FunctionalInterface
public interface ExecutionListener {
  /// Must not block.
  ///
  /// @param moved empty when more moved than could be told apart: look at everything
  void moved(Set<ExecutionKey> moved);
}
