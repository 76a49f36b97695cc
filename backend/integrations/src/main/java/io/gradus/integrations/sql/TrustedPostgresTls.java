package io.gradus.integrations.sql;

import io.gradus.integrations.egress.Authorities;
import org.postgresql.ssl.WrappedFactory;

/// TLS of PostgreSQL's driver, which makes it by its class's name and a text: connections trust the
/// authorities that the text has.
public final class TrustedPostgresTls extends WrappedFactory {
  /// Called by the driver.
  ///
  /// @param pem certificates of authorities
  @SuppressWarnings("this-escape") // nothing extends it
  public TrustedPostgresTls(String pem) {
    factory = Authorities.trusting(pem).getSocketFactory();
  }
}
