package io.gradus.service.tag;

import io.gradus.engine.TenantId;
import io.gradus.service.arn.StatesArn;

/// Knows what tags can be on.
@FunctionalInterface
public interface TagOwners {
  /// Whether the tenant has what the ARN names.
  ///
  /// @param arn a state machine without a qualifier, or an activity, of this region
  boolean isThere(TenantId tenant, StatesArn arn);
}
