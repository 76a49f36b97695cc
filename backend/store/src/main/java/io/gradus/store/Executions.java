package io.gradus.store;

import static io.gradus.migrations.db.Tables.EXECUTION;
import static io.gradus.migrations.db.Tables.FRAME;
import static io.gradus.migrations.db.Tables.MAP_RUN;
import static io.gradus.migrations.db.Tables.STATE_MACHINE;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import io.gradus.store.commit.SideRows.FrameRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Executions as they are looked up; only the engine writes them.
public final class Executions {
  /// Of the Map whose child an execution is; null for others.
  private static final Field<String> LABEL =
      DSL.field(
              DSL.select(MAP_RUN.LABEL)
                  .from(MAP_RUN)
                  .where(MAP_RUN.TENANT_ID.eq(EXECUTION.TENANT_ID))
                  .and(MAP_RUN.ID.eq(EXECUTION.MAP_RUN_ID)))
          .as("map_label");

  private static final List<SelectField<?>> SUMMARY =
      List.of(
          EXECUTION.TENANT_ID,
          EXECUTION.ID,
          EXECUTION.STATE_MACHINE_ID,
          STATE_MACHINE.NAME,
          STATE_MACHINE.TYPE,
          EXECUTION.REVISION_ID,
          EXECUTION.NAME,
          EXECUTION.STATUS,
          EXECUTION.STARTED_AT,
          EXECUTION.STOPPED_AT,
          EXECUTION.LAST_EVENT_ID,
          EXECUTION.TRACE_HEADER,
          EXECUTION.VERSION_ARN,
          EXECUTION.ALIAS_ARN,
          EXECUTION.REDRIVE_COUNT,
          EXECUTION.REDRIVEN_AT,
          EXECUTION.AWS_STRICT,
          EXECUTION.MAP_RUN_ID,
          LABEL);

  private final TenantScope scope;

  /// An execution without its payloads.
  public record Summary(
      ExecutionKey key,
      UUID stateMachineId,
      String stateMachineName,
      boolean express,
      UUID revisionId,
      String name,
      ExecutionStatus status,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      long lastEventId,
      @Nullable String traceHeader,
      @Nullable String versionArn,
      @Nullable String aliasArn,
      int redriveCount,
      @Nullable Instant redrivenAt,
      boolean awsStrict,
      @Nullable MapChild mapChild) {}

  /// What makes an execution a child of a Map Run.
  ///
  /// @param label of the Map
  public record MapChild(UUID mapRunId, String label) {}

  /// An execution with its encoded state.
  ///
  /// @param state as the engine's codec wrote it; payloads that it refers to are in the history
  public record Detail(Summary summary, byte[] state, byte @Nullable [] mocks) {}

  /// Which executions a list holds; null and empty filter nothing.
  ///
  /// @param startedFrom inclusive
  /// @param startedBefore exclusive
  /// @param namePrefix what the name begins with
  /// @param qualifiedArn of the version, or of the alias, that they were started by
  /// @param redriven whether they were redriven
  public record Filter(
      @Nullable UUID stateMachineId,
      Set<ExecutionStatus> statuses,
      @Nullable Instant startedFrom,
      @Nullable Instant startedBefore,
      @Nullable String namePrefix,
      @Nullable String qualifiedArn,
      @Nullable Boolean redriven) {
    public static final Filter ALL = new Filter(null, Set.of(), null, null, null);

    /// Whatever they were started by.
    public Filter(
        @Nullable UUID stateMachineId,
        Set<ExecutionStatus> statuses,
        @Nullable Instant startedFrom,
        @Nullable Instant startedBefore,
        @Nullable String namePrefix) {
      this(stateMachineId, statuses, startedFrom, startedBefore, namePrefix, null, null);
    }

    public Filter {
      statuses = Set.copyOf(statuses);
    }
  }

  /// Works in this scope.
  public Executions(TenantScope scope) {
    this.scope = scope;
  }

  /// By id.
  public Optional<Detail> find(ExecutionKey key) {
    return detail(
        key.tenant(), EXECUTION.TENANT_ID.eq(key.tenant().value()).and(EXECUTION.ID.eq(key.id())));
  }

  /// The execution of that name of a state machine, which may be deleted: where the name was used
  /// by several, the newest.
  ///
  /// @param stateMachineName followed by `/` and the label of a Map for a child of a Map Run
  public Optional<Detail> find(TenantId tenant, String stateMachineName, String name) {
    return detail(tenant, named(tenant, stateMachineName, name));
  }

  /// What [#find] finds, without its state.
  public Optional<Summary> summary(TenantId tenant, String stateMachineName, String name) {
    return scope.with(
        tenant,
        db ->
            db.select(SUMMARY)
                .from(EXECUTION)
                .join(STATE_MACHINE)
                .on(machine())
                .where(named(tenant, stateMachineName, name))
                .orderBy(EXECUTION.STARTED_AT.desc(), EXECUTION.ID.desc())
                .limit(1)
                .fetchOptional(Executions::summary));
  }

  /// Newest first.
  public Listing<Summary> list(
      TenantId tenant, Filter filter, @Nullable Position after, int limit) {
    return scope.with(
        tenant,
        db -> {
          // Ids are in the order of starting, and lead the key: a list over all machines needs no
          // index of its own.
          boolean ofOne = filter.stateMachineId() != null;
          List<SortField<?>> order =
              ofOne
                  ? List.of(EXECUTION.STARTED_AT.desc(), EXECUTION.ID.desc())
                  : List.of(EXECUTION.ID.desc());
          Condition wanted =
              EXECUTION
                  .TENANT_ID
                  .eq(tenant.value())
                  .and(EXECUTION.MAP_RUN_ID.isNull())
                  .and(condition(filter));
          if (after != null) {
            wanted =
                wanted.and(
                    ofOne
                        ? DSL.row(EXECUTION.STARTED_AT, EXECUTION.ID)
                            .lt(Times.column(after.at()), after.id())
                        : EXECUTION.ID.lt(after.id()));
          }
          List<Summary> rows =
              db.select(SUMMARY)
                  .from(EXECUTION)
                  .join(STATE_MACHINE)
                  .on(machine())
                  .where(wanted)
                  .orderBy(order)
                  .limit(limit + 1)
                  .fetch(Executions::summary);
          return Listing.of(rows, limit, s -> new Position(s.startedAt(), s.key().id()));
        });
  }

  /// The children of a Map Run, those begun last first.
  ///
  /// @param status null for any
  /// @param redriven whether they were redriven; null for either
  /// @param before the place of the last one that was listed; null for none
  public List<Child> children(
      TenantId tenant,
      UUID mapRunId,
      @Nullable ExecutionStatus status,
      @Nullable Boolean redriven,
      @Nullable Long before,
      int limit) {
    return scope.with(
        tenant,
        db -> {
          List<Child> found = new ArrayList<>();
          // The index has them by status: each status gives its own newest.
          for (ExecutionStatus each : status == null ? ExecutionStatus.values() : of(status)) {
            Condition wanted =
                EXECUTION
                    .TENANT_ID
                    .eq(tenant.value())
                    .and(EXECUTION.MAP_RUN_ID.eq(mapRunId))
                    .and(EXECUTION.STATUS.eq((short) each.code()));
            if (before != null) {
              wanted = wanted.and(EXECUTION.ITEM_INDEX.lt(before));
            }
            if (redriven != null) {
              wanted =
                  wanted.and(
                      redriven ? EXECUTION.REDRIVE_COUNT.gt(0) : EXECUTION.REDRIVE_COUNT.eq(0));
            }
            found.addAll(
                db.select(SUMMARY)
                    .select(EXECUTION.ITEM_INDEX, EXECUTION.ITEM_COUNT)
                    .from(EXECUTION)
                    .join(STATE_MACHINE)
                    .on(machine())
                    .where(wanted)
                    .orderBy(EXECUTION.ITEM_INDEX.desc())
                    .limit(limit)
                    .fetch(
                        row ->
                            new Child(
                                summary(row),
                                row.get(EXECUTION.ITEM_INDEX),
                                row.get(EXECUTION.ITEM_COUNT))));
          }
          found.sort(Comparator.comparingLong(Child::index).reversed());
          return List.copyOf(found.subList(0, Math.min(limit, found.size())));
        });
  }

  private static ExecutionStatus[] of(ExecutionStatus status) {
    return new ExecutionStatus[] {status};
  }

  /// A child of a Map Run.
  ///
  /// @param index its place among them
  /// @param items how many of the Map's items it has
  public record Child(Summary summary, long index, int items) {}

  /// Frames that are rows of their own.
  public List<FrameRow> frames(ExecutionKey key) {
    return scope.with(
        key.tenant(),
        db ->
            db.select(FRAME.FRAME_ID, FRAME.STATE)
                .from(FRAME)
                .where(FRAME.TENANT_ID.eq(key.tenant().value()))
                .and(FRAME.EXECUTION_ID.eq(key.id()))
                .orderBy(FRAME.FRAME_ID)
                .fetch(row -> new FrameRow(row.value1(), row.value2())));
  }

  private Optional<Detail> detail(TenantId tenant, Condition which) {
    List<SelectField<?>> columns = new ArrayList<>(SUMMARY);
    columns.add(EXECUTION.STATE);
    columns.add(EXECUTION.MOCKS);
    return scope.with(
        tenant,
        db ->
            db.select(columns)
                .from(EXECUTION)
                .join(STATE_MACHINE)
                .on(machine())
                .where(which)
                .orderBy(EXECUTION.STARTED_AT.desc(), EXECUTION.ID.desc())
                .limit(1)
                .fetchOptional(
                    row ->
                        new Detail(
                            summary(row), row.get(EXECUTION.STATE), row.get(EXECUTION.MOCKS))));
  }

  private static Condition machine() {
    return STATE_MACHINE
        .TENANT_ID
        .eq(EXECUTION.TENANT_ID)
        .and(STATE_MACHINE.ID.eq(EXECUTION.STATE_MACHINE_ID));
  }

  private static Condition named(TenantId tenant, String stateMachineName, String name) {
    int slash = stateMachineName.indexOf('/');
    Condition child =
        slash < 0
            ? EXECUTION.MAP_RUN_ID.isNull()
            : DSL.exists(
                DSL.selectOne()
                    .from(MAP_RUN)
                    .where(MAP_RUN.TENANT_ID.eq(tenant.value()))
                    .and(MAP_RUN.ID.eq(EXECUTION.MAP_RUN_ID))
                    .and(MAP_RUN.LABEL.eq(stateMachineName.substring(slash + 1))));
    return STATE_MACHINE
        .TENANT_ID
        .eq(tenant.value())
        .and(
            STATE_MACHINE.NAME.eq(
                slash < 0 ? stateMachineName : stateMachineName.substring(0, slash)))
        .and(EXECUTION.TENANT_ID.eq(tenant.value()))
        .and(EXECUTION.NAME.eq(name))
        .and(child);
  }

  private static Condition condition(Filter filter) {
    Condition condition = DSL.noCondition();
    if (filter.stateMachineId() != null) {
      condition = condition.and(EXECUTION.STATE_MACHINE_ID.eq(filter.stateMachineId()));
    }
    if (!filter.statuses().isEmpty()) {
      condition =
          condition.and(
              EXECUTION.STATUS.in(filter.statuses().stream().map(s -> (short) s.code()).toList()));
    }
    if (filter.startedFrom() != null) {
      condition = condition.and(EXECUTION.STARTED_AT.ge(Times.column(filter.startedFrom())));
    }
    if (filter.startedBefore() != null) {
      condition = condition.and(EXECUTION.STARTED_AT.lt(Times.column(filter.startedBefore())));
    }
    if (filter.namePrefix() != null) {
      condition = condition.and(EXECUTION.NAME.startsWith(filter.namePrefix()));
    }
    if (filter.redriven() != null) {
      condition =
          condition.and(
              filter.redriven() ? EXECUTION.REDRIVE_COUNT.gt(0) : EXECUTION.REDRIVE_COUNT.eq(0));
    }
    if (filter.qualifiedArn() != null) {
      condition =
          condition.and(
              EXECUTION
                  .VERSION_ARN
                  .eq(filter.qualifiedArn())
                  .or(EXECUTION.ALIAS_ARN.eq(filter.qualifiedArn())));
    }
    return condition;
  }

  private static Summary summary(Record row) {
    return new Summary(
        new ExecutionKey(new TenantId(row.get(EXECUTION.TENANT_ID)), row.get(EXECUTION.ID)),
        row.get(EXECUTION.STATE_MACHINE_ID),
        row.get(STATE_MACHINE.NAME),
        row.get(STATE_MACHINE.TYPE) == 1,
        row.get(EXECUTION.REVISION_ID),
        row.get(EXECUTION.NAME),
        ExecutionStatus.ofCode(row.get(EXECUTION.STATUS)),
        Times.instant(row.get(EXECUTION.STARTED_AT)),
        Times.instantOrNull(row.get(EXECUTION.STOPPED_AT)),
        row.get(EXECUTION.LAST_EVENT_ID),
        row.get(EXECUTION.TRACE_HEADER),
        row.get(EXECUTION.VERSION_ARN),
        row.get(EXECUTION.ALIAS_ARN),
        row.get(EXECUTION.REDRIVE_COUNT),
        Times.instantOrNull(row.get(EXECUTION.REDRIVEN_AT)),
        row.get(EXECUTION.AWS_STRICT),
        row.get(EXECUTION.MAP_RUN_ID) == null
            ? null
            : new MapChild(row.get(EXECUTION.MAP_RUN_ID), row.get(LABEL)));
  }
}
