package io.gradus.asl.validate;

import io.gradus.asl.model.Resource;
import java.util.List;

/// Which integrations (`arn:aws:states:::service:action`) a Task may name. Lambda functions and
/// activities need not be known.
@FunctionalInterface
public interface KnownResources {
  /// AWS's optimised integrations, and every well-formed `aws-sdk:service:action`.
  KnownResources AWS = OptimisedIntegrations::knows;

  /// The ARNs of AWS's optimised integrations, each with every pattern it takes, sorted.
  static List<String> optimised() {
    return OptimisedIntegrations.arns();
  }

  boolean knows(Resource resource);

  /// These and others.
  default KnownResources or(KnownResources others) {
    return resource -> knows(resource) || others.knows(resource);
  }
}
