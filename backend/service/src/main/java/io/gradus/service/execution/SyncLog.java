package io.gradus.service.execution;

import io.gradus.engine.ExecutionKey;
import io.gradus.runtime.SyncResult;
import io.gradus.service.definition.LoggingConfiguration;

/// Told of executions that ran in memory: nothing else keeps what happened in them.
@FunctionalInterface
public interface SyncLog {
  /// Logs nothing.
  SyncLog NONE = (_, _, _, _) -> {};

  /// An execution ended. Must not block.
  ///
  /// @param machine its name
  void ended(
      ExecutionKey key, String machine, LoggingConfiguration logging, SyncResult.Ended ended);
}
