package io.gradus.integrations.slack;

import io.gradus.engine.TenantId;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tenants' webhooks. Asked on a virtual thread, for every call.
@FunctionalInterface
public interface SlackHooks {
  /// Where to post. Empty where there is none.
  ///
  /// @param connection its name; null for the tenant's default
  Optional<Hook> find(TenantId tenant, @Nullable String connection);

  /// A webhook.
  ///
  /// @param url a secret
  /// @param authorities in PEM, one of which the server's certificate must be of; null for those
  ///   that the machine trusts
  record Hook(URI url, @Nullable String authorities) {
    @Override
    public String toString() {
      return "Hook[" + url.getHost() + "]";
    }
  }
}
