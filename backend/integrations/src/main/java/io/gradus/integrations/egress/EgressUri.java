package io.gradus.integrations.egress;

import java.net.URI;
import java.net.URISyntaxException;

/// The addresses that calls are made to.
public final class EgressUri {
  private EgressUri() {}

  /// Reads what a user wrote.
  ///
  /// @throws IllegalArgumentException with a sentence for the user, if the text is not an absolute
  ///   http or https URL without user info
  public static URI parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException _) {
      throw new IllegalArgumentException("The URL is not valid.");
    }
    String scheme = uri.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      throw new IllegalArgumentException("The URL must begin with http:// or https://.");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw new IllegalArgumentException("The URL has no valid host name.");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("The URL must not contain a user name or password.");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new IllegalArgumentException("The URL's port is not valid.");
    }
    return uri;
  }
}
