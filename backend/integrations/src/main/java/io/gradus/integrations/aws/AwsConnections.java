package io.gradus.integrations.aws;

import io.gradus.engine.TenantId;
import java.util.Optional;

/// The tenants' AWS connections. Asked on a virtual thread, for every call.
@FunctionalInterface
public interface AwsConnections {
  /// The one for calls that name no role. Empty where the tenant has none.
  Optional<AwsConnection> find(TenantId tenant);

  /// One that is in a role already, so that the role need not be assumed through another. Empty
  /// where there is none.
  ///
  /// @param roleArn as a task's `Credentials` name it
  default Optional<AwsConnection> inRole(TenantId tenant, String roleArn) {
    return Optional.empty();
  }
}
