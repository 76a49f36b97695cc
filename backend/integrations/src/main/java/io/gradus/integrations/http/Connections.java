package io.gradus.integrations.http;

import io.gradus.engine.TenantId;
import java.util.Optional;

/// The tenants' connections, with their secrets. Asked on a virtual thread, for every call.
@FunctionalInterface
public interface Connections {
  /// The connection of that ARN.
  ///
  /// @param connectionArn as the definition names it; may be another tenant's, for which the answer
  ///   is empty as for none
  Optional<Connection> find(TenantId tenant, String connectionArn);
}
