package io.gradus.service;

import io.gradus.engine.TenantId;
import io.gradus.service.Role.Permission;
import java.util.Set;

/// Who asks, and what that one may do.
///
/// @param tenant the tenant that the caller belongs to
/// @param account the tenant's 12-digit account
/// @param principal who it is, as the audit log names it: `key/AKIA…` or `user/ann`
/// @param roles what it may do: all that any of them allows
/// @param source where the request came from, as the audit log names it: an address, or `console`
public record Caller(
    TenantId tenant, String account, String principal, Set<Role> roles, String source) {
  public Caller {
    roles = Set.copyOf(roles);
  }

  /// Whether one of the roles holds the permission.
  public boolean allows(Permission permission) {
    return roles.stream().anyMatch(role -> role.allows(permission));
  }

  /// The same caller, seen to come from there.
  public Caller from(String where) {
    return new Caller(tenant, account, principal, roles, where);
  }
}
