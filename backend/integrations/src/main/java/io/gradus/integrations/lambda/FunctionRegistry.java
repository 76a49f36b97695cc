package io.gradus.integrations.lambda;

import io.gradus.engine.TenantId;
import java.util.Optional;

/// The functions that tenants registered. Asked for every call, so it should answer from memory; it
/// may block, since it is asked on a virtual thread.
@FunctionalInterface
public interface FunctionRegistry {
  /// The function of that name.
  ///
  /// @param name without account, region and qualifier
  Optional<HttpFunction> find(TenantId tenant, String name);
}
