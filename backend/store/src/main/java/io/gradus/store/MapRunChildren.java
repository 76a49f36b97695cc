package io.gradus.store;

import static io.gradus.migrations.db.Tables.EXECUTION;
import static io.gradus.migrations.db.Tables.HISTORY;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.SortField;
import org.jspecify.annotations.Nullable;

/// The child executions of a Map Run, as people look through them. A Map Run may have millions:
/// each question here is answered by as many rows of `execution_of_map_run` as it gives back.
public final class MapRunChildren {
  private static final List<SelectField<?>> COLUMNS =
      List.of(
          EXECUTION.TENANT_ID,
          EXECUTION.ID,
          EXECUTION.NAME,
          EXECUTION.STATUS,
          EXECUTION.STARTED_AT,
          EXECUTION.STOPPED_AT,
          EXECUTION.LAST_EVENT_ID,
          EXECUTION.ITEM_INDEX,
          EXECUTION.ITEM_COUNT,
          EXECUTION.REDRIVE_COUNT,
          EXECUTION.STATE);

  private final TenantScope scope;

  /// Works in this scope.
  public MapRunChildren(TenantScope scope) {
    this.scope = scope;
  }

  /// A child.
  ///
  /// @param index its place among the children
  /// @param items how many of the Map's items it has
  /// @param state encoded; it knows the input, the output and the error
  public record Child(
      ExecutionKey key,
      String name,
      ExecutionStatus status,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      long lastEventId,
      long index,
      int items,
      int redriveCount,
      byte[] state) {}

  /// Where a page begins.
  ///
  /// @param status of the last child that was listed
  /// @param index of it
  public record Place(ExecutionStatus status, long index) {}

  /// When a child ended.
  ///
  /// @param stoppedAt null while it runs
  public record Ended(long index, int items, @Nullable Instant stoppedAt) {}

  /// Status by status, those of one status in their order.
  ///
  /// @param statuses in the order they come in
  /// @param after null for the first page
  public List<Child> byStatus(
      TenantId tenant,
      UUID mapRunId,
      List<ExecutionStatus> statuses,
      @Nullable Place after,
      int limit) {
    return scope.with(
        tenant,
        db -> {
          List<Child> found = new ArrayList<>();
          boolean begun = after == null;
          for (ExecutionStatus status : statuses) {
            boolean here = after != null && status == after.status();
            begun |= here;
            if (begun && found.size() < limit) {
              Condition wanted = of(tenant, mapRunId, status);
              found.addAll(
                  rows(
                      db,
                      here && after != null
                          ? wanted.and(EXECUTION.ITEM_INDEX.gt(after.index()))
                          : wanted,
                      EXECUTION.ITEM_INDEX.asc(),
                      limit - found.size()));
            }
          }
          return found;
        });
  }

  /// Those begun last first.
  ///
  /// @param before the place of the last one that was listed; null for the first page
  public List<Child> newest(
      TenantId tenant,
      UUID mapRunId,
      Collection<ExecutionStatus> statuses,
      @Nullable Long before,
      int limit) {
    long bound = before == null ? Long.MAX_VALUE : before;
    return merged(
        tenant,
        mapRunId,
        statuses,
        EXECUTION.ITEM_INDEX.lt(bound),
        EXECUTION.ITEM_INDEX.desc(),
        Comparator.comparingLong(Child::index).reversed(),
        limit);
  }

  /// Those begun first first.
  ///
  /// @param after the place of the last one that was listed; -1 for the first page
  public List<Child> inOrder(
      TenantId tenant, UUID mapRunId, Collection<ExecutionStatus> statuses, long after, int limit) {
    return merged(
        tenant,
        mapRunId,
        statuses,
        EXECUTION.ITEM_INDEX.gt(after),
        EXECUTION.ITEM_INDEX.asc(),
        Comparator.comparingLong(Child::index),
        limit);
  }

  /// The index has them by status: each status gives its own first ones.
  private List<Child> merged(
      TenantId tenant,
      UUID mapRunId,
      Collection<ExecutionStatus> statuses,
      Condition bound,
      SortField<?> order,
      Comparator<Child> comparator,
      int limit) {
    return scope.with(
        tenant,
        db -> {
          List<Child> found = new ArrayList<>();
          for (ExecutionStatus status : statuses) {
            found.addAll(rows(db, of(tenant, mapRunId, status).and(bound), order, limit));
          }
          found.sort(comparator);
          return List.copyOf(found.subList(0, Math.min(limit, found.size())));
        });
  }

  /// Those at these places, in whatever status they are.
  public List<Child> at(TenantId tenant, UUID mapRunId, Collection<Long> indexes) {
    return scope.with(
        tenant,
        db ->
            db.select(COLUMNS)
                .from(EXECUTION)
                .where(EXECUTION.TENANT_ID.eq(tenant.value()))
                .and(EXECUTION.MAP_RUN_ID.eq(mapRunId))
                .and(EXECUTION.STATUS.in(all()))
                .and(EXECUTION.ITEM_INDEX.in(indexes))
                .fetch(MapRunChildren::read));
  }

  /// Those whose id is in a range: a child's name is its id.
  ///
  /// @param from inclusive
  /// @param to inclusive
  /// @param after the last one that was listed; null for the first page
  public List<Child> between(
      TenantId tenant, UUID mapRunId, UUID from, UUID to, @Nullable UUID after, int limit) {
    Condition begin = after == null ? EXECUTION.ID.ge(from) : EXECUTION.ID.gt(after);
    return scope.with(
        tenant,
        db ->
            rows(
                db,
                EXECUTION
                    .TENANT_ID
                    .eq(tenant.value())
                    .and(begin)
                    .and(EXECUTION.ID.le(to))
                    .and(EXECUTION.MAP_RUN_ID.eq(mapRunId)),
                EXECUTION.ID.asc(),
                limit));
  }

  /// The first events of executions, encoded, by their ids.
  public Map<UUID, byte[]> begins(TenantId tenant, Collection<UUID> ids) {
    return scope.with(
        tenant,
        db ->
            db.select(HISTORY.EXECUTION_ID, HISTORY.EVENTS)
                .from(HISTORY)
                .where(HISTORY.TENANT_ID.eq(tenant.value()))
                .and(HISTORY.EXECUTION_ID.in(ids))
                .and(HISTORY.FIRST_EVENT_ID.eq(1L))
                .fetchMap(HISTORY.EXECUTION_ID, HISTORY.EVENTS));
  }

  /// When the children at these places ended.
  public List<Ended> ended(TenantId tenant, UUID mapRunId, List<Long> indexes) {
    return scope.with(
        tenant,
        db ->
            db.select(EXECUTION.ITEM_INDEX, EXECUTION.ITEM_COUNT, EXECUTION.STOPPED_AT)
                .from(EXECUTION)
                .where(EXECUTION.TENANT_ID.eq(tenant.value()))
                .and(EXECUTION.MAP_RUN_ID.eq(mapRunId))
                .and(EXECUTION.STATUS.in(all()))
                .and(EXECUTION.ITEM_INDEX.in(indexes))
                .fetch(
                    row ->
                        new Ended(row.value1(), row.value2(), Times.instantOrNull(row.value3()))));
  }

  private static List<Short> all() {
    return Arrays.stream(ExecutionStatus.values()).map(s -> (short) s.code()).toList();
  }

  private static Condition of(TenantId tenant, UUID mapRunId, ExecutionStatus status) {
    return EXECUTION
        .TENANT_ID
        .eq(tenant.value())
        .and(EXECUTION.MAP_RUN_ID.eq(mapRunId))
        .and(EXECUTION.STATUS.eq((short) status.code()));
  }

  private static List<Child> rows(DSLContext db, Condition wanted, SortField<?> order, int limit) {
    return db.select(COLUMNS)
        .from(EXECUTION)
        .where(wanted)
        .orderBy(order)
        .limit(limit)
        .fetch(MapRunChildren::read);
  }

  private static Child read(Record row) {
    return new Child(
        new ExecutionKey(new TenantId(row.get(EXECUTION.TENANT_ID)), row.get(EXECUTION.ID)),
        row.get(EXECUTION.NAME),
        ExecutionStatus.ofCode(row.get(EXECUTION.STATUS)),
        Times.instant(row.get(EXECUTION.STARTED_AT)),
        Times.instantOrNull(row.get(EXECUTION.STOPPED_AT)),
        row.get(EXECUTION.LAST_EVENT_ID),
        row.get(EXECUTION.ITEM_INDEX),
        row.get(EXECUTION.ITEM_COUNT),
        row.get(EXECUTION.REDRIVE_COUNT),
        row.get(EXECUTION.STATE));
  }
}
