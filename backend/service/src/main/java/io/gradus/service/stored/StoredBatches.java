package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.BatchRecords;
import io.gradus.store.BatchRow;
import io.gradus.store.Batches;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Batches in the store.
public final class StoredBatches implements BatchRecords {
  private final Batches store;

  /// Keeps them there.
  public StoredBatches(Batches store) {
    this.store = store;
  }

  @Override
  public void insert(TenantId tenant, Batch batch, List<String> executionArns) {
    store.insert(
        tenant,
        new BatchRow(
            UUID.fromString(batch.id()),
            switch (batch.action()) {
              case STOP -> BatchRow.Action.STOP;
              case REDRIVE -> BatchRow.Action.REDRIVE;
            },
            batch.error(),
            batch.cause(),
            batch.selection(),
            batch.createdBy(),
            batch.createdAt(),
            null,
            null,
            new BatchRow.Counts(executionArns.size(), 0, 0, 0)),
        executionArns);
  }

  @Override
  public int countOpenAlone(TenantId tenant) {
    return store.countOpenAlone(tenant);
  }

  @Override
  public boolean cancel(TenantId tenant, String id, String who) {
    return store.cancel(tenant, UUID.fromString(id), who);
  }

  @Override
  public Optional<Batch> find(TenantId tenant, String id) {
    try {
      return store.find(tenant, UUID.fromString(id)).map(StoredBatches::read);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public Page<Batch> list(TenantId tenant, Page.Request request) {
    UUID before;
    try {
      before = request.after() == null ? null : UUID.fromString(request.after());
    } catch (IllegalArgumentException _) {
      throw new Refusal(ErrorCode.INVALID_TOKEN, "Invalid Token: 'Invalid token'");
    }
    List<BatchRow> found = store.list(tenant, before, request.limit() + 1);
    boolean more = found.size() > request.limit();
    List<BatchRow> page = more ? found.subList(0, request.limit()) : found;
    return new Page<>(
        page.stream().map(StoredBatches::read).toList(),
        more ? page.getLast().id().toString() : null);
  }

  @Override
  public Page<Batch.Item> items(
      TenantId tenant, String id, Set<Batch.Outcome> outcomes, Page.Request request) {
    int after =
        request.after() == null ? 0 : Math.clamp(Pages.number(request.after()), 0, Batch.MAX_ITEMS);
    List<BatchRow.Item> found =
        store.items(
            tenant,
            UUID.fromString(id),
            outcomes.stream().map(StoredBatches::row).collect(Collectors.toSet()),
            after,
            request.limit() + 1);
    boolean more = found.size() > request.limit();
    List<BatchRow.Item> page = more ? found.subList(0, request.limit()) : found;
    return new Page<>(
        page.stream().map(StoredBatches::item).toList(),
        more ? String.valueOf(page.getLast().number()) : null);
  }

  private static Batch read(BatchRow row) {
    return new Batch(
        row.id().toString(),
        switch (row.action()) {
          case STOP -> Batch.Action.STOP;
          case REDRIVE -> Batch.Action.REDRIVE;
        },
        row.error(),
        row.cause(),
        row.selection(),
        row.createdBy(),
        row.createdAt(),
        row.cancelledBy(),
        row.endedAt(),
        row.counts().total(),
        row.counts().done(),
        row.counts().refused(),
        row.counts().cancelled());
  }

  private static Batch.Item item(BatchRow.Item row) {
    return new Batch.Item(
        row.number(),
        row.executionArn(),
        switch (row.outcome()) {
          case WAITING -> Batch.Outcome.WAITING;
          case DONE -> Batch.Outcome.DONE;
          case REFUSED -> Batch.Outcome.REFUSED;
          case CANCELLED -> Batch.Outcome.CANCELLED;
        },
        row.error(),
        row.reason(),
        row.at());
  }

  private static BatchRow.Outcome row(Batch.Outcome outcome) {
    return switch (outcome) {
      case WAITING -> BatchRow.Outcome.WAITING;
      case DONE -> BatchRow.Outcome.DONE;
      case REFUSED -> BatchRow.Outcome.REFUSED;
      case CANCELLED -> BatchRow.Outcome.CANCELLED;
    };
  }
}
