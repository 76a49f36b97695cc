package io.gradus.integrations.egress;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// Why no TLS connection came about, for whoever can mend it: the JVM's own words name its classes.
public final class TlsProblem {
  private TlsProblem() {}

  /// A sentence, or null where it was not TLS that failed.
  ///
  /// @param peer host and port
  public static @Nullable String of(Throwable failure, String peer) {
    String certificate = "The certificate of " + peer;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return certificate + " is not valid at this time: " + cause.getMessage();
      }
    }
    boolean tls = false;
    boolean handshake = false;
    String last = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.startsWith("No subject alternative")
          || message.startsWith("No name matching")
          || message.contains("could not be verified by hostnameverifier")) {
        return certificate + " is for another host";
      }
      if (message.contains("Unsupported or unrecognized SSL message")
          || message.contains("server does not support SSL")) {
        return peer + " does not speak TLS";
      }
      if (message.contains("unable to find valid certification path")
          || cause instanceof CertPathValidatorException
          || (cause instanceof CertificateException && cause.getCause() == null)) {
        return certificate
            + " is of no authority that is trusted here: a connection can name the one to trust";
      }
      tls |= cause instanceof SSLException;
      handshake |= cause instanceof SSLHandshakeException;
      last = message;
    }
    if (!tls) {
      return null;
    }
    return handshake
        ? "The TLS handshake with " + peer + " failed: " + last
        : "The TLS connection to " + peer + " failed";
  }
}
