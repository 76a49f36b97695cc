package io.gradus.service.people;

import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.store.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.security.crypto.password.PasswordEncoder;

/// How people come into being, for the use cases that make some.
public final class People {
  /// How long a password that was given opens the door.
  private static final Duration GIVEN_HOLDS = Duration.ofDays(7);

  private final Users users;
  private final PasswordEncoder passwords;
  private final Clock clock;

  /// Keeps them there.
  public People(Users users, PasswordEncoder passwords, Clock clock) {
    this.users = users;
    this.passwords = passwords;
    this.clock = clock;
  }

  /// An invitation that nothing knows of yet. Made before the transaction: hashing takes its time,
  /// by design.
  record Prepared(Invitation invitation, String hash) {}

  Prepared prepare(String login) {
    String password = PasswordRules.given();
    Instant until = clock.instant().plus(GIVEN_HOLDS);
    return new Prepared(new Invitation(login, password, until), passwords.encode(password));
  }

  /// Stores a person who was asked in.
  ///
  /// @param person checked
  /// @throws Refusal ConflictException where the login is taken
  UUID create(NewPerson person, Prepared prepared) {
    UUID id = UUID.randomUUID();
    boolean created =
        users.create(
            new Users.User(
                id,
                person.login(),
                person.displayName(),
                person.email(),
                prepared.hash(),
                false,
                true,
                clock.instant(),
                0,
                prepared.invitation().until()));
    if (!created) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "The login '" + person.login() + "' is taken: add that person, or choose another login");
    }
    return id;
  }

  /// The same person with everything as it may be stored.
  static NewPerson checked(NewPerson person) {
    return new NewPerson(
        PeopleRules.login(person.login()),
        PeopleRules.name("A name", person.displayName()),
        PeopleRules.email(person.email()));
  }
}
