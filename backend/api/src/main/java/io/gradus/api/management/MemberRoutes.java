package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.people.Directory;
import io.gradus.service.people.Invitation;
import io.gradus.service.people.MemberService;
import io.gradus.service.people.NewPerson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The calls about a tenant's people.
final class MemberRoutes {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  private final MemberService members;

  MemberRoutes(MemberService members) {
    this.members = members;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "GET",
            "/members",
            "listMembers",
            "Lists the tenant's members by login.",
            OK,
            None.class,
            Members.class,
            (caller, _) -> new Members(members.list(caller).stream().map(Shown::of).toList())),
        new Route<>(
            "POST",
            "/members",
            "inviteMember",
            "Makes someone new a member. Their one-time password is in this answer and nowhere"
                + " else.",
            CREATED,
            Invite.class,
            Invited.class,
            this::invite),
        new Route<>(
            "GET",
            "/members/{login}",
            "getMember",
            "Shows a member.",
            OK,
            Login.class,
            Shown.class,
            (caller, r) -> Shown.of(member(caller, r.login()))),
        new Route<>(
            "PUT",
            "/members/{login}",
            "putMember",
            "Gives a person these roles and groups and no others; who is known and no member yet"
                + " becomes one.",
            OK,
            Put.class,
            Shown.class,
            this::put),
        new Route<>(
            "DELETE",
            "/members/{login}",
            "removeMember",
            "Ends a membership.",
            NO_CONTENT,
            Login.class,
            Route.Nothing.class,
            this::remove),
        new Route<>(
            "POST",
            "/members/{login}/password",
            "resetPassword",
            "Gives a member another one-time password; their old one and their sessions end.",
            OK,
            Login.class,
            Invited.class,
            (caller, r) -> Invited.of(members.resetPassword(caller, r.login()))));
  }

  record None() {}

  record Login(@Member(required = true, min = 1, max = 64) String login) {}

  /// @param displayName what they are shown as
  /// @param roles `viewer`, `operator`, `author`, `approver`, `admin`; at least one
  record Invite(
      @Member(required = true, min = 1, max = 64) String login,
      @Member(required = true, min = 1, max = 80) String displayName,
      @Member(max = 254) @Nullable String email,
      @Member(required = true, min = 1, max = 16) List<String> roles,
      @Member(max = 64) @Nullable List<String> groups) {}

  record Put(
      @Member(required = true, min = 1, max = 64) String login,
      @Member(required = true, min = 1, max = 16) List<String> roles,
      @Member(max = 64) @Nullable List<String> groups) {}

  record Shown(
      String login,
      String displayName,
      @Nullable String email,
      List<String> roles,
      List<String> groups,
      Boolean active) {
    static Shown of(Directory.Member kept) {
      return new Shown(
          kept.login(),
          kept.displayName(),
          kept.email(),
          kept.roles().stream().sorted().map(Role::wireName).toList(),
          List.copyOf(kept.groups()),
          kept.active());
    }
  }

  record Members(List<Shown> members) {}

  record Invited(String login, String oneTimePassword, Instant validUntil) {
    static Invited of(Invitation made) {
      return new Invited(made.login(), made.password(), made.until());
    }
  }

  private Invited invite(Caller caller, Invite request) {
    return Invited.of(
        members.create(
            caller,
            new NewPerson(request.login(), request.displayName(), request.email()),
            part(request.roles(), request.groups())));
  }

  private Shown put(Caller caller, Put request) {
    MemberService.Part part = part(request.roles(), request.groups());
    return Shown.of(
        find(caller, request.login()).isPresent()
            ? members.change(caller, request.login(), part)
            : members.add(caller, request.login(), part));
  }

  private Route.Nothing remove(Caller caller, Login request) {
    members.remove(caller, request.login());
    return new Route.Nothing();
  }

  private Directory.Member member(Caller caller, String login) {
    return find(caller, login)
        .orElseThrow(
            () -> new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "'" + login + "' is no member"));
  }

  private Optional<Directory.Member> find(Caller caller, String login) {
    return members.list(caller).stream().filter(one -> one.login().equals(login)).findFirst();
  }

  private static MemberService.Part part(List<String> roles, @Nullable List<String> groups) {
    Set<Role> wanted = ManagementRoutes.roles(roles);
    return new MemberService.Part(
        wanted == null ? Set.of() : wanted, groups == null ? Set.of() : Set.copyOf(groups));
  }
}
