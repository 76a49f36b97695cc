package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.limit.LimitRecords;
import io.gradus.store.TenantLimits;

/// Tenants' limits in the store.
public final class StoredLimits implements LimitRecords {
  private final TenantLimits store;

  /// Keeps them there.
  public StoredLimits(TenantLimits store) {
    this.store = store;
  }

  @Override
  public boolean isStrict(TenantId tenant) {
    return store.isStrict(tenant);
  }

  @Override
  public boolean setStrict(TenantId tenant, boolean strict) {
    return store.setStrict(tenant, strict);
  }
}
