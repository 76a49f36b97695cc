package io.gradus.store;

import static io.gradus.migrations.db.Tables.BATCH;
import static io.gradus.migrations.db.Tables.BATCH_ITEM;
import static io.gradus.migrations.db.Tables.TENANT;

import io.gradus.engine.TenantId;
import io.gradus.migrations.db.tables.records.BatchItemRecord;
import io.gradus.migrations.db.tables.records.BatchRecord;
import io.gradus.store.BatchRow.Action;
import io.gradus.store.BatchRow.Counts;
import io.gradus.store.BatchRow.Item;
import io.gradus.store.BatchRow.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// A tenant's batches as they are asked for and looked at. What works on them is
/// [io.gradus.store.engine.BatchRows]'s.
public final class Batches {
  private static final String INSERT_ITEMS =
      """
      insert into batch_item (tenant_id, batch_id, number, execution_arn)
      select {0}, {1}, t.number, t.arn from unnest({2}) with ordinality t (arn, number)""";

  private final TenantScope scope;

  /// Works in this scope.
  public Batches(TenantScope scope) {
    this.scope = scope;
  }

  /// Keeps a new one, which is due at once.
  ///
  /// @param executionArns its items in their order, each once
  public void insert(TenantId tenant, BatchRow row, List<String> executionArns) {
    scope.with(
        tenant,
        db -> {
          BatchRecord fresh = db.newRecord(BATCH);
          fresh.setTenantId(tenant.value());
          fresh.setId(row.id());
          fresh.setAction((short) row.action().code());
          fresh.setError(row.error());
          fresh.setCause(row.cause());
          fresh.setSelection(row.selection());
          fresh.setCreatedBy(row.createdBy());
          fresh.setCreatedAt(Times.column(row.createdAt()));
          fresh.setTotal(executionArns.size());
          fresh.setDueAt(Times.column(row.createdAt()));
          db.insertInto(BATCH).set(fresh).execute();
          return db.execute(
              INSERT_ITEMS,
              DSL.val(tenant.value()),
              DSL.val(row.id()),
              DSL.val(executionArns.toArray(String[]::new)));
        });
  }

  /// How many of a tenant's are not over. Until the transaction's end nobody else counts them: of
  /// two who add one, the second sees what the first added.
  public int countOpenAlone(TenantId tenant) {
    return scope.with(
        tenant,
        db -> {
          db.select(TENANT.ID)
              .from(TENANT)
              .where(TENANT.ID.eq(tenant.value()))
              .forNoKeyUpdate()
              .fetch();
          return db.fetchCount(
              BATCH, BATCH.TENANT_ID.eq(tenant.value()).and(BATCH.ENDED_AT.isNull()));
        });
  }

  /// Notes who wants nothing more to be done, and makes it due; false where it is over, or somebody
  /// said so before.
  public boolean cancel(TenantId tenant, UUID id, String who) {
    return scope.with(
        tenant,
        db ->
            db.update(BATCH)
                    .set(BATCH.CANCELLED_BY, who)
                    .set(
                        BATCH.DUE_AT,
                        DSL.when(BATCH.LEASE.isNull(), DSL.currentOffsetDateTime())
                            .otherwise(BATCH.DUE_AT))
                    .where(is(tenant, id))
                    .and(BATCH.ENDED_AT.isNull())
                    .and(BATCH.CANCELLED_BY.isNull())
                    .execute()
                == 1);
  }

  /// By id.
  public Optional<BatchRow> find(TenantId tenant, UUID id) {
    return scope.with(
        tenant, db -> db.selectFrom(BATCH).where(is(tenant, id)).fetchOptional(Batches::read));
  }

  /// Newest first.
  ///
  /// @param before only those older than this one; null for the first page
  public List<BatchRow> list(TenantId tenant, @Nullable UUID before, int limit) {
    Condition of = BATCH.TENANT_ID.eq(tenant.value());
    return scope.with(
        tenant,
        db ->
            db.selectFrom(BATCH)
                .where(before == null ? of : of.and(BATCH.ID.lt(before)))
                .orderBy(BATCH.ID.desc())
                .limit(limit)
                .fetch(Batches::read));
  }

  /// Items in their order.
  ///
  /// @param outcomes none for any
  /// @param after only those with a higher number
  public List<Item> items(
      TenantId tenant, UUID batch, Set<Outcome> outcomes, int after, int limit) {
    Condition of =
        BATCH_ITEM
            .TENANT_ID
            .eq(tenant.value())
            .and(BATCH_ITEM.BATCH_ID.eq(batch))
            .and(BATCH_ITEM.NUMBER.gt(after));
    return scope.with(
        tenant,
        db ->
            db.selectFrom(BATCH_ITEM)
                .where(
                    outcomes.isEmpty()
                        ? of
                        : of.and(
                            BATCH_ITEM.OUTCOME.in(
                                outcomes.stream().map(it -> (short) it.code()).toList())))
                .orderBy(BATCH_ITEM.NUMBER)
                .limit(limit)
                .fetch(Batches::item));
  }

  private static Condition is(TenantId tenant, UUID id) {
    return BATCH.TENANT_ID.eq(tenant.value()).and(BATCH.ID.eq(id));
  }

  private static BatchRow read(BatchRecord row) {
    return new BatchRow(
        row.getId(),
        Action.ofCode(row.getAction()),
        row.getError(),
        row.getCause(),
        row.getSelection(),
        row.getCreatedBy(),
        Times.instant(row.getCreatedAt()),
        row.getCancelledBy(),
        Times.instantOrNull(row.getEndedAt()),
        new Counts(row.getTotal(), row.getDone(), row.getRefused(), row.getCancelled()));
  }

  private static Item item(BatchItemRecord row) {
    return new Item(
        row.getNumber(),
        row.getExecutionArn(),
        Outcome.ofCode(row.getOutcome()),
        row.getError(),
        row.getReason(),
        Times.instantOrNull(row.getAt()));
  }
}
