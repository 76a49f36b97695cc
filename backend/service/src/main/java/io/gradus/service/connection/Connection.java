package io.gradus.service.connection;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A connection as its tenant sees it: without its secrets.
///
/// @param arn as `http:invoke` names it
/// @param isDefault whether tasks use it that name none of its kind
/// @param settings by field
/// @param secrets the fields whose secrets are there
/// @param createdBy as the audit log names them
public record Connection(
    String name,
    UUID id,
    String arn,
    ConnectionKind kind,
    boolean isDefault,
    Map<String, String> settings,
    Set<String> secrets,
    String createdBy,
    Instant createdAt,
    String updatedBy,
    Instant updatedAt) {
  public Connection {
    settings = Map.copyOf(settings);
    secrets = Set.copyOf(secrets);
  }

  /// What a connection shall be.
  ///
  /// @param settings by field; what is left out is what holds otherwise
  /// @param secrets by field, empty for none any more; what is left out stays as it was
  public record Draft(
      String name,
      ConnectionKind kind,
      boolean isDefault,
      Map<String, String> settings,
      Map<String, String> secrets) {
    public Draft {
      settings = Map.copyOf(settings);
      secrets = Map.copyOf(secrets);
    }

    /// Says no secret.
    @Override
    public String toString() {
      return "Draft[name=" + name + ", kind=" + kind + "]";
    }
  }
}
