package io.gradus.store;

import static io.gradus.migrations.db.Tables.STATE_MACHINE;
import static io.gradus.migrations.db.Tables.TEST_CASE;

import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The test cases of state machines, each with what came of its last run.
public final class TestCases {
  private final TenantScope scope;

  /// A test case in a list.
  ///
  /// @param last null where it never ran as it is now
  public record Line(
      String name, String description, String by, Instant updatedAt, @Nullable Last last) {}

  /// When a case ran, and whether it passed.
  ///
  /// @param revision the number of the definition that it ran on
  public record Last(Instant at, String by, boolean passed, int revision) {}

  /// A test case.
  ///
  /// @param content JSON in UTF-8
  /// @param result what came of the last run, as JSON in UTF-8; null where it never ran as it is
  ///   now
  public record Whole(Line line, byte[] content, byte @Nullable [] result) {}

  /// The name of a case, with its state machine's.
  public record Named(String stateMachine, String name) {}

  /// How much there is of a state machine.
  ///
  /// @param bytes of content
  public record Extent(int count, long bytes) {}

  /// Works in this scope.
  public TestCases(TenantScope scope) {
    this.scope = scope;
  }

  /// Stores a case, in place of one of the same name, whose last run it forgets.
  ///
  /// @param content JSON in UTF-8
  /// @param by who made it so
  public void put(
      TenantId tenant,
      UUID machine,
      String name,
      String description,
      byte[] content,
      String by,
      Instant at) {
    scope.with(
        tenant,
        db ->
            db.insertInto(TEST_CASE)
                .set(TEST_CASE.TENANT_ID, tenant.value())
                .set(TEST_CASE.STATE_MACHINE_ID, machine)
                .set(TEST_CASE.NAME, name)
                .set(TEST_CASE.DESCRIPTION, description)
                .set(TEST_CASE.CONTENT, content)
                .set(TEST_CASE.UPDATED_BY, by)
                .set(TEST_CASE.CREATED_AT, Times.column(at))
                .set(TEST_CASE.UPDATED_AT, Times.column(at))
                .onConflict(TEST_CASE.TENANT_ID, TEST_CASE.STATE_MACHINE_ID, TEST_CASE.NAME)
                .doUpdate()
                .set(TEST_CASE.DESCRIPTION, description)
                .set(TEST_CASE.CONTENT, content)
                .set(TEST_CASE.UPDATED_BY, by)
                .set(TEST_CASE.UPDATED_AT, Times.column(at))
                .setNull(TEST_CASE.LAST_RUN_AT)
                .setNull(TEST_CASE.LAST_RUN_BY)
                .setNull(TEST_CASE.LAST_PASSED)
                .setNull(TEST_CASE.LAST_REVISION)
                .setNull(TEST_CASE.LAST_RESULT)
                .execute());
  }

  /// Keeps what came of a run, unless the case was changed or deleted since it was read.
  ///
  /// @param updatedAt when the case that ran was last changed
  /// @param result JSON in UTF-8
  /// @return false where it was
  public boolean ran(
      TenantId tenant, UUID machine, String name, Instant updatedAt, Last last, byte[] result) {
    return scope.with(
        tenant,
        db ->
            db.update(TEST_CASE)
                    .set(TEST_CASE.LAST_RUN_AT, Times.column(last.at()))
                    .set(TEST_CASE.LAST_RUN_BY, last.by())
                    .set(TEST_CASE.LAST_PASSED, last.passed())
                    .set(TEST_CASE.LAST_REVISION, last.revision())
                    .set(TEST_CASE.LAST_RESULT, result)
                    .where(of(tenant, machine).and(TEST_CASE.NAME.eq(name)))
                    .and(TEST_CASE.UPDATED_AT.eq(Times.column(updatedAt)))
                    .execute()
                == 1);
  }

  /// The case of that name.
  public Optional<Whole> find(TenantId tenant, UUID machine, String name) {
    return scope.with(
        tenant,
        db ->
            db.select()
                .from(TEST_CASE)
                .where(of(tenant, machine).and(TEST_CASE.NAME.eq(name)))
                .fetchOptional(
                    row ->
                        new Whole(
                            line(row),
                            row.get(TEST_CASE.CONTENT),
                            row.get(TEST_CASE.LAST_RESULT))));
  }

  /// A state machine's cases by name.
  public List<Line> list(TenantId tenant, UUID machine, int limit) {
    return scope.with(
        tenant,
        db ->
            db.select(
                    TEST_CASE.NAME,
                    TEST_CASE.DESCRIPTION,
                    TEST_CASE.UPDATED_BY,
                    TEST_CASE.UPDATED_AT,
                    TEST_CASE.LAST_RUN_AT,
                    TEST_CASE.LAST_RUN_BY,
                    TEST_CASE.LAST_PASSED,
                    TEST_CASE.LAST_REVISION)
                .from(TEST_CASE)
                .where(of(tenant, machine))
                .orderBy(TEST_CASE.NAME)
                .limit(limit)
                .fetch(TestCases::line));
  }

  /// The names of a tenant's cases, by state machine.
  public List<Named> names(TenantId tenant, int limit) {
    return scope.with(
        tenant,
        db ->
            db.select(STATE_MACHINE.NAME, TEST_CASE.NAME)
                .from(TEST_CASE)
                .join(STATE_MACHINE)
                .on(STATE_MACHINE.TENANT_ID.eq(TEST_CASE.TENANT_ID))
                .and(STATE_MACHINE.ID.eq(TEST_CASE.STATE_MACHINE_ID))
                .where(TEST_CASE.TENANT_ID.eq(tenant.value()))
                .orderBy(STATE_MACHINE.NAME, TEST_CASE.NAME)
                .limit(limit)
                .fetch(row -> new Named(row.value1(), row.value2())));
  }

  /// How many cases a state machine has, and how large they are together.
  public Extent extent(TenantId tenant, UUID machine) {
    return scope.with(
        tenant,
        db ->
            db.select(DSL.count(), DSL.sum(TEST_CASE.BYTES))
                .from(TEST_CASE)
                .where(of(tenant, machine))
                .fetchSingle(
                    row ->
                        new Extent(
                            row.value1(), row.value2() == null ? 0 : row.value2().longValue())));
  }

  /// Deletes it; false where it was gone.
  public boolean delete(TenantId tenant, UUID machine, String name) {
    return scope.with(
        tenant,
        db ->
            db.deleteFrom(TEST_CASE)
                    .where(of(tenant, machine).and(TEST_CASE.NAME.eq(name)))
                    .execute()
                == 1);
  }

  private static Condition of(TenantId tenant, UUID machine) {
    return TEST_CASE.TENANT_ID.eq(tenant.value()).and(TEST_CASE.STATE_MACHINE_ID.eq(machine));
  }

  private static Line line(Record row) {
    return new Line(
        row.get(TEST_CASE.NAME),
        row.get(TEST_CASE.DESCRIPTION),
        row.get(TEST_CASE.UPDATED_BY),
        Times.instant(row.get(TEST_CASE.UPDATED_AT)),
        row.get(TEST_CASE.LAST_RUN_AT) == null
            ? null
            : new Last(
                Times.instant(row.get(TEST_CASE.LAST_RUN_AT)),
                row.get(TEST_CASE.LAST_RUN_BY),
                row.get(TEST_CASE.LAST_PASSED),
                row.get(TEST_CASE.LAST_REVISION)));
  }
}
