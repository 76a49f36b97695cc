package io.gradus.api.http;

import io.gradus.engine.TenantId;
import io.gradus.service.limit.LimitRecords;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Tenants' limits in memory.
final class MemoryLimits implements LimitRecords {
  private final Set<TenantId> lifted = ConcurrentHashMap.newKeySet();

  @Override
  public boolean isStrict(TenantId tenant) {
    return !lifted.contains(tenant);
  }

  @Override
  public boolean setStrict(TenantId tenant, boolean strict) {
    return strict ? lifted.remove(tenant) : lifted.add(tenant);
  }
}
