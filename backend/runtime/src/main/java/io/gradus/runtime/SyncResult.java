package io.gradus.runtime;

import io.gradus.engine.Execution;
import io.gradus.engine.Fact;
import java.time.Instant;
import java.util.List;

/// What came of an execution that runs in memory.
public sealed interface SyncResult {
  /// It ran to its end.
  ///
  /// @param execution as it ended: status, output, error and cause
  /// @param facts its journal, for those who log it
  record Ended(
      String executionArn,
      Instant startDate,
      Instant stopDate,
      Execution execution,
      List<Fact> facts)
      implements SyncResult {}

  /// The node has all it can do; nothing was run. `ThrottlingException`.
  enum Throttled implements SyncResult {
    THROTTLED
  }
}
