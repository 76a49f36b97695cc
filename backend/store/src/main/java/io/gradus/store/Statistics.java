package io.gradus.store;

import static io.gradus.migrations.db.Tables.APPROVAL;
import static io.gradus.migrations.db.Tables.EXECUTION;
import static io.gradus.migrations.db.Tables.EXECUTION_STAT;
import static io.gradus.migrations.db.Tables.EXECUTION_STAT_CLOCK;
import static io.gradus.migrations.db.Tables.NODE;
import static io.gradus.migrations.db.Tables.STATE_MACHINE;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.AggregateFunction;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What was counted of a tenant's executions, and what is open now.
public final class Statistics {
  private static final short EXPRESS = 1;

  private static final Field<UUID> FOUND_MACHINE =
      DSL.field(DSL.name("found", "state_machine_id"), UUID.class);
  private static final Field<UUID> FOUND_MAP_RUN =
      DSL.field(DSL.name("found", "map_run_id"), UUID.class);

  private final TenantScope scope;

  /// Which buckets are meant: those of a length, from one moment to another.
  ///
  /// @param spanMinutes 5 or 60
  /// @param from inclusive, where a bucket begins
  /// @param to exclusive
  /// @param stateMachine its name; null for all. Deleted ones of that name are meant as well
  public record Buckets(int spanMinutes, Instant from, Instant to, @Nullable String stateMachine) {}

  /// How many of what began in a bar.
  ///
  /// @param status how they ended; RUNNING for how many were started
  /// @param durationClass as the table has it
  public record Cell(Instant bar, ExecutionStatus status, int durationClass, long executions) {}

  /// How many of a state machine, which may be deleted.
  public record MachineCell(
      String stateMachine, ExecutionStatus status, int durationClass, long executions) {}

  /// A state machine and whether it is an Express one.
  public record Machine(String name, boolean express) {}

  /// By what the first state machines are found.
  public enum Order {
    STARTED,
    FAILED
  }

  /// How far it is counted, of all tenants; null where it never was.
  public record Counted(@Nullable Instant settledTo, @Nullable Instant countedTo) {}

  /// What is open now.
  ///
  /// @param executions that run; no more than were looked through
  /// @param all whether all that run were looked through
  /// @param approvals that wait for somebody
  /// @param approvalsDue those of them whose time is over
  public record Open(int executions, boolean all, int approvals, int approvalsDue) {}

  /// Works in this scope.
  public Statistics(TenantScope scope) {
    this.scope = scope;
  }

  /// What was counted, added up into bars.
  ///
  /// @param bar the length of each, a multiple of the buckets'
  public List<Cell> bars(TenantId tenant, Buckets buckets, Duration bar) {
    Field<OffsetDateTime> begin =
        DSL.field(
            "date_bin({0} * interval '1 second', {1}, 'epoch')",
            OffsetDateTime.class, DSL.inline(bar.toSeconds()), EXECUTION_STAT.BUCKET_AT);
    return scope.with(
        tenant,
        db ->
            db.select(begin, EXECUTION_STAT.STATUS, EXECUTION_STAT.DURATION_CLASS, executions())
                .from(EXECUTION_STAT)
                .where(within(tenant, buckets))
                .groupBy(begin, EXECUTION_STAT.STATUS, EXECUTION_STAT.DURATION_CLASS)
                .fetch(
                    row ->
                        new Cell(
                            Times.instant(row.value1()),
                            ExecutionStatus.ofCode(row.value2()),
                            row.value3(),
                            row.value4().longValue())));
  }

  /// The state machines with the most of something, that first.
  public List<Machine> first(TenantId tenant, Buckets buckets, Order order, int limit) {
    Field<BigDecimal> started =
        executions().filterWhere(EXECUTION_STAT.STATUS.eq(code(ExecutionStatus.RUNNING)));
    Field<BigDecimal> failed =
        executions()
            .filterWhere(
                EXECUTION_STAT.STATUS.in(
                    code(ExecutionStatus.FAILED), code(ExecutionStatus.TIMED_OUT)));
    Field<BigDecimal> first = order == Order.STARTED ? started : failed;
    Field<BigDecimal> second = order == Order.STARTED ? failed : started;
    Field<Short> type = DSL.max(STATE_MACHINE.TYPE);
    return scope.with(
        tenant,
        db ->
            db.select(STATE_MACHINE.NAME, type)
                .from(EXECUTION_STAT)
                .join(STATE_MACHINE)
                .on(STATE_MACHINE.TENANT_ID.eq(EXECUTION_STAT.TENANT_ID))
                .and(STATE_MACHINE.ID.eq(EXECUTION_STAT.STATE_MACHINE_ID))
                .where(within(tenant, buckets))
                .groupBy(STATE_MACHINE.NAME)
                .orderBy(
                    first.desc().nullsLast(), second.desc().nullsLast(), STATE_MACHINE.NAME.asc())
                .limit(limit)
                .fetch(row -> new Machine(row.value1(), row.value2() == EXPRESS)));
  }

  /// What was counted of these state machines.
  public List<MachineCell> of(TenantId tenant, Buckets buckets, Collection<String> names) {
    return scope.with(
        tenant,
        db ->
            db.select(
                    STATE_MACHINE.NAME,
                    EXECUTION_STAT.STATUS,
                    EXECUTION_STAT.DURATION_CLASS,
                    executions())
                .from(EXECUTION_STAT)
                .join(STATE_MACHINE)
                .on(STATE_MACHINE.TENANT_ID.eq(EXECUTION_STAT.TENANT_ID))
                .and(STATE_MACHINE.ID.eq(EXECUTION_STAT.STATE_MACHINE_ID))
                .where(within(tenant, buckets))
                .and(STATE_MACHINE.NAME.in(names))
                .groupBy(STATE_MACHINE.NAME, EXECUTION_STAT.STATUS, EXECUTION_STAT.DURATION_CLASS)
                .fetch(
                    row ->
                        new MachineCell(
                            row.value1(),
                            ExecutionStatus.ofCode(row.value2()),
                            row.value3(),
                            row.value4().longValue())));
  }

  /// The state machine of that name, the deleted one where there is no other; empty for none.
  public Optional<Machine> machine(TenantId tenant, String name) {
    return scope.with(
        tenant,
        db ->
            db.select(STATE_MACHINE.TYPE)
                .from(STATE_MACHINE)
                .where(STATE_MACHINE.TENANT_ID.eq(tenant.value()))
                .and(STATE_MACHINE.NAME.eq(name))
                .orderBy(STATE_MACHINE.STATUS.asc(), STATE_MACHINE.CREATED_AT.desc())
                .limit(1)
                .fetchOptional(row -> new Machine(name, row.value1() == EXPRESS)));
  }

  /// How far it is counted.
  public Counted counted(TenantId tenant) {
    return scope.with(
        tenant,
        db ->
            db.select(EXECUTION_STAT_CLOCK.SETTLED_TO, EXECUTION_STAT_CLOCK.COUNTED_TO)
                .from(EXECUTION_STAT_CLOCK)
                .fetchSingle(
                    row ->
                        new Counted(
                            Times.instantOrNull(row.value1()), Times.instantOrNull(row.value2()))));
  }

  /// What is open now. Of a tenant with more that runs, children of Map Runs with it, only `most`
  /// are looked through.
  ///
  /// @param stateMachine its name; null for all
  public Open open(TenantId tenant, @Nullable String stateMachine, Instant now, int most) {
    return scope.with(
        tenant,
        db -> {
          // What runs is found by who runs it.
          var found =
              db.select(EXECUTION.STATE_MACHINE_ID, EXECUTION.MAP_RUN_ID)
                  .from(EXECUTION)
                  .where(EXECUTION.TENANT_ID.eq(tenant.value()))
                  .and(EXECUTION.STATUS.eq(code(ExecutionStatus.RUNNING)))
                  .and(
                      EXECUTION.OWNER.in(
                          DSL.select(DSL.inline(0))
                              .unionAll(DSL.select(NODE.INCARNATION).from(NODE))))
                  .limit(most + 1)
                  .asTable("found");
          Condition meant = FOUND_MAP_RUN.isNull();
          if (stateMachine != null) {
            meant = meant.and(FOUND_MACHINE.in(named(tenant, stateMachine)));
          }
          var counted =
              db.select(DSL.count(), DSL.count().filterWhere(meant)).from(found).fetchSingle();
          Condition open = waiting(tenant, stateMachine);
          return new Open(
              counted.value2(),
              counted.value1() <= most,
              count(db, open, most),
              count(db, open.and(APPROVAL.DUE_AT.lt(Times.column(now))), most));
        });
  }

  private static int count(DSLContext db, Condition wanted, int most) {
    return ApprovalQueries.count(
        db.selectCount()
            .from(db.selectOne().from(APPROVAL).where(wanted).limit(most).asTable("found")));
  }

  private static Condition waiting(TenantId tenant, @Nullable String stateMachine) {
    Condition open =
        APPROVAL.TENANT_ID.eq(tenant.value()).and(APPROVAL.STATUS.eq(ApprovalStatus.OPEN.code()));
    return stateMachine == null
        ? open
        : open.and(
            DSL.exists(
                DSL.selectOne()
                    .from(EXECUTION)
                    .where(EXECUTION.TENANT_ID.eq(APPROVAL.TENANT_ID))
                    .and(EXECUTION.ID.eq(APPROVAL.EXECUTION_ID))
                    .and(EXECUTION.STATE_MACHINE_ID.in(named(tenant, stateMachine)))));
  }

  private static Condition within(TenantId tenant, Buckets buckets) {
    Condition within =
        EXECUTION_STAT
            .TENANT_ID
            .eq(tenant.value())
            .and(EXECUTION_STAT.SPAN.eq((short) buckets.spanMinutes()))
            .and(EXECUTION_STAT.BUCKET_AT.ge(Times.column(buckets.from())))
            .and(EXECUTION_STAT.BUCKET_AT.lt(Times.column(buckets.to())));
    return buckets.stateMachine() == null
        ? within
        : within.and(EXECUTION_STAT.STATE_MACHINE_ID.in(named(tenant, buckets.stateMachine())));
  }

  private static Select<Record1<UUID>> named(TenantId tenant, String name) {
    var named = STATE_MACHINE.as("named");
    return DSL.select(named.ID)
        .from(named)
        .where(named.TENANT_ID.eq(tenant.value()))
        .and(named.NAME.eq(name));
  }

  /// A new one each time: a filter is set on the very function.
  private static AggregateFunction<BigDecimal> executions() {
    return DSL.sum(EXECUTION_STAT.EXECUTIONS);
  }

  private static short code(ExecutionStatus status) {
    return (short) status.code();
  }
}
