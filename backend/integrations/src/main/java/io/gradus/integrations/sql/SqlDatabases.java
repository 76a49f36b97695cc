package io.gradus.integrations.sql;

import io.gradus.engine.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tenants' databases. Asked on a virtual thread, for every call.
@FunctionalInterface
public interface SqlDatabases {
  /// Empty where there is none.
  ///
  /// @param connection its name; null for the tenant's default
  Optional<SqlDatabase> find(TenantId tenant, @Nullable String connection);
}
