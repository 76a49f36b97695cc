package io.gradus.integrations.lambda;

import io.gradus.engine.TenantId;
import java.util.Optional;

/// The tenants' Lambda endpoints.
@FunctionalInterface
public interface LambdaEndpoints {
  /// Empty where the tenant has none; its functions are then only those it registered.
  Optional<LambdaEndpoint> find(TenantId tenant);
}
