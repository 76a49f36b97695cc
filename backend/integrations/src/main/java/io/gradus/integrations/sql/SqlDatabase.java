package io.gradus.integrations.sql;

import org.jspecify.annotations.Nullable;

/// A database that a tenant's tasks work on. It carries a secret in the clear.
///
/// @param id another one whenever anything else here changes: open connections are kept by it
/// @param driver `postgresql`, or one that the operator added
/// @param password null for none
/// @param authorities whose certificates the server may have, in PEM; null for those that the
///   machine trusts
public record SqlDatabase(
    String id,
    String driver,
    String host,
    int port,
    String database,
    Security security,
    String username,
    @Nullable String password,
    @Nullable String authorities) {
  /// How the connection is secured.
  public enum Security {
    /// Encrypted, the server's certificate and name checked.
    VERIFY,
    /// Encrypted, whoever answers.
    ENCRYPT,
    NONE
  }

  @Override
  public String toString() {
    return "SqlDatabase[" + driver + " " + host + ":" + port + "/" + database + "]";
  }
}
