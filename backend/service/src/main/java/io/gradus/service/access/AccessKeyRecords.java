package io.gradus.service.access;

import io.gradus.engine.TenantId;
import io.gradus.service.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where access keys are kept, their secrets sealed.
public interface AccessKeyRecords {
  /// A key with what a signature's verifier must know of its tenant.
  ///
  /// @param usable whether the key is neither revoked nor over, and its tenant not suspended
  record Known(
      TenantId tenant,
      String account,
      String id,
      byte[] sealedSecret,
      Set<Role> roles,
      boolean usable) {}

  /// The key of that id in any tenant; the one lookup that comes before a tenant is known.
  Optional<Known> find(String id);

  /// A key that is to be kept.
  ///
  /// @param createdBy who made it, as the audit log names them
  record NewKey(
      String id, byte[] sealedSecret, String description, Set<Role> roles, String createdBy) {}

  /// Keeps a new key.
  AccessKey.Summary insert(TenantId tenant, NewKey key);

  /// Puts another secret in place; empty where the tenant has no such key that is active.
  Optional<AccessKey.Summary> replaceSecret(TenantId tenant, String id, byte[] sealedSecret);

  /// Makes a key useless when that time is over; empty where the tenant has no such key that is
  /// active.
  Optional<AccessKey.Summary> expire(TenantId tenant, String id, Duration after);

  /// Makes a key useless for good; false where the tenant has no such key that is active.
  boolean revoke(TenantId tenant, String id);

  /// The tenant's keys, oldest first.
  List<AccessKey.Summary> list(TenantId tenant);

  /// Remembers that a key was used just now; costs next to nothing.
  void used(TenantId tenant, String id);
}
