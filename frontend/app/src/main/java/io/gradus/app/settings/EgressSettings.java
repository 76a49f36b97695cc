package io.gradus.app.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where what tenants configure may connect to.
///
/// @param allow address ranges (CIDR) that are open besides the public addresses
@ConfigurationProperties("gradus.egress")
public record EgressSettings(@DefaultValue List<String> allow) {
  /// Copies.
  public EgressSettings {
    allow = List.copyOf(allow);
  }
}
