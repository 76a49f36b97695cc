package io.gradus.integrations.email;

import org.jspecify.annotations.Nullable;

/// A mail server that a tenant sends through. It carries a secret in the clear, so it lives no
/// longer than a call.
///
/// @param username null to send without signing in
/// @param from the sender's address, perhaps with a name
/// @param authorities whose certificates the server may have, in PEM; null for those that the
///   machine trusts
public record MailServer(
    String host,
    int port,
    Security security,
    @Nullable String username,
    @Nullable String password,
    String from,
    @Nullable String authorities) {
  /// How the connection is secured.
  public enum Security {
    NONE,
    /// In the clear at first, then TLS; without it no mail is sent.
    STARTTLS,
    TLS
  }

  @Override
  public String toString() {
    return "MailServer[" + host + ":" + port + "]";
  }
}
