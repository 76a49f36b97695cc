package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.Role;
import io.gradus.service.people.Directory;
import io.gradus.store.Users;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The members in the store, as they stand now.
public final class StoredDirectory implements Directory {
  private final Users users;

  /// Reads them there.
  public StoredDirectory(Users users) {
    this.users = users;
  }

  @Override
  public List<Member> members(TenantId tenant) {
    return users.members(tenant).stream().map(StoredDirectory::read).toList();
  }

  @Override
  public Optional<Member> member(TenantId tenant, String login) {
    // PostgreSQL has no text with a NUL, so nobody's login has one.
    return login.indexOf('\0') >= 0
        ? Optional.empty()
        : users.member(tenant, login).map(StoredDirectory::read);
  }

  @Override
  public Set<String> groupsOf(TenantId tenant, String login) {
    return member(tenant, login).map(Member::groups).orElse(Set.of());
  }

  @Override
  public List<Member> candidates(TenantId tenant, Set<String> logins, Set<String> groups) {
    return members(tenant).stream()
        .filter(Member::active)
        .filter(
            member ->
                logins.contains(member.login()) || !Collections.disjoint(member.groups(), groups))
        .toList();
  }

  @Override
  public Set<String> groups(TenantId tenant) {
    return members(tenant).stream()
        .flatMap(member -> member.groups().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Member read(Users.Membership row) {
    return new Member(
        row.userId(),
        row.login(),
        row.displayName(),
        row.email(),
        roles(row.roles()),
        row.groups(),
        row.userActive());
  }

  private static Set<Role> roles(Set<String> names) {
    return names.stream().flatMap(name -> Role.of(name).stream()).collect(Collectors.toSet());
  }
}
