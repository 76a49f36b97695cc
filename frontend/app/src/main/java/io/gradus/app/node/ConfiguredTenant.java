package io.gradus.app.node;

import io.gradus.engine.TenantId;
import io.gradus.store.Tenants;
import org.jspecify.annotations.Nullable;

/// The tenant that was created on the first start: what the operator configures for a tenant is for
/// this one.
final class ConfiguredTenant {
  private final String account;
  private final Tenants tenants;
  private volatile @Nullable TenantId id;

  ConfiguredTenant(String account, Tenants tenants) {
    this.account = account;
    this.tenants = tenants;
  }

  boolean is(TenantId tenant) {
    if (id == null) {
      id = tenants.findByAccount(account).map(Tenants.Tenant::id).orElse(null);
    }
    return tenant.equals(id);
  }
}
