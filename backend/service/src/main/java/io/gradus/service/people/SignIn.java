package io.gradus.service.people;

import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.store.Users;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Tells people by login and password.
public final class SignIn {
  /// Where people come from, as long as no address is known.
  private static final String CONSOLE = "console";

  private static final int MAX_LENGTH = 256;

  private final Users users;
  private final PasswordEncoder passwords;
  private final Clock clock;
  private final String nobodysHash;

  /// Reads people there, and their passwords so.
  ///
  /// @param clock for passwords that hold for a while only
  public SignIn(Users users, PasswordEncoder passwords, Clock clock) {
    this.users = users;
    this.passwords = passwords;
    this.clock = clock;
    this.nobodysHash = passwords.encode(UUID.randomUUID().toString());
  }

  /// The person of that login, if the password is theirs and they may sign in. An unknown login
  /// takes as long as a wrong password, so that time tells nobody who there is.
  public Optional<Person> signIn(String login, String password) {
    if (!isPossible(login) || password.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Optional<Users.User> found = users.findByLogin(login);
    boolean matches =
        passwords.matches(password, found.map(Users.User::passwordHash).orElse(nobodysHash));
    return found
        .filter(user -> matches && user.active() && !isOver(user.passwordExpiresAt()))
        .map(this::person);
  }

  /// The person of that id as they stand now: a session outlives a change of roles, and must not
  /// outlive what was taken.
  public Optional<Person> find(UUID id) {
    return users.find(id).filter(Users.User::active).map(this::person);
  }

  /// The person of that login, whoever asks; empty for none, or one who may not sign in.
  Optional<Person> findByLogin(String login) {
    return isPossible(login)
        ? users.findByLogin(login).filter(Users.User::active).map(this::person)
        : Optional.empty();
  }

  private static boolean isPossible(String text) {
    return text.length() <= MAX_LENGTH && text.indexOf('\0') < 0;
  }

  private boolean isOver(@Nullable Instant expiry) {
    return expiry != null && !clock.instant().isBefore(expiry);
  }

  private Person person(Users.User user) {
    List<Users.Membership> members = users.memberships(user.id());
    boolean mustChange = user.passwordExpiresAt() != null;
    List<Caller> callers =
        members.stream()
            .filter(member -> member.tenantActive() && !mustChange)
            .map(
                member ->
                    new Caller(
                        member.tenant(),
                        member.account(),
                        "user/" + user.login(),
                        roles(member.roles()),
                        CONSOLE))
            .toList();
    return new Person(
        user.id(),
        user.login(),
        user.displayName(),
        user.email(),
        user.platformOperator(),
        new Person.Password(user.passwordVersion(), mustChange),
        members.stream()
            .map(m -> new Person.Tenancy(m.account(), m.tenantName(), !m.tenantActive()))
            .toList(),
        callers,
        CONSOLE);
  }

  private static Set<Role> roles(Set<String> stored) {
    return stored.stream()
        .map(
            name ->
                Role.of(name)
                    .orElseThrow(() -> new IllegalStateException("expected a role, found " + name)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
