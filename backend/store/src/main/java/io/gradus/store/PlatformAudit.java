package io.gradus.store;

import io.gradus.engine.TenantId;
import io.gradus.store.AuditEntry.What;
import java.util.List;

/// The tenants' audit logs, told of what happens above tenants: to their people, and to themselves.
public final class PlatformAudit {
  private final PlatformScope scope;

  /// Works in this scope.
  public PlatformAudit(PlatformScope scope) {
    this.scope = scope;
  }

  /// As [Audit#append], in the current transaction of the platform where there is one.
  public void append(TenantId tenant, List<What> entries) {
    scope.with(db -> Audit.append(db, tenant, entries));
  }
}
