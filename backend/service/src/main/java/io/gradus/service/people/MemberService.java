package io.gradus.service.people;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.service.people.Directory.Member;
import io.gradus.store.PlatformScope;
import io.gradus.store.Users;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The members of a tenant, changed by its administrators.
///
/// A person is not a tenant's own: an administrator decides on what they are in this tenant. Their
/// name and password are theirs, unless they belong nowhere else.
public final class MemberService {
  private final Directory directory;
  private final Users users;
  private final People people;
  private final PlatformScope scope;
  private final AuditTrail audit;

  /// A member's part in the tenant.
  ///
  /// @param roles at least one
  /// @param groups what approvals may be addressed to
  public record Part(Set<Role> roles, Set<String> groups) {
    public Part {
      roles = Set.copyOf(roles);
      groups = Set.copyOf(groups);
    }
  }

  /// @param audit writes within the scope's transactions
  public MemberService(
      Directory directory, Users users, People people, PlatformScope scope, AuditTrail audit) {
    this.directory = directory;
    this.users = users;
    this.people = people;
    this.scope = scope;
    this.audit = audit;
  }

  /// The members, by login.
  public List<Member> list(Caller caller) {
    Access.require(caller, Permission.ADMINISTER, "ListMembers", "*");
    return directory.members(caller.tenant());
  }

  /// Makes someone a member whom this installation knows already.
  ///
  /// @throws Refusal ResourceNotFound where nobody has that login, ConflictException where they are
  ///   a member already
  public Member add(Caller caller, String login, Part part) {
    Access.require(caller, Permission.ADMINISTER, "AddMember", target(login));
    Part checked = checked(part);
    return change(
        caller,
        () -> {
          Users.User user = user(login);
          if (directory.member(caller.tenant(), login).isPresent()) {
            throw new Refusal(ErrorCode.CONFLICT, "'" + login + "' is a member already");
          }
          return join(caller, user.id(), login, checked);
        });
  }

  /// Makes someone a member who is new here.
  ///
  /// @throws Refusal ConflictException where the login is taken
  public Invitation create(Caller caller, NewPerson person, Part part) {
    Access.require(caller, Permission.ADMINISTER, "AddMember", target(person.login()));
    NewPerson fresh = People.checked(person);
    Part checked = checked(part);
    People.Prepared prepared = people.prepare(fresh.login());
    return change(
        caller,
        () -> {
          UUID id = people.create(fresh, prepared);
          audit.record(caller, "CreateUser", target(fresh.login()), Change.made(described(fresh)));
          join(caller, id, fresh.login(), checked);
          return prepared.invitation();
        });
  }

  /// Gives a member these roles and groups and no others.
  ///
  /// @throws Refusal ConflictException where no administrator would be left
  public Member change(Caller caller, String login, Part part) {
    Access.require(caller, Permission.ADMINISTER, "UpdateMember", target(login));
    Part checked = checked(part);
    return change(
        caller,
        () -> {
          Member before = member(caller, login);
          if (!checked.roles().contains(Role.ADMIN)) {
            requireAnotherAdministrator(caller, before);
          }
          put(caller, before.id(), checked);
          audit.record(
              caller,
              "UpdateMember",
              target(login),
              new Change(described(partOf(before)), described(checked)));
          return member(caller, login);
        });
  }

  /// Ends a membership. The person stays, and so do the access keys that they made.
  ///
  /// @throws Refusal ConflictException where no administrator would be left
  public void remove(Caller caller, String login) {
    Access.require(caller, Permission.ADMINISTER, "RemoveMember", target(login));
    change(
        caller,
        () -> {
          Member before = member(caller, login);
          requireAnotherAdministrator(caller, before);
          users.setRoles(caller.tenant(), before.id(), Set.of());
          audit.record(
              caller, "RemoveMember", target(login), Change.removed(described(partOf(before))));
          return before;
        });
  }

  /// Gives a member who forgot their password another that holds for one sign-in; all their
  /// sessions end.
  ///
  /// @throws Refusal AccessDeniedException for who belongs to other tenants too, or runs the
  ///   platform: such a password would open more than this tenant
  public Invitation resetPassword(Caller caller, String login) {
    Access.require(caller, Permission.ADMINISTER, "ResetPassword", target(login));
    People.Prepared prepared = people.prepare(login);
    return change(
        caller,
        () -> {
          Member member = member(caller, login);
          boolean elsewhere = users.memberships(member.id()).size() > 1;
          if (elsewhere || user(login).platformOperator()) {
            throw new Refusal(
                ErrorCode.ACCESS_DENIED,
                "'%s' belongs to more than this tenant: only they can change their password"
                    .formatted(login));
          }
          users.setPasswordHash(member.id(), prepared.hash(), prepared.invitation().until());
          audit.record(caller, "ResetPassword", target(login));
          return prepared.invitation();
        });
  }

  /// One administrator at a time: else two could take the role from each other.
  private <T> T change(Caller caller, Supplier<T> work) {
    return scope.call(
        () -> {
          users.lockMembers(caller.tenant());
          return work.get();
        });
  }

  private Member join(Caller caller, UUID id, String login, Part part) {
    put(caller, id, part);
    audit.record(caller, "AddMember", target(login), Change.made(described(part)));
    return member(caller, login);
  }

  private void put(Caller caller, UUID id, Part part) {
    users.setRoles(caller.tenant(), id, names(part.roles()));
    users.setGroups(caller.tenant(), id, part.groups());
  }

  private void requireAnotherAdministrator(Caller caller, Member leaving) {
    boolean another =
        directory.members(caller.tenant()).stream()
            .anyMatch(
                member ->
                    member.active()
                        && member.roles().contains(Role.ADMIN)
                        && !member.id().equals(leaving.id()));
    if (!another) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "'%s' is the last administrator: make someone else one first".formatted(leaving.login()));
    }
  }

  private Member member(Caller caller, String login) {
    return directory
        .member(caller.tenant(), login)
        .orElseThrow(
            () -> new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "'" + login + "' is no member"));
  }

  private Users.User user(String login) {
    return (login.indexOf('\0') >= 0 ? Optional.<Users.User>empty() : users.findByLogin(login))
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.RESOURCE_NOT_FOUND, "Nobody has the login '" + login + "' yet"));
  }

  private static Part checked(Part part) {
    return new Part(PeopleRules.roles(part.roles()), PeopleRules.groups(part.groups()));
  }

  private static Part partOf(Member member) {
    return new Part(member.roles(), member.groups());
  }

  static String target(String login) {
    return "user/" + login;
  }

  static Map<String, Object> described(Part part) {
    return Map.of("roles", names(part.roles()), "groups", new TreeSet<>(part.groups()));
  }

  static Map<String, Object> described(NewPerson person) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("displayName", person.displayName());
    if (person.email() != null) {
      fields.put("email", person.email());
    }
    return fields;
  }

  static Set<String> names(Set<Role> roles) {
    return roles.stream().map(Role::wireName).collect(Collectors.toCollection(TreeSet::new));
  }
}
