package io.gradus.service.access;

import io.gradus.engine.TenantId;
import io.gradus.service.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where access keys are kept, their secrets sealed.
public interface AccessKeyRecords {
  /// A key with what a signature's verifier must know of its tenant.
  ///
  /// @param usable whether neither the key is revoked nor its tenant suspended
  record Known(
      TenantId tenant,
      String account,
      String id,
      byte[] sealedSecret,
      Set<Role> roles,
      boolean usable) {}

  /// The key of that id in any tenant; the one lookup that comes before a tenant is known.
  Optional<Known> find(String id);

  /// Keeps a new key.
  AccessKey.Summary insert(
      TenantId tenant, String id, byte[] sealedSecret, String description, Set<Role> roles);

  /// Puts another secret in place; empty where the tenant has no such key that is active.
  Optional<AccessKey.Summary> replaceSecret(TenantId tenant, String id, byte[] sealedSecret);

  /// Makes a key useless for good; false where the tenant has no such key that is active.
  boolean revoke(TenantId tenant, String id);

  /// The tenant's keys, oldest first.
  List<AccessKey.Summary> list(TenantId tenant);

  /// Remembers that a key was used just now; costs next to nothing.
  void used(TenantId tenant, String id);
}
