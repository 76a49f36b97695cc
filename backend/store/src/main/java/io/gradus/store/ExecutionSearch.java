package io.gradus.store;

import static io.gradus.migrations.db.Tables.EXECUTION;
import static io.gradus.migrations.db.Tables.MAP_RUN;
import static io.gradus.migrations.db.Tables.NODE;
import static io.gradus.migrations.db.Tables.STATE_MACHINE;
import static io.gradus.migrations.db.Tables.STATE_MACHINE_REVISION;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.FrameId;
import io.gradus.engine.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SelectField;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What people look for among a tenant's executions, and how these belong together.
public final class ExecutionSearch {
  /// Of the Map whose child an execution is; null for others.
  private static final Field<String> LABEL =
      DSL.field(
              DSL.select(MAP_RUN.LABEL)
                  .from(MAP_RUN)
                  .where(MAP_RUN.TENANT_ID.eq(EXECUTION.TENANT_ID))
                  .and(MAP_RUN.ID.eq(EXECUTION.MAP_RUN_ID)))
          .as("map_label");

  private static final List<SelectField<?>> COLUMNS =
      List.of(
          EXECUTION.TENANT_ID,
          EXECUTION.ID,
          STATE_MACHINE.NAME,
          STATE_MACHINE_REVISION.NUMBER,
          EXECUTION.NAME,
          EXECUTION.STATUS,
          EXECUTION.STARTED_AT,
          EXECUTION.STOPPED_AT,
          EXECUTION.LAST_EVENT_ID,
          EXECUTION.ERROR,
          EXECUTION.AWS_STRICT,
          EXECUTION.MAP_RUN_ID,
          EXECUTION.MAP_STATE,
          EXECUTION.ITEM_INDEX,
          EXECUTION.ITEM_COUNT,
          LABEL);

  private static final short STANDARD = 0;

  /// How far an id's time may be from when its execution was started.
  private static final Duration SLACK = Duration.ofMinutes(1);

  /// Sorts after every text that goes on from a prefix.
  private static final String LAST_CHARACTER = "\uDBFF\uDFFF";

  private final TenantScope scope;

  /// Works in this scope.
  public ExecutionSearch(TenantScope scope) {
    this.scope = scope;
  }

  /// What is looked for; null and empty filter nothing.
  ///
  /// @param stateMachine its name; deleted ones of that name are meant as well
  /// @param startedFrom inclusive
  /// @param startedBefore exclusive
  /// @param namePrefix what the name begins with
  /// @param error that it ended with, exactly
  public record Wanted(
      @Nullable String stateMachine,
      Set<ExecutionStatus> statuses,
      @Nullable Instant startedFrom,
      @Nullable Instant startedBefore,
      @Nullable String namePrefix,
      @Nullable String error) {
    public Wanted {
      statuses = Set.copyOf(statuses);
    }
  }

  /// An execution in the list.
  ///
  /// @param revision the number of the definition it was started with
  /// @param error that it ended with; null where it did not, or none was told
  /// @param strict whether AWS's limits hold for it
  /// @param mapChild null for one that is no child of a Map Run
  public record Found(
      ExecutionKey key,
      String stateMachine,
      int revision,
      String name,
      ExecutionStatus status,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      long lastEventId,
      @Nullable String error,
      boolean strict,
      @Nullable MapChild mapChild) {}

  /// What makes an execution a child of a Map Run.
  ///
  /// @param label of the Map
  /// @param state whose processor it runs
  /// @param index its place among the children
  /// @param items how many of the Map's items it has
  public record MapChild(UUID mapRunId, String label, String state, long index, int items) {}

  /// The task that started an execution.
  ///
  /// @param attempt the event that scheduled the task
  public record Parent(String stateMachine, String name, FrameId frame, long attempt) {}

  /// The execution that another one goes on from.
  ///
  /// @param state before which the other one begins
  public record Origin(String stateMachine, String name, String state) {}

  /// Newest first.
  public Listing<Found> newest(
      TenantId tenant, Wanted wanted, @Nullable Position after, int limit) {
    // Ids are in the order of starting and lead the key: only the list of one machine is by time,
    // as the index that it goes along. What ended with an error is fewer, and found by that.
    boolean ofOne = wanted.stateMachine() != null && wanted.error() == null;
    List<SortField<?>> order =
        ofOne
            ? List.of(EXECUTION.STARTED_AT.desc(), EXECUTION.ID.desc())
            : List.of(EXECUTION.ID.desc());
    Condition where =
        EXECUTION
            .TENANT_ID
            .eq(tenant.value())
            .and(EXECUTION.MAP_RUN_ID.isNull()) // they are listed with their Map Run
            .and(condition(tenant, wanted));
    if (after != null) {
      where =
          where.and(
              ofOne
                  ? DSL.row(EXECUTION.STARTED_AT, EXECUTION.ID)
                      .lt(Times.column(after.at()), after.id())
                  : EXECUTION.ID.lt(after.id()));
    }
    Condition meant = where;
    return scope.with(
        tenant,
        db ->
            Listing.of(
                rows(db, meant).orderBy(order).limit(limit + 1).fetch(ExecutionSearch::read),
                limit,
                found -> new Position(found.startedAt(), found.key().id())));
  }

  /// The child of a Map Run of that name, which is its id.
  public Optional<Found> child(TenantId tenant, UUID id) {
    Condition named =
        EXECUTION
            .TENANT_ID
            .eq(tenant.value())
            .and(EXECUTION.ID.eq(id))
            .and(EXECUTION.MAP_RUN_ID.isNotNull());
    return scope.with(tenant, db -> rows(db, named).fetchOptional(ExecutionSearch::read));
  }

  /// The one of that name of a state machine, the newest where the name was used by several.
  public Optional<Found> find(TenantId tenant, String stateMachine, String name) {
    Condition named =
        EXECUTION
            .TENANT_ID
            .eq(tenant.value())
            .and(machineNamed(tenant, stateMachine))
            .and(EXECUTION.NAME.eq(name));
    return scope.with(
        tenant,
        db ->
            rows(db, named)
                .orderBy(EXECUTION.STARTED_AT.desc(), EXECUTION.ID.desc())
                .limit(1)
                .fetchOptional(ExecutionSearch::read));
  }

  private static SelectConditionStep<Record> rows(DSLContext db, Condition where) {
    return db.select(COLUMNS)
        .from(EXECUTION)
        .join(STATE_MACHINE)
        .on(STATE_MACHINE.TENANT_ID.eq(EXECUTION.TENANT_ID))
        .and(STATE_MACHINE.ID.eq(EXECUTION.STATE_MACHINE_ID))
        .join(STATE_MACHINE_REVISION)
        .on(STATE_MACHINE_REVISION.TENANT_ID.eq(EXECUTION.TENANT_ID))
        .and(STATE_MACHINE_REVISION.ID.eq(EXECUTION.REVISION_ID))
        // Express executions have no page of their own, as with AWS.
        .where(STATE_MACHINE.TYPE.eq(STANDARD))
        .and(where);
  }

  /// Which task started it; empty where a caller did.
  public Optional<Parent> parent(ExecutionKey child) {
    var parent = EXECUTION.as("parent");
    return scope.with(
        child.tenant(),
        db ->
            db.select(
                    STATE_MACHINE.NAME,
                    parent.NAME,
                    EXECUTION.PARENT_FRAME_ID,
                    EXECUTION.PARENT_ATTEMPT)
                .from(EXECUTION)
                .join(parent)
                .on(parent.TENANT_ID.eq(EXECUTION.TENANT_ID))
                .and(parent.ID.eq(EXECUTION.PARENT_EXECUTION_ID))
                .join(STATE_MACHINE)
                .on(STATE_MACHINE.TENANT_ID.eq(parent.TENANT_ID))
                .and(STATE_MACHINE.ID.eq(parent.STATE_MACHINE_ID))
                .where(EXECUTION.TENANT_ID.eq(child.tenant().value()))
                .and(EXECUTION.ID.eq(child.id()))
                .fetchOptional(
                    row ->
                        new Parent(
                            row.value1(), row.value2(), new FrameId(row.value3()), row.value4())));
  }

  /// The execution that this one goes on from; empty where it began at its beginning.
  public Optional<Origin> origin(ExecutionKey fork) {
    var origin = EXECUTION.as("origin");
    return scope.with(
        fork.tenant(),
        db ->
            db.select(STATE_MACHINE.NAME, origin.NAME, EXECUTION.FORKED_STATE)
                .from(EXECUTION)
                .join(origin)
                .on(origin.TENANT_ID.eq(EXECUTION.TENANT_ID))
                .and(origin.ID.eq(EXECUTION.FORKED_FROM))
                .join(STATE_MACHINE)
                .on(STATE_MACHINE.TENANT_ID.eq(origin.TENANT_ID))
                .and(STATE_MACHINE.ID.eq(origin.STATE_MACHINE_ID))
                .where(EXECUTION.TENANT_ID.eq(fork.tenant().value()))
                .and(EXECUTION.ID.eq(fork.id()))
                .fetchOptional(row -> new Origin(row.value1(), row.value2(), row.value3())));
  }

  private static Condition condition(TenantId tenant, Wanted wanted) {
    Condition condition = DSL.noCondition();
    if (wanted.stateMachine() != null) {
      condition = condition.and(machineNamed(tenant, wanted.stateMachine()));
    }
    if (wanted.statuses().equals(Set.of(ExecutionStatus.RUNNING))) {
      // What runs is found by who runs it.
      condition =
          condition
              .and(EXECUTION.STATUS.eq((short) ExecutionStatus.RUNNING.code()))
              .and(
                  EXECUTION.OWNER.in(
                      DSL.select(DSL.inline(0)).unionAll(DSL.select(NODE.INCARNATION).from(NODE))));
    } else if (!wanted.statuses().isEmpty()) {
      condition =
          condition.and(
              EXECUTION.STATUS.in(wanted.statuses().stream().map(s -> (short) s.code()).toList()));
    }
    if (wanted.startedFrom() != null) {
      condition =
          condition
              .and(EXECUTION.STARTED_AT.ge(Times.column(wanted.startedFrom())))
              .and(EXECUTION.ID.ge(firstId(wanted.startedFrom().minus(SLACK))));
    }
    if (wanted.startedBefore() != null) {
      condition =
          condition
              .and(EXECUTION.STARTED_AT.lt(Times.column(wanted.startedBefore())))
              .and(EXECUTION.ID.lt(firstId(wanted.startedBefore().plus(SLACK))));
    }
    if (wanted.namePrefix() != null) {
      condition =
          condition
              .and(EXECUTION.NAME.ge(wanted.namePrefix()))
              .and(EXECUTION.NAME.lt(wanted.namePrefix() + LAST_CHARACTER));
    }
    if (wanted.error() != null) {
      condition = condition.and(EXECUTION.ERROR.eq(wanted.error()));
    }
    return condition;
  }

  private static Condition machineNamed(TenantId tenant, String name) {
    var named = STATE_MACHINE.as("named");
    return EXECUTION.STATE_MACHINE_ID.in(
        DSL.select(named.ID)
            .from(named)
            .where(named.TENANT_ID.eq(tenant.value()))
            .and(named.NAME.eq(name)));
  }

  /// The least id that an execution started then can have.
  private static UUID firstId(Instant at) {
    return new UUID(Math.max(0, at.toEpochMilli()) << 16, 0);
  }

  private static Found read(Record row) {
    return new Found(
        new ExecutionKey(new TenantId(row.get(EXECUTION.TENANT_ID)), row.get(EXECUTION.ID)),
        row.get(STATE_MACHINE.NAME),
        row.get(STATE_MACHINE_REVISION.NUMBER),
        row.get(EXECUTION.NAME),
        ExecutionStatus.ofCode(row.get(EXECUTION.STATUS)),
        Times.instant(row.get(EXECUTION.STARTED_AT)),
        Times.instantOrNull(row.get(EXECUTION.STOPPED_AT)),
        row.get(EXECUTION.LAST_EVENT_ID),
        row.get(EXECUTION.ERROR),
        row.get(EXECUTION.AWS_STRICT),
        row.get(EXECUTION.MAP_RUN_ID) == null
            ? null
            : new MapChild(
                row.get(EXECUTION.MAP_RUN_ID),
                row.get(LABEL),
                row.get(EXECUTION.MAP_STATE),
                row.get(EXECUTION.ITEM_INDEX),
                row.get(EXECUTION.ITEM_COUNT)));
  }
}
