package io.gradus.store;

import static io.gradus.migrations.db.Tables.SAVED_VIEW;
import static io.gradus.migrations.db.Tables.TENANT;

import io.gradus.engine.TenantId;
import io.gradus.migrations.db.tables.records.SavedViewRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Lists of executions that people gave a name to.
public final class SavedViews {
  private final TenantScope scope;

  /// A view.
  ///
  /// @param owner who made it, as the audit log names them
  /// @param query the parameters of the list's address
  /// @param shared whether everyone in the tenant sees it
  public record View(
      UUID id,
      String owner,
      String name,
      String query,
      boolean shared,
      Instant createdAt,
      Instant changedAt) {}

  /// How many there are.
  ///
  /// @param owned by one person, shared or not
  /// @param shared in the tenant
  public record Extent(int owned, int shared) {}

  /// Works in this scope.
  public SavedViews(TenantScope scope) {
    this.scope = scope;
  }

  /// Until the transaction's end nobody else changes the tenant's views, if they ask this first: of
  /// two who take the last place or the same name, the second sees what the first did.
  public Extent extentAlone(TenantId tenant, String owner) {
    return scope.with(
        tenant,
        db -> {
          db.select(TENANT.ID)
              .from(TENANT)
              .where(TENANT.ID.eq(tenant.value()))
              .forNoKeyUpdate()
              .fetch();
          Condition of = SAVED_VIEW.TENANT_ID.eq(tenant.value());
          return new Extent(
              db.fetchCount(SAVED_VIEW, of.and(SAVED_VIEW.OWNER.eq(owner))),
              db.fetchCount(SAVED_VIEW, of.and(SAVED_VIEW.SHARED)));
        });
  }

  /// Keeps a new one.
  public void insert(TenantId tenant, View view) {
    scope.with(
        tenant,
        db ->
            db.insertInto(SAVED_VIEW)
                .set(SAVED_VIEW.TENANT_ID, tenant.value())
                .set(SAVED_VIEW.ID, view.id())
                .set(SAVED_VIEW.OWNER, view.owner())
                .set(SAVED_VIEW.NAME, view.name())
                .set(SAVED_VIEW.QUERY, view.query())
                .set(SAVED_VIEW.SHARED, view.shared())
                .set(SAVED_VIEW.CREATED_AT, Times.column(view.createdAt()))
                .set(SAVED_VIEW.CHANGED_AT, Times.column(view.changedAt()))
                .execute());
  }

  /// Keeps another name, query, sharing and moment of change; false where it is gone.
  public boolean update(TenantId tenant, View view) {
    return scope.with(
        tenant,
        db ->
            db.update(SAVED_VIEW)
                    .set(SAVED_VIEW.NAME, view.name())
                    .set(SAVED_VIEW.QUERY, view.query())
                    .set(SAVED_VIEW.SHARED, view.shared())
                    .set(SAVED_VIEW.CHANGED_AT, Times.column(view.changedAt()))
                    .where(is(tenant, view.id()))
                    .execute()
                == 1);
  }

  /// Deletes it; false where it was gone.
  public boolean delete(TenantId tenant, UUID id) {
    return scope.with(tenant, db -> db.deleteFrom(SAVED_VIEW).where(is(tenant, id)).execute() == 1);
  }

  /// By id, whoever's it is.
  public Optional<View> find(TenantId tenant, UUID id) {
    return scope.with(
        tenant,
        db -> db.selectFrom(SAVED_VIEW).where(is(tenant, id)).fetchOptional(SavedViews::read));
  }

  /// A person's own by name.
  public List<View> owned(TenantId tenant, String owner, int limit) {
    return list(tenant, SAVED_VIEW.OWNER.eq(owner), limit);
  }

  /// Those that are shared by name, whoever's they are.
  public List<View> shared(TenantId tenant, int limit) {
    return list(tenant, DSL.condition(SAVED_VIEW.SHARED), limit);
  }

  private List<View> list(TenantId tenant, Condition which, int limit) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(SAVED_VIEW)
                .where(SAVED_VIEW.TENANT_ID.eq(tenant.value()).and(which))
                .orderBy(SAVED_VIEW.NAME)
                .limit(limit)
                .fetch(SavedViews::read));
  }

  private static Condition is(TenantId tenant, UUID id) {
    return SAVED_VIEW.TENANT_ID.eq(tenant.value()).and(SAVED_VIEW.ID.eq(id));
  }

  private static View read(SavedViewRecord row) {
    return new View(
        row.getId(),
        row.getOwner(),
        row.getName(),
        row.getQuery(),
        row.getShared(),
        Times.instant(row.getCreatedAt()),
        Times.instant(row.getChangedAt()));
  }
}
