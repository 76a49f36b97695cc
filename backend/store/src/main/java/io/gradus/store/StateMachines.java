package io.gradus.store;

import static io.gradus.migrations.db.Tables.STATE_MACHINE;
import static io.gradus.migrations.db.Tables.STATE_MACHINE_REVISION;
import static io.gradus.migrations.db.Tables.TENANT;
import static io.gradus.migrations.db.Tables.TEST_CASE;

import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// State machines and their revisions. A deleted one keeps its row, because its executions are
/// still looked up by it, and gives its name free.
public final class StateMachines {
  private static final short ACTIVE = 0;
  private static final short DELETING = 1;

  private final TenantScope scope;

  /// A state machine with one of its revisions, the newest unless another was asked for.
  ///
  /// @param deleting deleted, while its executions are still looked up
  /// @param revisionNumber 1 for the first
  /// @param definition the text as it was sent, UTF-8
  /// @param settings of that revision
  /// @param strictness of the state machine now
  public record StateMachine(
      UUID id,
      String name,
      boolean express,
      boolean deleting,
      UUID revisionId,
      int revisionNumber,
      byte[] definition,
      Settings settings,
      Strictness strictness,
      Instant createdAt,
      Instant updatedAt) {}

  /// Whether AWS's limits hold.
  ///
  /// @param own what is said of the state machine itself; null for as its tenant
  public record Strictness(boolean tenant, @Nullable Boolean own) {}

  /// What a revision has besides its definition; the bytes are the caller's own encoding.
  public record Settings(
      String roleArn,
      byte @Nullable [] logging,
      byte @Nullable [] tracing,
      byte @Nullable [] encryption) {}

  /// A revision that is to be stored.
  ///
  /// @param by who made it
  public record NewRevision(UUID id, byte[] definition, Settings settings, String by, Instant at) {}

  /// Works in this scope.
  public StateMachines(TenantScope scope) {
    this.scope = scope;
  }

  /// Their published versions.
  public Versions versions() {
    return new Versions(scope);
  }

  /// Their aliases.
  public Aliases aliases() {
    return new Aliases(scope);
  }

  /// Stores a new one, unless the name is taken.
  ///
  /// @return false if it is
  public boolean create(TenantId tenant, UUID id, String name, boolean express, NewRevision first) {
    return scope.with(
        tenant,
        db -> {
          int stored =
              db.insertInto(STATE_MACHINE)
                  .set(STATE_MACHINE.TENANT_ID, tenant.value())
                  .set(STATE_MACHINE.ID, id)
                  .set(STATE_MACHINE.NAME, name)
                  .set(STATE_MACHINE.TYPE, (short) (express ? 1 : 0))
                  .set(STATE_MACHINE.ROLE_ARN, first.settings().roleArn())
                  .set(STATE_MACHINE.REVISION_ID, first.id())
                  .set(STATE_MACHINE.LOGGING, first.settings().logging())
                  .set(STATE_MACHINE.TRACING, first.settings().tracing())
                  .set(STATE_MACHINE.ENCRYPTION, first.settings().encryption())
                  .set(STATE_MACHINE.CREATED_AT, Times.column(first.at()))
                  .set(STATE_MACHINE.UPDATED_AT, Times.column(first.at()))
                  .onConflictDoNothing()
                  .execute();
          if (stored == 1) {
            insert(db, tenant, id, 1, first);
          }
          return stored == 1;
        });
  }

  /// Adds a revision, which is the newest from then on.
  ///
  /// @return its number; empty if the state machine is gone
  public Optional<Integer> update(TenantId tenant, UUID id, NewRevision next) {
    return scope.with(
        tenant,
        db -> {
          int locked =
              db.update(STATE_MACHINE)
                  .set(STATE_MACHINE.ROLE_ARN, next.settings().roleArn())
                  .set(STATE_MACHINE.REVISION_ID, next.id())
                  .set(STATE_MACHINE.LOGGING, next.settings().logging())
                  .set(STATE_MACHINE.TRACING, next.settings().tracing())
                  .set(STATE_MACHINE.ENCRYPTION, next.settings().encryption())
                  .set(STATE_MACHINE.UPDATED_AT, Times.column(next.at()))
                  .where(active(tenant).and(STATE_MACHINE.ID.eq(id)))
                  .execute();
          if (locked == 0) {
            return Optional.empty();
          }
          int number =
              db.select(DSL.coalesce(DSL.max(STATE_MACHINE_REVISION.NUMBER), 0).plus(1))
                  .from(STATE_MACHINE_REVISION)
                  .where(STATE_MACHINE_REVISION.TENANT_ID.eq(tenant.value()))
                  .and(STATE_MACHINE_REVISION.STATE_MACHINE_ID.eq(id))
                  .fetchSingle()
                  .value1();
          insert(db, tenant, id, number, next);
          return Optional.of(number);
        });
  }

  /// Deletes it, and its test cases with it; false where it was gone.
  public boolean delete(TenantId tenant, UUID id) {
    return scope.with(
        tenant,
        db -> {
          boolean deleted =
              db.update(STATE_MACHINE)
                      .set(STATE_MACHINE.STATUS, DELETING)
                      .where(active(tenant).and(STATE_MACHINE.ID.eq(id)))
                      .execute()
                  == 1;
          db.deleteFrom(TEST_CASE)
              .where(TEST_CASE.TENANT_ID.eq(tenant.value()))
              .and(TEST_CASE.STATE_MACHINE_ID.eq(id))
              .execute();
          return deleted;
        });
  }

  /// Holds it to AWS's limits or not, or does as its tenant says (null); false where it was gone.
  public boolean setStrict(TenantId tenant, UUID id, @Nullable Boolean strict) {
    return scope.with(
        tenant,
        db ->
            db.update(STATE_MACHINE)
                    .set(STATE_MACHINE.AWS_STRICT, strict)
                    .where(active(tenant).and(STATE_MACHINE.ID.eq(id)))
                    .execute()
                == 1);
  }

  /// The one that has the name now.
  public Optional<StateMachine> find(TenantId tenant, String name) {
    return scope.with(
        tenant,
        db ->
            newest(db)
                .where(active(tenant).and(STATE_MACHINE.NAME.eq(name)))
                .fetchOptional(StateMachines::read));
  }

  /// By id, deleted ones as well.
  public Optional<StateMachine> find(TenantId tenant, UUID id) {
    return scope.with(
        tenant,
        db ->
            newest(db)
                .where(STATE_MACHINE.TENANT_ID.eq(tenant.value()).and(STATE_MACHINE.ID.eq(id)))
                .fetchOptional(StateMachines::read));
  }

  /// As it was with that revision, deleted ones as well; `updatedAt` is when the revision was made.
  public Optional<StateMachine> revision(TenantId tenant, UUID revisionId) {
    return scope.with(
        tenant,
        db ->
            revisions(db, tenant)
                .and(STATE_MACHINE_REVISION.ID.eq(revisionId))
                .fetchOptional(StateMachines::read));
  }

  /// As it was with the revision of that number, deleted ones as well.
  public Optional<StateMachine> revision(TenantId tenant, UUID id, int number) {
    return scope.with(
        tenant,
        db ->
            revisions(db, tenant)
                .and(STATE_MACHINE_REVISION.STATE_MACHINE_ID.eq(id))
                .and(STATE_MACHINE_REVISION.NUMBER.eq(number))
                .fetchOptional(StateMachines::read));
  }

  /// Those that are not deleted, by name, as AWS lists them.
  ///
  /// @param after the name after which to begin, `""` for the first
  public List<StateMachine> list(TenantId tenant, String after, int limit) {
    return scope.with(
        tenant,
        db ->
            newest(db)
                .where(active(tenant).and(STATE_MACHINE.NAME.gt(after)))
                .orderBy(STATE_MACHINE.NAME)
                .limit(limit)
                .fetch(StateMachines::read));
  }

  /// Its revisions, newest first.
  public List<StateMachine> revisions(TenantId tenant, UUID id, int limit) {
    return scope.with(
        tenant,
        db ->
            revisions(db, tenant)
                .and(STATE_MACHINE_REVISION.STATE_MACHINE_ID.eq(id))
                .orderBy(STATE_MACHINE_REVISION.NUMBER.desc())
                .limit(limit)
                .fetch(StateMachines::read));
  }

  private static void insert(
      DSLContext db, TenantId tenant, UUID machine, int number, NewRevision revision) {
    db.insertInto(STATE_MACHINE_REVISION)
        .set(STATE_MACHINE_REVISION.TENANT_ID, tenant.value())
        .set(STATE_MACHINE_REVISION.STATE_MACHINE_ID, machine)
        .set(STATE_MACHINE_REVISION.ID, revision.id())
        .set(STATE_MACHINE_REVISION.NUMBER, number)
        .set(STATE_MACHINE_REVISION.DEFINITION, revision.definition())
        .set(STATE_MACHINE_REVISION.ROLE_ARN, revision.settings().roleArn())
        .set(STATE_MACHINE_REVISION.LOGGING, revision.settings().logging())
        .set(STATE_MACHINE_REVISION.TRACING, revision.settings().tracing())
        .set(STATE_MACHINE_REVISION.ENCRYPTION, revision.settings().encryption())
        .set(STATE_MACHINE_REVISION.CREATED_BY, revision.by())
        .set(STATE_MACHINE_REVISION.CREATED_AT, Times.column(revision.at()))
        .execute();
  }

  private static Condition active(TenantId tenant) {
    return STATE_MACHINE.TENANT_ID.eq(tenant.value()).and(STATE_MACHINE.STATUS.eq(ACTIVE));
  }

  private static SelectOnConditionStep<Record> newest(DSLContext db) {
    return db.select()
        .from(STATE_MACHINE)
        .join(STATE_MACHINE_REVISION)
        .on(STATE_MACHINE_REVISION.TENANT_ID.eq(STATE_MACHINE.TENANT_ID))
        .and(STATE_MACHINE_REVISION.ID.eq(STATE_MACHINE.REVISION_ID))
        .join(TENANT)
        .on(TENANT.ID.eq(STATE_MACHINE.TENANT_ID));
  }

  private static SelectConditionStep<Record> revisions(DSLContext db, TenantId tenant) {
    return db.select()
        .from(STATE_MACHINE_REVISION)
        .join(STATE_MACHINE)
        .on(STATE_MACHINE.TENANT_ID.eq(STATE_MACHINE_REVISION.TENANT_ID))
        .and(STATE_MACHINE.ID.eq(STATE_MACHINE_REVISION.STATE_MACHINE_ID))
        .join(TENANT)
        .on(TENANT.ID.eq(STATE_MACHINE.TENANT_ID))
        .where(STATE_MACHINE_REVISION.TENANT_ID.eq(tenant.value()));
  }

  private static StateMachine read(Record row) {
    return new StateMachine(
        row.get(STATE_MACHINE.ID),
        row.get(STATE_MACHINE.NAME),
        row.get(STATE_MACHINE.TYPE) == 1,
        row.get(STATE_MACHINE.STATUS) == DELETING,
        row.get(STATE_MACHINE_REVISION.ID),
        row.get(STATE_MACHINE_REVISION.NUMBER),
        row.get(STATE_MACHINE_REVISION.DEFINITION),
        new Settings(
            row.get(STATE_MACHINE_REVISION.ROLE_ARN),
            row.get(STATE_MACHINE_REVISION.LOGGING),
            row.get(STATE_MACHINE_REVISION.TRACING),
            row.get(STATE_MACHINE_REVISION.ENCRYPTION)),
        new Strictness(row.get(TENANT.AWS_STRICT), row.get(STATE_MACHINE.AWS_STRICT)),
        Times.instant(row.get(STATE_MACHINE.CREATED_AT)),
        Times.instant(row.get(STATE_MACHINE_REVISION.CREATED_AT)));
  }
}
