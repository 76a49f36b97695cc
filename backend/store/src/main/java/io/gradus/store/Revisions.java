package io.gradus.store;

import static io.gradus.migrations.db.Tables.EXECUTION;
import static io.gradus.migrations.db.Tables.STATE_MACHINE;
import static io.gradus.migrations.db.Tables.STATE_MACHINE_REVISION;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// State machines as their authors look at them: who changed what and when, without the definitions
/// that a list does not show.
public final class Revisions {
  private static final short ACTIVE = 0;

  private final TenantScope scope;

  /// A state machine in a list.
  ///
  /// @param by who made the newest revision
  /// @param last of the execution that was started last; null where there was none
  public record Entry(
      UUID id,
      String name,
      boolean express,
      int revisionNumber,
      String by,
      Instant updatedAt,
      @Nullable Last last) {}

  /// The execution that was started last.
  public record Last(String name, ExecutionStatus status, Instant startedAt) {}

  /// A revision in a list.
  public record Line(int number, String by, Instant at) {}

  /// A revision.
  ///
  /// @param definition UTF-8
  public record Revision(Line line, byte[] definition, String roleArn) {}

  /// Works in this scope.
  public Revisions(TenantScope scope) {
    this.scope = scope;
  }

  /// State machines that are not deleted, by name.
  ///
  /// @param part what the name contains, in any case; `""` for all
  /// @param after the name after which to begin, `""` for the first
  public List<Entry> entries(TenantId tenant, String part, String after, int limit) {
    return scope.with(
        tenant,
        db -> {
          Table<?> last =
              DSL.lateral(
                      DSL.select(EXECUTION.NAME, EXECUTION.STATUS, EXECUTION.STARTED_AT)
                          .from(EXECUTION)
                          .where(EXECUTION.TENANT_ID.eq(STATE_MACHINE.TENANT_ID))
                          .and(EXECUTION.STATE_MACHINE_ID.eq(STATE_MACHINE.ID))
                          .and(EXECUTION.MAP_RUN_ID.isNull())
                          .orderBy(EXECUTION.STARTED_AT.desc(), EXECUTION.ID.desc())
                          .limit(1))
                  .as("last");
          Condition wanted =
              STATE_MACHINE
                  .TENANT_ID
                  .eq(tenant.value())
                  .and(STATE_MACHINE.STATUS.eq(ACTIVE))
                  .and(STATE_MACHINE.NAME.gt(after));
          if (!part.isEmpty()) {
            wanted = wanted.and(STATE_MACHINE.NAME.containsIgnoreCase(part));
          }
          return db.select(
                  STATE_MACHINE.ID,
                  STATE_MACHINE.NAME,
                  STATE_MACHINE.TYPE,
                  STATE_MACHINE_REVISION.NUMBER,
                  STATE_MACHINE_REVISION.CREATED_BY,
                  STATE_MACHINE_REVISION.CREATED_AT,
                  last.field(EXECUTION.NAME),
                  last.field(EXECUTION.STATUS),
                  last.field(EXECUTION.STARTED_AT))
              .from(STATE_MACHINE)
              .join(STATE_MACHINE_REVISION)
              .on(STATE_MACHINE_REVISION.TENANT_ID.eq(STATE_MACHINE.TENANT_ID))
              .and(STATE_MACHINE_REVISION.ID.eq(STATE_MACHINE.REVISION_ID))
              .leftJoin(last)
              .on(DSL.trueCondition())
              .where(wanted)
              .orderBy(STATE_MACHINE.NAME)
              .limit(limit)
              .fetch(row -> entry(row, last));
        });
  }

  private static Entry entry(Record row, Table<?> last) {
    String name = row.get(last.field(EXECUTION.NAME));
    return new Entry(
        row.get(STATE_MACHINE.ID),
        row.get(STATE_MACHINE.NAME),
        row.get(STATE_MACHINE.TYPE) == 1,
        row.get(STATE_MACHINE_REVISION.NUMBER),
        row.get(STATE_MACHINE_REVISION.CREATED_BY),
        Times.instant(row.get(STATE_MACHINE_REVISION.CREATED_AT)),
        name == null
            ? null
            : new Last(
                name,
                ExecutionStatus.ofCode(row.get(last.field(EXECUTION.STATUS))),
                Times.instant(row.get(last.field(EXECUTION.STARTED_AT)))));
  }

  /// A state machine's revisions, newest first.
  ///
  /// @param before the number before which to begin
  public List<Line> list(TenantId tenant, UUID machine, int before, int limit) {
    return scope.with(
        tenant,
        db ->
            db.select(
                    STATE_MACHINE_REVISION.NUMBER,
                    STATE_MACHINE_REVISION.CREATED_BY,
                    STATE_MACHINE_REVISION.CREATED_AT)
                .from(STATE_MACHINE_REVISION)
                .where(of(tenant, machine).and(STATE_MACHINE_REVISION.NUMBER.lt(before)))
                .orderBy(STATE_MACHINE_REVISION.NUMBER.desc())
                .limit(limit)
                .fetch(Revisions::line));
  }

  /// One revision of a state machine.
  public Optional<Revision> find(TenantId tenant, UUID machine, int number) {
    return scope.with(
        tenant,
        db ->
            db.select()
                .from(STATE_MACHINE_REVISION)
                .where(of(tenant, machine).and(STATE_MACHINE_REVISION.NUMBER.eq(number)))
                .fetchOptional(
                    row ->
                        new Revision(
                            line(row),
                            row.get(STATE_MACHINE_REVISION.DEFINITION),
                            row.get(STATE_MACHINE_REVISION.ROLE_ARN))));
  }

  /// The newest revision of a state machine that is not deleted. Until the transaction ends nobody
  /// else adds one.
  public Optional<Line> newestLocked(TenantId tenant, UUID machine) {
    return scope.with(
        tenant,
        db -> {
          Optional<UUID> newest =
              db.select(STATE_MACHINE.REVISION_ID)
                  .from(STATE_MACHINE)
                  .where(STATE_MACHINE.TENANT_ID.eq(tenant.value()))
                  .and(STATE_MACHINE.ID.eq(machine))
                  .and(STATE_MACHINE.STATUS.eq(ACTIVE))
                  .forUpdate()
                  .fetchOptional(row -> row.value1());
          return newest.flatMap(
              id ->
                  db.select(
                          STATE_MACHINE_REVISION.NUMBER,
                          STATE_MACHINE_REVISION.CREATED_BY,
                          STATE_MACHINE_REVISION.CREATED_AT)
                      .from(STATE_MACHINE_REVISION)
                      .where(of(tenant, machine).and(STATE_MACHINE_REVISION.ID.eq(id)))
                      .fetchOptional(Revisions::line));
        });
  }

  private static Condition of(TenantId tenant, UUID machine) {
    return STATE_MACHINE_REVISION
        .TENANT_ID
        .eq(tenant.value())
        .and(STATE_MACHINE_REVISION.STATE_MACHINE_ID.eq(machine));
  }

  private static Line line(Record row) {
    return new Line(
        row.get(STATE_MACHINE_REVISION.NUMBER),
        row.get(STATE_MACHINE_REVISION.CREATED_BY),
        Times.instant(row.get(STATE_MACHINE_REVISION.CREATED_AT)));
  }
}
