package io.gradus.engine.port;

import io.gradus.asl.model.Resource;
import io.gradus.engine.ExecutionKey;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/// Keeps what the children of a distributed Map came to, a file at a time.
public interface ResultWriter {
  /// Writes a file; writing the same again leaves the same.
  ///
  /// Completes exceptionally with an [ItemFailure] alone.
  CompletionStage<Void> write(File file);

  /// @param execution the execution whose Map writes; its tenant's connection is used
  /// @param resource the writer's `Resource`
  /// @param arguments the evaluated `Parameters` or `Arguments`: `Bucket` and `Prefix`
  /// @param name below the prefix: `<map run's id>/SUCCEEDED_0.json`
  record File(
      ExecutionKey execution,
      String executionArn,
      Resource resource,
      JsonNode arguments,
      String name,
      byte[] content) {}
}
