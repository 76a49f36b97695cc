package io.gradus.service.definition;

import io.gradus.engine.TenantId;
import java.util.Optional;

/// Looks whether logs can be sent where a configuration says.
@FunctionalInterface
public interface LogDestinations {
  /// Takes every destination.
  LogDestinations UNCHECKED = (_, _) -> Optional.empty();

  /// What is wrong with a log group, in AWS's words; empty where nothing is known to be. May wait
  /// for another service.
  ///
  /// @param logGroupArn as the configuration names it
  Optional<String> fault(TenantId tenant, String logGroupArn);
}
