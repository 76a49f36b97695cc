package io.gradus.store;

import static io.gradus.migrations.db.Tables.CONNECTION;

import io.gradus.engine.TenantId;
import io.gradus.migrations.db.tables.records.ConnectionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// The connections by which a tenant's tasks reach other systems. Their secrets are stored sealed.
public final class Connections {
  private final TenantScope scope;

  /// A connection.
  ///
  /// @param id never another's, not even after the name was given away
  /// @param kind AWS, HTTP, EMAIL, SQL or SLACK
  /// @param isDefault whether tasks use it that name none; one of a kind
  /// @param settings JSON
  /// @param sealed under a key that is not in the database
  /// @param secrets the names of what is sealed
  /// @param revision counts changes, from 1
  public record Row(
      String name,
      UUID id,
      String kind,
      boolean isDefault,
      byte[] settings,
      byte[] sealed,
      Set<String> secrets,
      long revision,
      String createdBy,
      Instant createdAt,
      String updatedBy,
      Instant updatedAt) {
    @Override
    public String toString() {
      return "Row[name=" + name + ", kind=" + kind + ", revision=" + revision + "]";
    }
  }

  /// Works in this scope.
  public Connections(TenantScope scope) {
    this.scope = scope;
  }

  /// Stores a new connection; false where there is one of that name.
  public boolean create(TenantId tenant, Row fresh) {
    return scope.with(
        tenant,
        db ->
            db.insertInto(CONNECTION)
                    .set(CONNECTION.TENANT_ID, tenant.value())
                    .set(CONNECTION.NAME, fresh.name())
                    .set(CONNECTION.ID, fresh.id())
                    .set(CONNECTION.KIND, fresh.kind())
                    .set(CONNECTION.IS_DEFAULT, fresh.isDefault())
                    .set(CONNECTION.SETTINGS, fresh.settings())
                    .set(CONNECTION.SEALED, fresh.sealed())
                    .set(CONNECTION.SECRETS, Users.array(fresh.secrets()))
                    .set(CONNECTION.REVISION, fresh.revision())
                    .set(CONNECTION.CREATED_BY, fresh.createdBy())
                    .set(CONNECTION.CREATED_AT, Times.column(fresh.createdAt()))
                    .set(CONNECTION.UPDATED_BY, fresh.updatedBy())
                    .set(CONNECTION.UPDATED_AT, Times.column(fresh.updatedAt()))
                    .onConflict(CONNECTION.TENANT_ID, CONNECTION.NAME)
                    .doNothing()
                    .execute()
                == 1);
  }

  /// Stores what is changed of a connection, if nobody else did meanwhile.
  ///
  /// @param changed with the revision after the one that was read
  /// @return false where it is gone, or another than was read
  public boolean update(TenantId tenant, Row changed) {
    return scope.with(
        tenant,
        db ->
            db.update(CONNECTION)
                    .set(CONNECTION.IS_DEFAULT, changed.isDefault())
                    .set(CONNECTION.SETTINGS, changed.settings())
                    .set(CONNECTION.SEALED, changed.sealed())
                    .set(CONNECTION.SECRETS, Users.array(changed.secrets()))
                    .set(CONNECTION.REVISION, changed.revision())
                    .set(CONNECTION.UPDATED_BY, changed.updatedBy())
                    .set(CONNECTION.UPDATED_AT, Times.column(changed.updatedAt()))
                    .where(is(tenant, changed.name()))
                    .and(CONNECTION.REVISION.eq(changed.revision() - 1))
                    .execute()
                == 1);
  }

  /// Takes the default away from whichever connection of the kind has it.
  public void clearDefault(TenantId tenant, String kind) {
    scope.with(
        tenant,
        db ->
            db.update(CONNECTION)
                .set(CONNECTION.IS_DEFAULT, false)
                .where(CONNECTION.TENANT_ID.eq(tenant.value()))
                .and(CONNECTION.KIND.eq(kind))
                .and(CONNECTION.IS_DEFAULT)
                .execute());
  }

  /// The connection of that name.
  public Optional<Row> find(TenantId tenant, String name) {
    return scope.with(
        tenant,
        db -> db.selectFrom(CONNECTION).where(is(tenant, name)).fetchOptional(Connections::read));
  }

  /// What tasks use that name no connection of this kind.
  public Optional<Row> findDefault(TenantId tenant, String kind) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(CONNECTION)
                .where(CONNECTION.TENANT_ID.eq(tenant.value()))
                .and(CONNECTION.KIND.eq(kind))
                .and(CONNECTION.IS_DEFAULT)
                .fetchOptional(Connections::read));
  }

  /// Deletes it; false where it was gone.
  public boolean delete(TenantId tenant, String name) {
    return scope.with(
        tenant, db -> db.deleteFrom(CONNECTION).where(is(tenant, name)).execute() == 1);
  }

  /// By name.
  public List<Row> list(TenantId tenant) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(CONNECTION)
                .where(CONNECTION.TENANT_ID.eq(tenant.value()))
                .orderBy(CONNECTION.NAME)
                .fetch(Connections::read));
  }

  /// Their names, in order, at most so many.
  public List<String> names(TenantId tenant, int limit) {
    return scope.with(
        tenant,
        db ->
            db.select(CONNECTION.NAME)
                .from(CONNECTION)
                .where(CONNECTION.TENANT_ID.eq(tenant.value()))
                .orderBy(CONNECTION.NAME)
                .limit(limit)
                .fetch(CONNECTION.NAME));
  }

  /// How many there are.
  public int count(TenantId tenant) {
    return scope.with(
        tenant,
        db ->
            db.select(DSL.count())
                .from(CONNECTION)
                .where(CONNECTION.TENANT_ID.eq(tenant.value()))
                .fetchSingle()
                .value1());
  }

  private static Condition is(TenantId tenant, String name) {
    return CONNECTION.TENANT_ID.eq(tenant.value()).and(CONNECTION.NAME.eq(name));
  }

  private static Row read(ConnectionRecord row) {
    return new Row(
        row.getName(),
        row.getId(),
        row.getKind(),
        row.getIsDefault(),
        row.getSettings(),
        row.getSealed(),
        new TreeSet<>(List.of(row.getSecrets())),
        row.getRevision(),
        row.getCreatedBy(),
        Times.instant(row.getCreatedAt()),
        row.getUpdatedBy(),
        Times.instant(row.getUpdatedAt()));
  }
}
