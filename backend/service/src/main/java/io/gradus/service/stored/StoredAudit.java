package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.store.Audit;
import io.gradus.store.AuditEntry.What;
import io.gradus.store.PlatformAudit;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;

/// The audit log in the store.
public final class StoredAudit implements AuditTrail {
  private final BiConsumer<TenantId, List<What>> store;
  private final Clock clock;

  /// Writes it there, within the tenant's transactions.
  public StoredAudit(Audit store, Clock clock) {
    this(store::append, clock);
  }

  /// Writes it there, within the platform's transactions.
  public StoredAudit(PlatformAudit store, Clock clock) {
    this(store::append, clock);
  }

  private StoredAudit(BiConsumer<TenantId, List<What>> store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void record(Caller caller, String action, String resource, Change change) {
    store.accept(
        caller.tenant(),
        List.of(
            new What(
                clock.instant(),
                caller.principal(),
                action,
                resource,
                caller.source(),
                change.bytes())));
  }
}
