package io.gradus.service.execution;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.MapRun;
import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import java.util.Optional;
import java.util.UUID;

/// Where Map Runs are read. Writing them is the runtime's.
public interface MapRunRecords {
  /// A Map Run's record.
  ///
  /// @param stateMachine of the execution whose Map it is; followed by `/` and a label where that
  ///   is a child of another Map Run
  /// @param executionName of that execution
  record Stored(MapRun mapRun, ExecutionKey execution, String stateMachine, String executionName) {}

  /// By id.
  Optional<Stored> find(TenantId tenant, UUID id);

  /// Those of an execution, newest first.
  Page<Stored> list(ExecutionKey execution, Page.Request request);
}
