package io.gradus.service.people;

import static io.gradus.service.people.PeopleWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.audit.AuditLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileServiceTest {
  private static PeopleWorld world;

  @BeforeAll
  static void open() {
    world = new PeopleWorld();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void nameAndAddressAreOnesOwn() {
    // given
    Caller caller = world.administrator("100000000001", "ann");

    // when
    world.profiles.change(world.now("ann"), "Ann Sørensen", "ann@example.org");

    // then
    Person now = world.now("ann");
    assertThat(now.displayName()).isEqualTo("Ann Sørensen");
    assertThat(now.email()).isEqualTo("ann@example.org");
    AuditLog.Entry entry = world.audited(caller).getFirst();
    assertThat(entry.action()).isEqualTo("UpdateProfile");
    assertThat(entry.before()).contains("ANN");
    assertThat(entry.after()).contains("Ann Sørensen", "ann@example.org");
    world.profiles.change(world.now("ann"), "Ann", "");
    assertThat(world.now("ann").email()).isNull();
    refuses(ErrorCode.VALIDATION, () -> world.profiles.change(world.now("ann"), " ", null));
  }

  @Test
  void aNewPasswordEndsWhatBeganUnderTheOld() {
    // given
    Caller caller = world.administrator("100000000002", "bea");
    Person before = world.signIn.signIn("bea", PeopleWorld.PASSWORD).orElseThrow();

    // when
    int version = world.profiles.changePassword(before, PeopleWorld.PASSWORD, "three grey herons");

    // then
    assertThat(version).isGreaterThan(before.password().version());
    assertThat(world.now("bea").password().version()).isEqualTo(version);
    assertThat(world.signIn.signIn("bea", PeopleWorld.PASSWORD)).isEmpty();
    assertThat(world.signIn.signIn("bea", "three grey herons")).isPresent();
    AuditLog.Entry entry = world.audited(caller).getFirst();
    assertThat(entry.action()).isEqualTo("ChangePassword");
    assertThat(entry.before()).isNull();
    assertThat(entry.after()).isNull();
  }

  @Test
  void theCurrentPasswordIsAskedFor() {
    world.administrator("100000000003", "cleo");
    Person cleo = world.now("cleo");

    refuses(
        ErrorCode.ACCESS_DENIED,
        () -> world.profiles.changePassword(cleo, "not this", "three grey herons"));
    refuses(
        ErrorCode.VALIDATION,
        () -> world.profiles.changePassword(cleo, PeopleWorld.PASSWORD, PeopleWorld.PASSWORD));
    assertThat(world.signIn.signIn("cleo", PeopleWorld.PASSWORD)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "elevenchars",
        "Password1234",
        "P@ssw0rd!2026",
        "passwordpassword",
        "123456789012",
        "210987654321",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "qwertyuiop12",
        "changeme-2026",
        "dora-dora-12",
        "Dora12345678",
        "aabbaabbaabb",
        "administrator1"
      })
  void tooEasy(String password) {
    refuses(ErrorCode.VALIDATION, () -> PasswordRules.check("dora", password));
  }

  @ParameterizedTest
  @CsvSource({
    "dora,three grey herons",
    "dora,xK4!p0w-7Qz2",
    "dora,пароль-из-двенадцати",
    "a,salmon upstream"
  })
  void goodEnough(String login, String password) {
    assertThatCode(() -> PasswordRules.check(login, password)).doesNotThrowAnyException();
  }

  @Test
  void whatIsGivenPassesItsOwnRules() {
    for (int i = 0; i < 200; i++) {
      PasswordRules.check("dora", PasswordRules.given());
    }
  }
}
