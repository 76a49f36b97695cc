package io.gradus.integrations.slack;

import io.gradus.engine.TenantId;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tenants' webhooks. Asked on a virtual thread, for every call.
@FunctionalInterface
public interface SlackHooks {
  /// Where to post: a secret. Empty where there is none.
  ///
  /// @param connection its name; null for the tenant's default
  Optional<URI> find(TenantId tenant, @Nullable String connection);
}
