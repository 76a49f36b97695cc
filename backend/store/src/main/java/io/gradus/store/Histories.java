package io.gradus.store;

import static io.gradus.migrations.db.Tables.HISTORY;

import io.gradus.engine.ExecutionKey;
import io.gradus.store.commit.Transition.HistoryRun;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Histories of a tenant's executions, read in portions: rows that each hold a run of events.
public final class Histories {
  /// How many bytes of history are read at a time; one run may be longer. A tenant's payloads are
  /// as long as its limits let them be, and a history has many.
  public static final long MOST_BYTES = 8 << 20;

  private final TenantScope scope;

  /// Works in this scope.
  public Histories(TenantScope scope) {
    this.scope = scope;
  }

  /// Runs of events in order, from the one that holds an event: no more than come to [#MOST_BYTES],
  /// and one at least where there is one.
  ///
  /// @param fromEventId 1 for all
  /// @param limit of runs
  public List<HistoryRun> forward(ExecutionKey key, long fromEventId, int limit) {
    return scope.with(
        key.tenant(),
        db ->
            read(
                db,
                of(key).and(HISTORY.FIRST_EVENT_ID.ge(firstOf(db, key, fromEventId))),
                HISTORY.FIRST_EVENT_ID.asc(),
                limit));
  }

  /// Runs of events, newest first, from the one that holds an event: no more than come to
  /// [#MOST_BYTES], and one at least where there is one.
  ///
  /// @param fromEventId `Long.MAX_VALUE` for all
  public List<HistoryRun> backward(ExecutionKey key, long fromEventId, int limit) {
    return scope.with(
        key.tenant(),
        db ->
            read(
                db,
                of(key).and(HISTORY.FIRST_EVENT_ID.le(fromEventId)),
                HISTORY.FIRST_EVENT_ID.desc(),
                limit));
  }

  /// Whether there may be more than was read with that limit.
  public static boolean isMore(List<HistoryRun> read, int limit) {
    return read.size() >= limit
        || read.stream().mapToLong(run -> run.events().length).sum() >= MOST_BYTES;
  }

  /// The runs that hold these events, each once and in order: no more than come to [#MOST_BYTES],
  /// and one at least.
  public List<HistoryRun> containing(ExecutionKey key, Collection<Long> eventIds) {
    if (eventIds.isEmpty()) {
      return List.of();
    }
    return scope.with(
        key.tenant(),
        db -> {
          Set<Long> firsts = firstsOf(db, key, eventIds);
          return read(
              db,
              of(key).and(HISTORY.FIRST_EVENT_ID.in(firsts)),
              HISTORY.FIRST_EVENT_ID.asc(),
              firsts.size());
        });
  }

  /// The sizes are read off where the events are kept, without the events.
  private static List<HistoryRun> read(
      DSLContext db, Condition which, SortField<Long> order, int limit) {
    Field<BigDecimal> before =
        DSL.sum(DSL.function("octet_length", Long.class, HISTORY.EVENTS))
            .over(DSL.orderBy(order).rowsBetweenUnboundedPreceding().andPreceding(1))
            .as("before");
    Table<?> runs =
        db.select(HISTORY.FIRST_EVENT_ID, HISTORY.EVENTS, before)
            .from(HISTORY)
            .where(which)
            .orderBy(order)
            .limit(limit)
            .asTable("runs");
    return db.select(runs.field(HISTORY.FIRST_EVENT_ID), runs.field(HISTORY.EVENTS))
        .from(runs)
        .where(DSL.coalesce(runs.field(before), BigDecimal.ZERO).lt(BigDecimal.valueOf(MOST_BYTES)))
        .fetch(row -> new HistoryRun(row.value1(), row.value2()));
  }

  private static long firstOf(DSLContext db, ExecutionKey key, long eventId) {
    Long first = db.select(firstOf(key, DSL.val(eventId))).fetchSingle().value1();
    return first == null ? 0 : first;
  }

  /// The first events of the runs that hold these, in order.
  private static Set<Long> firstsOf(DSLContext db, ExecutionKey key, Collection<Long> eventIds) {
    Table<?> wanted = DSL.unnest(eventIds.toArray(Long[]::new)).as("wanted", "id");
    Field<Long> id = DSL.field(DSL.name("wanted", "id"), Long.class);
    return new TreeSet<>(
        db.select(firstOf(key, id))
            .from(wanted)
            .fetch(row -> Objects.requireNonNull(row.value1())));
  }

  private static Field<Long> firstOf(ExecutionKey key, Field<Long> eventId) {
    return DSL.field(
        DSL.select(DSL.max(HISTORY.FIRST_EVENT_ID))
            .from(HISTORY)
            .where(of(key))
            .and(HISTORY.FIRST_EVENT_ID.le(eventId)));
  }

  private static Condition of(ExecutionKey key) {
    return HISTORY.TENANT_ID.eq(key.tenant().value()).and(HISTORY.EXECUTION_ID.eq(key.id()));
  }
}
