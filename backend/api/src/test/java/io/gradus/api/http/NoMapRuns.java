package io.gradus.api.http;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import io.gradus.service.execution.MapRunRecords;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What is in memory has no Map Runs.
final class NoMapRuns implements MapRunRecords {
  @Override
  public Optional<Stored> find(TenantId tenant, UUID id) {
    return Optional.empty();
  }

  @Override
  public Page<Stored> list(ExecutionKey execution, Page.Request request) {
    return new Page<>(List.of(), null);
  }
}
