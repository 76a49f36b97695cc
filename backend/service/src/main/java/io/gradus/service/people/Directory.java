package io.gradus.service.people;

import io.gradus.engine.TenantId;
import io.gradus.service.Role;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who belongs to a tenant, asked by use cases that have already let their caller in.
public interface Directory {
  /// A person as a member of one tenant.
  ///
  /// @param login what they sign in with; unique, compared exactly
  /// @param email null where they have told none
  /// @param groups what approvals may be addressed to, sorted
  /// @param active whether they may sign in at all
  record Member(
      UUID id,
      String login,
      String displayName,
      @Nullable String email,
      Set<Role> roles,
      Set<String> groups,
      boolean active) {
    public Member {
      roles = Set.copyOf(roles);
      groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }
  }

  /// All members, by login; also those who may not sign in.
  List<Member> members(TenantId tenant);

  /// The member of that login.
  Optional<Member> member(TenantId tenant, String login);

  /// The groups of a login in a tenant; empty for who is no member.
  Set<String> groupsOf(TenantId tenant, String login);

  /// The members who may sign in and are named themselves or by one of their groups, by login.
  /// Names that nobody has are passed over.
  List<Member> candidates(TenantId tenant, Set<String> logins, Set<String> groups);

  /// The groups that somebody of the tenant is in, sorted.
  Set<String> groups(TenantId tenant);
}
