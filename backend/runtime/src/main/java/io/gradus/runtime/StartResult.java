package io.gradus.runtime;

import io.gradus.engine.ExecutionKey;
import java.time.Instant;

/// What came of a start.
public sealed interface StartResult {
  /// It is durable (now, or it was before with the same input and still runs).
  record Started(ExecutionKey key, String executionArn, Instant startDate) implements StartResult {}

  /// The name is taken by one with another input, or by one that is over.
  record AlreadyExists(String executionArn) implements StartResult {}

  /// The node has all it can do; nothing was stored. `ThrottlingException`.
  enum Throttled implements StartResult {
    THROTTLED
  }
}
