package io.gradus.integrations.email;

import io.gradus.engine.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tenants' mail servers. Asked on a virtual thread, for every call.
@FunctionalInterface
public interface MailServers {
  /// Empty where there is none.
  ///
  /// @param connection its name; null for the tenant's default
  Optional<MailServer> find(TenantId tenant, @Nullable String connection);
}
