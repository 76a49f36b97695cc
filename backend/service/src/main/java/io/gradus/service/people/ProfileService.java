package io.gradus.service.people;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.store.PlatformScope;
import io.gradus.store.Users;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/// What people change about themselves. Every tenant that they belong to is told.
public final class ProfileService {
  private final Users users;
  private final PlatformScope scope;
  private final AuditTrail audit;
  private final PasswordEncoder passwords;

  /// @param audit writes within the scope's transactions
  public ProfileService(
      Users users, PlatformScope scope, AuditTrail audit, PasswordEncoder passwords) {
    this.users = users;
    this.scope = scope;
    this.audit = audit;
    this.passwords = passwords;
  }

  /// Changes how the person is shown and reached.
  ///
  /// @param email null or empty for none
  public void change(Person person, String displayName, @Nullable String email) {
    String name = PeopleRules.name("A name", displayName);
    String address = PeopleRules.email(email);
    scope.call(
        () -> {
          Users.User before = user(person);
          users.setProfile(person.id(), name, address);
          Change change =
              new Change(
                  MemberService.described(
                      new NewPerson(before.login(), before.displayName(), before.email())),
                  MemberService.described(new NewPerson(before.login(), name, address)));
          tell(person, before, "UpdateProfile", change);
          return before;
        });
  }

  /// Changes the person's own password. All sessions that began under the old one are over.
  ///
  /// @return the new password's version, with which this one session may go on
  /// @throws Refusal AccessDeniedException where the current password is not theirs,
  ///   ValidationException where the new one is too easy
  public int changePassword(Person person, String current, String fresh) {
    Users.User before = user(person);
    if (!passwords.matches(current, before.passwordHash())) {
      throw new Refusal(ErrorCode.ACCESS_DENIED, "The current password is not right");
    }
    if (passwords.matches(fresh, before.passwordHash())) {
      throw new Refusal(ErrorCode.VALIDATION, "The new password is the current one");
    }
    PasswordRules.check(before.login(), fresh);
    String hash = passwords.encode(fresh);
    return scope.call(
        () -> {
          users.setPasswordHash(person.id(), hash, null);
          tell(person, before, "ChangePassword", Change.NONE);
          return user(person).passwordVersion();
        });
  }

  private Users.User user(Person person) {
    return users
        .find(person.id())
        .filter(Users.User::active)
        .orElseThrow(
            () -> new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "This person is not there any more"));
  }

  private void tell(Person person, Users.User user, String action, Change change) {
    for (Users.Membership member : users.memberships(user.id())) {
      Caller self =
          new Caller(
              member.tenant(),
              member.account(),
              MemberService.target(user.login()),
              Set.of(),
              person.source());
      audit.record(self, action, MemberService.target(user.login()), change);
    }
  }
}
