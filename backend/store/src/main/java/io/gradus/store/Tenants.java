package io.gradus.store;

import static io.gradus.migrations.db.Tables.TENANT;

import io.gradus.engine.TenantId;
import io.gradus.migrations.db.tables.records.TenantRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.UpdateSetFirstStep;
import org.jooq.UpdateSetMoreStep;

/// Tenants. Whether the caller may see and change them is for the caller to know: this works above
/// all of them.
public final class Tenants {
  private static final short ACTIVE = 0;
  private static final short SUSPENDED = 1;

  private final PlatformScope scope;

  /// @param account 12 digits, unique
  /// @param awsStrict whether it keeps to AWS's limits
  public record Tenant(
      TenantId id,
      String account,
      String name,
      boolean active,
      boolean awsStrict,
      Instant createdAt) {}

  /// Works in this scope.
  public Tenants(PlatformScope scope) {
    this.scope = scope;
  }

  /// Stores a new one, unless its id or account is taken.
  ///
  /// @return false if it is
  public boolean create(Tenant tenant) {
    return scope.with(
        db ->
            db.insertInto(TENANT)
                    .set(TENANT.ID, tenant.id().value())
                    .set(TENANT.ACCOUNT, tenant.account())
                    .set(TENANT.NAME, tenant.name())
                    .set(TENANT.STATUS, status(tenant.active()))
                    .set(TENANT.AWS_STRICT, tenant.awsStrict())
                    .set(TENANT.CREATED_AT, Times.column(tenant.createdAt()))
                    .onConflictDoNothing()
                    .execute()
                == 1);
  }

  /// By id.
  public Optional<Tenant> find(TenantId id) {
    return scope.with(
        db -> db.selectFrom(TENANT).where(TENANT.ID.eq(id.value())).fetchOptional(Tenants::read));
  }

  /// By account.
  public Optional<Tenant> findByAccount(String account) {
    return scope.with(
        db -> db.selectFrom(TENANT).where(TENANT.ACCOUNT.eq(account)).fetchOptional(Tenants::read));
  }

  /// All, by account.
  public List<Tenant> list() {
    return scope.with(db -> db.selectFrom(TENANT).orderBy(TENANT.ACCOUNT).fetch(Tenants::read));
  }

  /// Suspends a tenant or lets it work again; false where there is none.
  public boolean setActive(TenantId id, boolean active) {
    return change(id, update -> update.set(TENANT.STATUS, status(active)));
  }

  /// Holds a tenant to AWS's limits, or not; false where there is none.
  public boolean setAwsStrict(TenantId id, boolean awsStrict) {
    return change(id, update -> update.set(TENANT.AWS_STRICT, awsStrict));
  }

  /// Renames a tenant; false where there is none.
  public boolean rename(TenantId id, String name) {
    return change(id, update -> update.set(TENANT.NAME, name));
  }

  @FunctionalInterface
  private interface Change {
    UpdateSetMoreStep<TenantRecord> on(UpdateSetFirstStep<TenantRecord> update);
  }

  private boolean change(TenantId id, Change change) {
    return scope.with(
        db -> change.on(db.update(TENANT)).where(TENANT.ID.eq(id.value())).execute() == 1);
  }

  private static short status(boolean active) {
    return active ? ACTIVE : SUSPENDED;
  }

  private static Tenant read(TenantRecord row) {
    return new Tenant(
        new TenantId(row.getId()),
        row.getAccount(),
        row.getName(),
        row.getStatus() == ACTIVE,
        row.getAwsStrict(),
        Times.instant(row.getCreatedAt()));
  }
}
