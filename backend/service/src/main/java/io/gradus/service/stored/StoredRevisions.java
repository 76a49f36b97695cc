package io.gradus.service.stored;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import io.gradus.service.definition.MachineEntry;
import io.gradus.service.definition.Revision;
import io.gradus.service.definition.RevisionRecords;
import io.gradus.store.Revisions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Revisions in the store.
public final class StoredRevisions implements RevisionRecords {
  private final Revisions store;

  /// Reads them there.
  public StoredRevisions(Revisions store) {
    this.store = store;
  }

  @Override
  public Page<Entry> entries(TenantId tenant, String part, Page.Request request) {
    String after = request.after() == null ? "" : request.after();
    List<Entry> found =
        store.entries(tenant, part, after, request.limit() + 1).stream()
            .map(StoredRevisions::entry)
            .toList();
    boolean more = found.size() > request.limit();
    List<Entry> page = more ? found.subList(0, request.limit()) : found;
    return new Page<>(page, more ? page.getLast().name() : null);
  }

  private static Entry entry(Revisions.Entry row) {
    Revisions.Last last = row.last();
    return new Entry(
        row.name(),
        row.express() ? MachineType.EXPRESS : MachineType.STANDARD,
        new Revision.Summary(row.revisionNumber(), row.by(), row.updatedAt()),
        last == null ? null : new MachineEntry.Last(last.name(), last.status(), last.startedAt()));
  }

  @Override
  public List<Revision.Summary> list(TenantId tenant, UUID machine, int before, int limit) {
    return store.list(tenant, machine, before, limit).stream()
        .map(StoredRevisions::summary)
        .toList();
  }

  @Override
  public Optional<Revision> find(TenantId tenant, UUID machine, int number) {
    return store
        .find(tenant, machine, number)
        .map(
            row ->
                new Revision(
                    summary(row.line()),
                    new String(row.definition(), StandardCharsets.UTF_8),
                    row.roleArn()));
  }

  @Override
  public Optional<Revision.Summary> newestLocked(TenantId tenant, UUID machine) {
    return store.newestLocked(tenant, machine).map(StoredRevisions::summary);
  }

  private static Revision.Summary summary(Revisions.Line line) {
    return new Revision.Summary(line.number(), line.by(), line.at());
  }
}
