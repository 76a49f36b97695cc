package io.gradus.store;

import static io.gradus.migrations.db.Tables.STATE_MACHINE;
import static io.gradus.migrations.db.Tables.STATE_MACHINE_VERSION;

import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Published versions of state machines. Whatever changes them or their aliases locks the state
/// machine's row first, so that one change sees the other.
public final class Versions {
  private final TenantScope scope;

  /// A published version.
  public record Version(
      int number, UUID revisionId, @Nullable String description, Instant createdAt) {}

  /// Works in this scope.
  public Versions(TenantScope scope) {
    this.scope = scope;
  }

  /// Publishes a revision, or finds the version that it was published as.
  ///
  /// @return empty if the state machine is gone
  public Optional<Version> publish(
      TenantId tenant, UUID machine, UUID revision, @Nullable String description, Instant at) {
    return scope.with(
        tenant,
        db -> {
          Integer last = lock(db, tenant, machine);
          if (last == null) {
            return Optional.empty();
          }
          Optional<Version> before =
              db.selectFrom(STATE_MACHINE_VERSION)
                  .where(of(tenant, machine))
                  .and(STATE_MACHINE_VERSION.REVISION_ID.eq(revision))
                  .fetchOptional(Versions::read);
          if (before.isPresent()) {
            return before;
          }
          Version next = new Version(last + 1, revision, description, at);
          db.update(STATE_MACHINE)
              .set(STATE_MACHINE.LAST_VERSION, next.number())
              .where(STATE_MACHINE.TENANT_ID.eq(tenant.value()))
              .and(STATE_MACHINE.ID.eq(machine))
              .execute();
          db.insertInto(STATE_MACHINE_VERSION)
              .set(STATE_MACHINE_VERSION.TENANT_ID, tenant.value())
              .set(STATE_MACHINE_VERSION.STATE_MACHINE_ID, machine)
              .set(STATE_MACHINE_VERSION.NUMBER, next.number())
              .set(STATE_MACHINE_VERSION.REVISION_ID, revision)
              .set(STATE_MACHINE_VERSION.DESCRIPTION, description)
              .set(STATE_MACHINE_VERSION.CREATED_AT, Times.column(at))
              .execute();
          return Optional.of(next);
        });
  }

  /// The version of that number.
  public Optional<Version> find(TenantId tenant, UUID machine, int number) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(STATE_MACHINE_VERSION)
                .where(of(tenant, machine))
                .and(STATE_MACHINE_VERSION.NUMBER.eq(number))
                .fetchOptional(Versions::read));
  }

  /// The version that a revision was published as.
  public Optional<Version> ofRevision(TenantId tenant, UUID machine, UUID revision) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(STATE_MACHINE_VERSION)
                .where(of(tenant, machine))
                .and(STATE_MACHINE_VERSION.REVISION_ID.eq(revision))
                .fetchOptional(Versions::read));
  }

  /// Newest first.
  ///
  /// @param before only versions below this number
  public List<Version> list(TenantId tenant, UUID machine, int before, int limit) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(STATE_MACHINE_VERSION)
                .where(of(tenant, machine))
                .and(STATE_MACHINE_VERSION.NUMBER.lt(before))
                .orderBy(STATE_MACHINE_VERSION.NUMBER.desc())
                .limit(limit)
                .fetch(Versions::read));
  }

  /// How many there are.
  public int count(TenantId tenant, UUID machine) {
    return scope.with(tenant, db -> db.fetchCount(STATE_MACHINE_VERSION, of(tenant, machine)));
  }

  /// Deletes a version that no alias routes to; false where it was gone.
  public boolean delete(TenantId tenant, UUID machine, int number) {
    return scope.with(
        tenant,
        db -> {
          lock(db, tenant, machine);
          return db.deleteFrom(STATE_MACHINE_VERSION)
                  .where(of(tenant, machine))
                  .and(STATE_MACHINE_VERSION.NUMBER.eq(number))
                  .execute()
              == 1;
        });
  }

  /// Locks the state machine for whoever changes its versions or aliases.
  ///
  /// @return the number of its last version; null where it is gone
  static @Nullable Integer lock(DSLContext db, TenantId tenant, UUID machine) {
    return db.select(STATE_MACHINE.LAST_VERSION)
        .from(STATE_MACHINE)
        .where(STATE_MACHINE.TENANT_ID.eq(tenant.value()))
        .and(STATE_MACHINE.ID.eq(machine))
        .and(STATE_MACHINE.STATUS.eq((short) 0))
        .forUpdate()
        .fetchOne(STATE_MACHINE.LAST_VERSION);
  }

  private static Condition of(TenantId tenant, UUID machine) {
    return STATE_MACHINE_VERSION
        .TENANT_ID
        .eq(tenant.value())
        .and(STATE_MACHINE_VERSION.STATE_MACHINE_ID.eq(machine));
  }

  private static Version read(Record row) {
    return new Version(
        row.get(STATE_MACHINE_VERSION.NUMBER),
        row.get(STATE_MACHINE_VERSION.REVISION_ID),
        row.get(STATE_MACHINE_VERSION.DESCRIPTION),
        Times.instant(row.get(STATE_MACHINE_VERSION.CREATED_AT)));
  }
}
