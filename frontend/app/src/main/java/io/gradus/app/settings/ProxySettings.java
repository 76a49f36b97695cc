package io.gradus.app.settings;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who stands in front of the server.
///
/// @param trustedProxies addresses or networks, such as `10.0.0.0/8`, whose word is taken on where
///   a request came from; none by default, because that word is a header that anyone can send
@ConfigurationProperties("gradus")
public record ProxySettings(@DefaultValue Set<String> trustedProxies) {
  /// Copies.
  public ProxySettings {
    trustedProxies = Set.copyOf(trustedProxies);
  }
}
