package io.gradus.service.stored;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.execution.MapRunRecords;
import io.gradus.store.MapRuns;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Map Runs in the store.
public final class StoredMapRuns implements MapRunRecords {
  private final MapRuns store;

  /// Reads them there.
  public StoredMapRuns(MapRuns store) {
    this.store = store;
  }

  @Override
  public Optional<Stored> find(TenantId tenant, UUID id) {
    return store.find(tenant, id).map(StoredMapRuns::read);
  }

  @Override
  public Page<Stored> list(ExecutionKey execution, Page.Request request) {
    UUID before;
    try {
      before = request.after() == null ? null : UUID.fromString(request.after());
    } catch (IllegalArgumentException _) {
      throw new Refusal(ErrorCode.INVALID_TOKEN, "Invalid Token: 'Invalid token'");
    }
    List<MapRuns.Stored> found = store.of(execution, before, request.limit() + 1);
    boolean more = found.size() > request.limit();
    List<MapRuns.Stored> page = more ? found.subList(0, request.limit()) : found;
    return new Page<>(
        page.stream().map(StoredMapRuns::read).toList(),
        more ? page.getLast().mapRun().id().toString() : null);
  }

  private static Stored read(MapRuns.Stored row) {
    return new Stored(
        row.mapRun(),
        row.execution(),
        row.outerLabel() == null
            ? row.stateMachineName()
            : row.stateMachineName() + "/" + row.outerLabel(),
        row.executionName());
  }
}
