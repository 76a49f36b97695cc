package io.gradus.integrations.aws;

import io.gradus.engine.TenantId;
import java.util.Optional;

/// The tenants' AWS connections. Asked on a virtual thread, for every call.
@FunctionalInterface
public interface AwsConnections {
  /// Empty where the tenant has none.
  Optional<AwsConnection> find(TenantId tenant);
}
