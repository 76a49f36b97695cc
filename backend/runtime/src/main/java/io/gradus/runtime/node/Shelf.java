package io.gradus.runtime.node;

import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionKey;
import java.util.List;

/// Where executions are read from.
interface Shelf {
  /// What the database knows of an execution, ready to be moved: payloads resolved, inbox read.
  ///
  /// @param owner the incarnation that has it; 0 for none
  record Volume(
      HotExecution.Fixed fixed,
      Execution execution,
      long version,
      int owner,
      int stateBytes,
      List<InboxRow> inbox,
      Visits visits) {}

  record InboxRow(String sourceId, byte[] message) {}

  /// Reads executions; those that do not exist, or no longer run, are left out.
  List<Volume> load(List<ExecutionKey> keys);

  /// Takes executions that nobody has; those taken are returned.
  ///
  /// @param incarnation of the new owner
  List<ExecutionKey> claim(List<ExecutionKey> keys, int incarnation);
}
