package io.gradus.integrations.lambda;

import io.gradus.engine.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tenants' Lambda endpoints.
@FunctionalInterface
public interface LambdaEndpoints {
  /// Empty where the tenant has none; its functions are then only those it registered.
  ///
  /// @param role assumed for the call; null for the endpoint's own keys
  /// @throws Unassumed if it could not be
  Optional<LambdaEndpoint> find(TenantId tenant, @Nullable String role) throws Unassumed;

  /// A role that a call should be made in was not given.
  final class Unassumed extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /// @param passing whether it may be given later: it was not refused
    public Unassumed(String problem, boolean passing) {
      super(problem);
      this.passing = passing;
    }

    boolean isPassing() {
      return passing;
    }
  }
}
