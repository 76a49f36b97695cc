package io.gradus.store;

import static io.gradus.migrations.db.Tables.TENANT;

import io.gradus.engine.TenantId;

/// Whether AWS's limits hold for a tenant, as the tenant itself sees and sets it.
public final class TenantLimits {
  private final TenantScope scope;

  /// Works in this scope.
  public TenantLimits(TenantScope scope) {
    this.scope = scope;
  }

  /// Whether they hold.
  public boolean isStrict(TenantId tenant) {
    return scope.with(
        tenant,
        db ->
            db.select(TENANT.AWS_STRICT)
                .from(TENANT)
                .where(TENANT.ID.eq(tenant.value()))
                .fetchSingle()
                .value1());
  }

  /// Lets them hold, or not; false where it was so already.
  public boolean setStrict(TenantId tenant, boolean strict) {
    return scope.with(
        tenant,
        db ->
            db.update(TENANT)
                    .set(TENANT.AWS_STRICT, strict)
                    .where(TENANT.ID.eq(tenant.value()))
                    .and(TENANT.AWS_STRICT.ne(strict))
                    .execute()
                == 1);
  }
}
