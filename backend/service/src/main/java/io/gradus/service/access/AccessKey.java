package io.gradus.service.access;

import io.gradus.service.Caller;
import io.gradus.service.Role;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An access key as the verifier of signatures needs it.
///
/// @param id the public part, as it stands in the credential of a request
/// @param secret the shared secret; never logged
/// @param active whether the key may be used; an inactive key answers like an unknown one
/// @param caller who a request signed with this key speaks for
public record AccessKey(String id, String secret, boolean active, Caller caller) {
  @Override
  public String toString() {
    return "AccessKey[id=" + id + ", active=" + active + ", caller=" + caller + "]";
  }

  /// An access key as it is listed: without its secret.
  ///
  /// @param active not revoked
  /// @param createdBy who made it, as the audit log names them; empty where nobody knows
  /// @param expiresAt from when on it is refused, null for never
  /// @param lastUsedAt to the minute or so, null where it never was
  public record Summary(
      String id,
      String description,
      Set<Role> roles,
      boolean active,
      String createdBy,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {
    public Summary {
      roles = Set.copyOf(roles);
    }

    /// Whether it opens anything at that moment.
    public boolean usable(Instant at) {
      return active && (expiresAt == null || at.isBefore(expiresAt));
    }
  }

  /// A key that was just made, with the secret that is never shown again.
  public record Fresh(Summary summary, String secret) {
    @Override
    public String toString() {
      return "Fresh[" + summary + "]";
    }
  }
}
