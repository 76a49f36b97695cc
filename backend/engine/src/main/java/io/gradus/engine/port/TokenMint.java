package io.gradus.engine.port;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TaskId;

/// Makes task tokens. The same task always gets the same token, so a token needs no place in the
/// state; nobody without the mint's secret can make one.
@FunctionalInterface
public interface TokenMint {
  /// At most 2,048 characters.
  String token(ExecutionKey execution, TaskId task);
}
