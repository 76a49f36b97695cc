package io.gradus.store;

import io.gradus.engine.TenantId;
import io.gradus.store.AuditEntry.What;
import io.gradus.store.jdbc.Sessions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/// Appends to many tenants' audit logs at the engine's rate: what gathered meanwhile goes as one
/// transaction, so that the chains never hold up the commits they tell of.
public final class EngineAudit {
  private final Sessions sessions;

  /// @param engine [Database#engine()]
  public EngineAudit(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Adds entries at the ends of the tenants' chains, all or none.
  ///
  /// @throws io.gradus.store.jdbc.DatabaseFailure if the database did not do it
  public void append(Map<TenantId, List<What>> entries) {
    // In one order on all nodes, so that two of them do not wait for each other.
    Map<TenantId, List<What>> sorted = new TreeMap<>(entries);
    sessions.transaction(
        connection -> {
          DSLContext db = Jooq.on(connection);
          return TenantScope.unwrapped(
              () -> {
                sorted.forEach((tenant, of) -> Audit.append(db, tenant, of));
                return true;
              });
        });
  }
}
