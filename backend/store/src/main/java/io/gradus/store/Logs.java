package io.gradus.store;

import static io.gradus.migrations.db.Tables.LOG_DELIVERY;
import static io.gradus.migrations.db.Tables.LOG_EVENT;
import static io.gradus.migrations.db.Tables.LOG_OUTGOING;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.sum;

import io.gradus.engine.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record3;
import org.jspecify.annotations.Nullable;

/// A tenant's own log, as it is read.
public final class Logs {
  /// How many events are looked at for one page at most.
  private static final int LOOKED_AT = 20_000;

  private final TenantScope scope;

  /// Where an event stands in the log.
  public record Place(Instant at, UUID execution, long event) {}

  /// An event.
  ///
  /// @param level 0 ALL, 1 ERROR, 2 FATAL
  /// @param message JSON
  /// @param kept whether the execution itself is kept
  public record Event(
      Place place,
      String stateMachine,
      int level,
      String type,
      String executionArn,
      String message,
      boolean kept) {}

  /// Some events.
  ///
  /// @param next where to go on; null where nothing is left
  public record Part(List<Event> events, @Nullable Place next) {}

  /// How sending to a log group goes.
  ///
  /// @param logGroup an ARN; empty for the own log itself
  /// @param waiting events that are to be sent
  /// @param since when the first of those happened
  public record Delivery(
      String logGroup,
      long sent,
      @Nullable Instant sentAt,
      @Nullable Instant failedAt,
      @Nullable String failure,
      long lost,
      long waiting,
      @Nullable Instant since) {}

  /// Works in this scope.
  public Logs(TenantScope scope) {
    this.scope = scope;
  }

  /// Events, newest first. Where texts are searched for, so many are looked at and no more: a part
  /// may then be small, or empty, and yet not the last.
  ///
  /// @param after null for the newest
  public Part list(TenantId tenant, LogFilter filter, @Nullable Place after, int limit) {
    return scope.with(
        tenant,
        db -> {
          Condition wanted = LOG_EVENT.TENANT_ID.eq(tenant.value()).and(filter.place());
          var place = row(LOG_EVENT.AT, LOG_EVENT.EXECUTION_ID, LOG_EVENT.EVENT_ID);
          if (after != null) {
            wanted =
                wanted.and(place.lt(Times.column(after.at()), after.execution(), after.event()));
          }
          Place end =
              db.select(LOG_EVENT.AT, LOG_EVENT.EXECUTION_ID, LOG_EVENT.EVENT_ID)
                  .from(LOG_EVENT)
                  .where(wanted)
                  .orderBy(
                      LOG_EVENT.AT.desc(), LOG_EVENT.EXECUTION_ID.desc(), LOG_EVENT.EVENT_ID.desc())
                  .offset(LOOKED_AT - 1)
                  .limit(1)
                  .fetchOptional(Logs::place)
                  .orElse(null);
          if (end != null) {
            wanted = wanted.and(place.ge(Times.column(end.at()), end.execution(), end.event()));
          }
          List<Event> events =
              db.selectFrom(LOG_EVENT)
                  .where(wanted)
                  .and(filter.look())
                  .orderBy(
                      LOG_EVENT.AT.desc(), LOG_EVENT.EXECUTION_ID.desc(), LOG_EVENT.EVENT_ID.desc())
                  .limit(limit)
                  .fetch(
                      found ->
                          new Event(
                              new Place(
                                  Times.instant(found.getAt()),
                                  found.getExecutionId(),
                                  found.getEventId()),
                              found.getStateMachine(),
                              found.getLevel(),
                              found.getType(),
                              found.getExecutionArn(),
                              found.getMessage(),
                              found.getKept()));
          return new Part(events, events.size() == limit ? events.getLast().place() : end);
        });
  }

  private static Place place(Record3<java.time.OffsetDateTime, UUID, Long> found) {
    return new Place(Times.instant(found.value1()), found.value2(), found.value3());
  }

  /// The state machines of which there are events, sorted.
  ///
  /// @param limit how many at most
  public List<String> stateMachines(TenantId tenant, int limit) {
    return scope.with(
        tenant,
        db -> {
          // From name to name over the index, however many events each has.
          List<String> found = new ArrayList<>();
          String last = null;
          while (found.size() < limit) {
            Condition of = LOG_EVENT.TENANT_ID.eq(tenant.value());
            last =
                db.select(min(LOG_EVENT.STATE_MACHINE))
                    .from(LOG_EVENT)
                    .where(last == null ? of : of.and(LOG_EVENT.STATE_MACHINE.gt(last)))
                    .fetchSingle()
                    .value1();
            if (last == null) {
              break;
            }
            found.add(last);
          }
          return List.copyOf(found);
        });
  }

  /// How sending goes, by log group.
  public List<Delivery> deliveries(TenantId tenant) {
    return scope.with(
        tenant,
        db -> {
          Map<String, Delivery> found = new LinkedHashMap<>();
          db.selectFrom(LOG_DELIVERY)
              .where(LOG_DELIVERY.TENANT_ID.eq(tenant.value()))
              .orderBy(LOG_DELIVERY.LOG_GROUP)
              .forEach(
                  each ->
                      found.put(
                          each.getLogGroup(),
                          new Delivery(
                              each.getLogGroup(),
                              each.getSentEvents(),
                              Times.instantOrNull(each.getSentAt()),
                              Times.instantOrNull(each.getFailedAt()),
                              each.getFailure(),
                              each.getLostEvents(),
                              0,
                              null)));
          db.select(
                  LOG_OUTGOING.LOG_GROUP,
                  coalesce(sum(LOG_OUTGOING.EVENTS), BigDecimal.ZERO),
                  min(LOG_OUTGOING.AT))
              .from(LOG_OUTGOING)
              .where(LOG_OUTGOING.TENANT_ID.eq(tenant.value()))
              .groupBy(LOG_OUTGOING.LOG_GROUP)
              .orderBy(LOG_OUTGOING.LOG_GROUP)
              .forEach(
                  each ->
                      found.merge(
                          each.value1(),
                          new Delivery(
                              each.value1(),
                              0,
                              null,
                              null,
                              null,
                              0,
                              each.value2().longValue(),
                              Times.instantOrNull(each.value3())),
                          (known, waiting) ->
                              new Delivery(
                                  known.logGroup(),
                                  known.sent(),
                                  known.sentAt(),
                                  known.failedAt(),
                                  known.failure(),
                                  known.lost(),
                                  waiting.waiting(),
                                  waiting.since())));
          return List.copyOf(found.values());
        });
  }
}
