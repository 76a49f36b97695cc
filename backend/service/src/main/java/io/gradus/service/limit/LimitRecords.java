package io.gradus.service.limit;

import io.gradus.engine.TenantId;

/// Where it is kept whether AWS's limits hold for a tenant.
public interface LimitRecords {
  /// Whether they do.
  boolean isStrict(TenantId tenant);

  /// Lets them hold, or not; false where it was so already.
  boolean setStrict(TenantId tenant, boolean strict);
}
