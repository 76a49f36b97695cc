package io.gradus.service.stored;

import io.gradus.service.Caller;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.store.Audit;
import io.gradus.store.AuditEntry;
import java.time.Clock;
import java.util.List;

/// The audit log in the store.
public final class StoredAudit implements AuditTrail {
  private final Audit store;
  private final Clock clock;

  /// Writes it there.
  public StoredAudit(Audit store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void record(Caller caller, String action, String resource, Change change) {
    store.append(
        caller.tenant(),
        List.of(
            new AuditEntry.What(
                clock.instant(),
                caller.principal(),
                action,
                resource,
                caller.source(),
                change.bytes())));
  }
}
