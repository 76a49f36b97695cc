package io.gradus.store;

import static io.gradus.migrations.db.Tables.EXECUTION;
import static io.gradus.migrations.db.Tables.MAP_RUN;
import static io.gradus.migrations.db.Tables.STATE_MACHINE;

import io.gradus.asl.model.StateName;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.engine.Places;
import io.gradus.engine.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Map Runs as they are looked up; only the engine writes them.
public final class MapRuns {
  private static final io.gradus.migrations.db.tables.MapRun AROUND = MAP_RUN.as("around");

  /// Of the Map whose child the execution itself is.
  private static final Field<String> OUTER_LABEL =
      DSL.field(
              DSL.select(AROUND.LABEL)
                  .from(AROUND)
                  .where(AROUND.TENANT_ID.eq(EXECUTION.TENANT_ID))
                  .and(AROUND.ID.eq(EXECUTION.MAP_RUN_ID)))
          .as("outer_label");

  private final TenantScope scope;

  /// A Map Run with the execution whose Map it is.
  ///
  /// @param outerLabel of the Map whose child that execution is itself; null for none
  public record Stored(
      MapRun mapRun,
      ExecutionKey execution,
      String stateMachineName,
      String executionName,
      @Nullable String outerLabel) {}

  /// Works in this scope.
  public MapRuns(TenantScope scope) {
    this.scope = scope;
  }

  /// By id.
  public Optional<Stored> find(TenantId tenant, UUID id) {
    return scope.with(
        tenant,
        db ->
            rows(db, MAP_RUN.TENANT_ID.eq(tenant.value()).and(MAP_RUN.ID.eq(id)))
                .fetchOptional(MapRuns::read));
  }

  /// Those of an execution, newest first.
  ///
  /// @param before the last one that was listed; null for none
  public List<Stored> of(ExecutionKey execution, @Nullable UUID before, int limit) {
    Condition wanted =
        MAP_RUN
            .TENANT_ID
            .eq(execution.tenant().value())
            .and(MAP_RUN.EXECUTION_ID.eq(execution.id()));
    if (before != null) {
      wanted = wanted.and(MAP_RUN.ID.lt(before));
    }
    Condition meant = wanted;
    return scope.with(
        execution.tenant(),
        db -> rows(db, meant).orderBy(MAP_RUN.ID.desc()).limit(limit).fetch(MapRuns::read));
  }

  private static SelectConditionStep<Record> rows(DSLContext db, Condition wanted) {
    return db.select(MAP_RUN.fields())
        .select(STATE_MACHINE.NAME, EXECUTION.NAME, OUTER_LABEL)
        .from(MAP_RUN)
        .join(EXECUTION)
        .on(EXECUTION.TENANT_ID.eq(MAP_RUN.TENANT_ID))
        .and(EXECUTION.ID.eq(MAP_RUN.EXECUTION_ID))
        .join(STATE_MACHINE)
        .on(STATE_MACHINE.TENANT_ID.eq(EXECUTION.TENANT_ID))
        .and(STATE_MACHINE.ID.eq(EXECUTION.STATE_MACHINE_ID))
        .where(wanted);
  }

  private static Stored read(Record row) {
    MapRun.Status status = MapRun.Status.ofCode(row.get(MAP_RUN.STATUS));
    MapProgress progress =
        new MapProgress(
            row.get(MAP_RUN.ITEMS),
            row.get(MAP_RUN.CHILDREN),
            row.get(MAP_RUN.SUCCEEDED),
            row.get(MAP_RUN.FAILED),
            row.get(MAP_RUN.TIMED_OUT),
            row.get(MAP_RUN.ABORTED),
            row.get(MAP_RUN.SUCCEEDED_ITEMS),
            row.get(MAP_RUN.FAILED_ITEMS),
            row.get(MAP_RUN.TIMED_OUT_ITEMS),
            row.get(MAP_RUN.ABORTED_ITEMS),
            null,
            0,
            false,
            false,
            false,
            row.get(MAP_RUN.MAX_CONCURRENCY),
            new Fact.Tolerance(
                row.get(MAP_RUN.TOLERATED_COUNT), row.get(MAP_RUN.TOLERATED_PERCENTAGE)),
            status != MapRun.Status.RUNNING,
            Places.NONE,
            row.get(MAP_RUN.PENDING_REDRIVE) == 0
                ? null
                : new MapProgress.Redriving(
                    row.get(MAP_RUN.PENDING_REDRIVE),
                    row.get(MAP_RUN.PENDING_REDRIVE_ITEMS),
                    -1,
                    false,
                    null),
            null,
            row.get(MAP_RUN.WRITTEN) == null
                ? null
                : new MapProgress.Written(row.get(MAP_RUN.WRITTEN), row.get(MAP_RUN.WRITTEN_ITEMS)),
            row.get(MAP_RUN.NOT_REDRIVABLE),
            row.get(MAP_RUN.NOT_REDRIVABLE_ITEMS));
    return new Stored(
        new MapRun(
            row.get(MAP_RUN.ID),
            new StateName(row.get(MAP_RUN.STATE_NAME)),
            row.get(MAP_RUN.LABEL),
            status,
            progress,
            row.get(MAP_RUN.TOTAL_ITEMS),
            Times.instant(row.get(MAP_RUN.STARTED_AT)),
            Times.instantOrNull(row.get(MAP_RUN.STOPPED_AT)),
            row.get(MAP_RUN.REDRIVE_COUNT),
            Times.instantOrNull(row.get(MAP_RUN.REDRIVEN_AT))),
        new ExecutionKey(new TenantId(row.get(MAP_RUN.TENANT_ID)), row.get(MAP_RUN.EXECUTION_ID)),
        row.get(STATE_MACHINE.NAME),
        row.get(EXECUTION.NAME),
        row.get(OUTER_LABEL));
  }
}
