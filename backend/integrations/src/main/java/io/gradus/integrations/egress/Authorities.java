package io.gradus.integrations.egress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Certificate authorities that a tenant trusts for one peer, in place of those that the machine
/// knows.
public final class Authorities {
  private static final int MOST = 20;
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

  private Authorities() {}

  /// What makes TLS connections that trust nobody but these.
  ///
  /// @param pem certificates, each between its lines of dashes
  /// @throws IllegalArgumentException with a sentence for the user, if it is something else
  public static SSLContext trusting(String pem) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : read(pem)) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("expected a JVM that speaks TLS", e);
    }
  }

  /// Checks that it is certificates, and nothing that is to be kept to oneself.
  ///
  /// @throws IllegalArgumentException with a sentence for the user
  public static void check(String pem) {
    read(pem);
  }

  private static Collection<? extends Certificate> read(String pem) {
    if (pem.contains("PRIVATE KEY")) {
      throw new IllegalArgumentException(
          "it has a private key, which nobody but its server should have");
    }
    if (!pem.contains(BEGIN)) {
      throw noCertificates();
    }
    try {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.US_ASCII)));
      if (all.isEmpty() || all.size() > MOST) {
        throw noCertificates();
      }
      return all;
    } catch (CertificateException e) {
      throw noCertificates();
    }
  }

  private static IllegalArgumentException noCertificates() {
    return new IllegalArgumentException(
        "it is 1 to %d certificates in PEM, each from %s to its end".formatted(MOST, BEGIN));
  }
}
