package io.gradus.service.people;

import static io.gradus.service.people.PeopleWorld.part;
import static io.gradus.service.people.PeopleWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.audit.AuditLog;
import io.gradus.service.people.Directory.Member;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberServiceTest {
  private static PeopleWorld world;
  private static int tenants;

  private final String account = "1000000000%02d".formatted(++tenants);
  private final String ann = "ann" + tenants;
  private Caller admin;

  @BeforeAll
  static void open() {
    world = new PeopleWorld();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void tenant() {
    admin = world.administrator(account, ann);
  }

  @Test
  void someoneNewComesInWithAPasswordThatOpensNothingButItsOwnChange() {
    // when
    Invitation invitation =
        world.members.create(
            admin,
            new NewPerson("bo" + account, " Bo ", "bo@example.org"),
            part(Set.of(Role.APPROVER, Role.VIEWER), "finance", " board "));

    // then
    Person bo = world.signIn.signIn("bo" + account, invitation.password()).orElseThrow();
    assertThat(bo.displayName()).isEqualTo("Bo");
    assertThat(bo.password().mustChange()).isTrue();
    assertThat(bo.callers()).isEmpty();
    assertThat(bo.tenant(account)).isPresent();

    world.profiles.changePassword(bo, invitation.password(), "seven slow trains");
    Person now = world.signIn.signIn("bo" + account, "seven slow trains").orElseThrow();
    assertThat(now.password().mustChange()).isFalse();
    assertThat(now.in(account).orElseThrow().roles())
        .containsExactlyInAnyOrder(Role.APPROVER, Role.VIEWER);
    assertThat(world.directory.groupsOf(admin.tenant(), "bo" + account))
        .containsExactly("board", "finance");
    assertThat(world.signIn.signIn("bo" + account, invitation.password())).isEmpty();
  }

  @Test
  void anInvitationThatNobodyTookIsOver() {
    Invitation invitation =
        world.members.create(
            admin, new NewPerson("late" + account, "Late", null), part(Set.of(Role.VIEWER)));

    world.clock.by(Duration.ofDays(7));

    assertThat(world.signIn.signIn("late" + account, invitation.password())).isEmpty();
  }

  @Test
  void someoneKnownIsAddedByLoginAndBelongsToBoth() {
    // given
    Caller other = world.administrator("2000000000%02d".formatted(tenants), "cy" + account);

    // when
    Member added = world.members.add(admin, "cy" + account, part(Set.of(Role.OPERATOR)));

    // then
    assertThat(added.roles()).containsExactly(Role.OPERATOR);
    assertThat(world.now("cy" + account).callers())
        .extracting(Caller::account)
        .containsExactlyInAnyOrder(account, other.account());
    refuses(
        ErrorCode.CONFLICT,
        () -> world.members.add(admin, "cy" + account, part(Set.of(Role.VIEWER))));
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND,
        () -> world.members.add(admin, "nobody", part(Set.of(Role.VIEWER))));
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND,
        () -> world.members.add(admin, "no\0body", part(Set.of(Role.VIEWER))));
    refuses(
        ErrorCode.CONFLICT,
        () ->
            world.members.create(
                admin, new NewPerson("cy" + account, "Cy", null), part(Set.of(Role.VIEWER))));
  }

  @Test
  void aChangeTakesEffectAndSaysWhatItReplaced() {
    // given
    invite("dee", Role.VIEWER);

    // when
    world.members.change(admin, "dee" + account, part(Set.of(Role.AUTHOR), "ops"));

    // then
    assertThat(world.directory.member(admin.tenant(), "dee" + account).orElseThrow().roles())
        .containsExactly(Role.AUTHOR);
    AuditLog.Entry entry = world.audited(admin).getFirst();
    assertThat(entry.action()).isEqualTo("UpdateMember");
    assertThat(entry.who()).isEqualTo("user/" + ann);
    assertThat(entry.target()).isEqualTo("user/dee" + account);
    assertThat(entry.before()).contains("\"viewer\"").doesNotContain("author");
    assertThat(entry.after()).contains("\"author\"", "\"ops\"");
  }

  @Test
  void theLastAdministratorStays() {
    invite("eve", Role.ADMIN);
    world.members.change(admin, "eve" + account, part(Set.of(Role.VIEWER)));

    refuses(ErrorCode.CONFLICT, () -> world.members.remove(admin, ann));
    refuses(
        ErrorCode.CONFLICT,
        () -> world.members.change(admin, ann, part(Set.of(Role.AUTHOR, Role.APPROVER))));

    world.members.change(admin, "eve" + account, part(Set.of(Role.ADMIN)));
    world.members.remove(admin, ann);
    assertThat(world.now(ann).in(account)).isEmpty();
  }

  @Test
  void anAdministratorWhoMayNotSignInIsNone() {
    invite("gone", Role.ADMIN);
    world.users.setActive(world.users.findByLogin("gone" + account).orElseThrow().id(), false);

    refuses(ErrorCode.CONFLICT, () -> world.members.remove(admin, ann));
  }

  @Test
  void twoWhoTakeTheRoleFromEachOtherAtOnceLeaveOne() throws Exception {
    for (int round = 0; round < 5; round++) {
      String other = "r" + round;
      invite(other, Role.ADMIN);
      List<Callable<Boolean>> both = List.of(() -> demoted(ann), () -> demoted(other + account));
      try (var threads = Executors.newFixedThreadPool(2)) {
        List<Future<Boolean>> done = threads.invokeAll(both);
        assertThat(done.get(0).get() && done.get(1).get()).isFalse();
      }
      world.members.change(admin, ann, part(Set.of(Role.ADMIN)));
      world.members.remove(admin, other + account);
    }
  }

  private boolean demoted(String login) {
    try {
      world.members.change(admin, login, part(Set.of(Role.VIEWER)));
      return true;
    } catch (Refusal refusal) {
      return false;
    }
  }

  @Test
  void whoIsRemovedIsNoMemberAndStaysAPerson() {
    invite("fay", Role.AUTHOR);

    world.members.remove(admin, "fay" + account);

    assertThat(world.members.list(admin)).extracting(Member::login).containsExactly(ann);
    assertThat(world.users.findByLogin("fay" + account)).isPresent();
    assertThat(world.audited(admin).getFirst().before()).contains("author");
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.members.remove(admin, "fay" + account));
  }

  @Test
  void nobodyButAnAdministratorChangesMembers() {
    for (Role role : List.of(Role.VIEWER, Role.OPERATOR, Role.AUTHOR, Role.APPROVER)) {
      Caller caller = new Caller(admin.tenant(), account, "user/x", Set.of(role), "console");
      refuses(ErrorCode.ACCESS_DENIED, () -> world.members.list(caller));
      refuses(
          ErrorCode.ACCESS_DENIED,
          () -> world.members.change(caller, ann, part(Set.of(Role.VIEWER))));
      refuses(ErrorCode.ACCESS_DENIED, () -> world.members.remove(caller, ann));
      refuses(ErrorCode.ACCESS_DENIED, () -> world.members.resetPassword(caller, ann));
      refuses(
          ErrorCode.ACCESS_DENIED, () -> world.members.add(caller, ann, part(Set.of(Role.ADMIN))));
    }
  }

  @Test
  void anAdministratorReachesNobodyOfAnotherTenant() {
    Caller other = world.administrator("3000000000%02d".formatted(tenants), "gus" + account);

    assertThat(world.members.list(admin)).extracting(Member::login).containsExactly(ann);
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.members.remove(admin, "gus" + account));
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND,
        () -> world.members.change(admin, "gus" + account, part(Set.of(Role.VIEWER))));
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND, () -> world.members.resetPassword(admin, "gus" + account));
    assertThat(world.members.list(other))
        .extracting(Member::login)
        .containsExactly("gus" + account);
  }

  @Test
  void aForgottenPasswordIsReplacedUnlessItOpensMore() {
    // given
    invite("hal", Role.VIEWER);
    int version = world.users.findByLogin("hal" + account).orElseThrow().passwordVersion();

    // when
    Invitation again = world.members.resetPassword(admin, "hal" + account);

    // then
    Person hal = world.signIn.signIn("hal" + account, again.password()).orElseThrow();
    assertThat(hal.password().mustChange()).isTrue();
    assertThat(hal.password().version()).isGreaterThan(version);

    Caller other = world.administrator("4000000000%02d".formatted(tenants), "ida" + account);
    world.members.add(other, "hal" + account, part(Set.of(Role.VIEWER)));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.members.resetPassword(admin, "hal" + account));
    world.members.add(admin, "root", part(Set.of(Role.VIEWER)));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.members.resetPassword(admin, "root"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ann", "ann b", "-ann", "ann/../x", "ann\0", "é", "<b>", "a\nb"})
  void noSuchLogin(String login) {
    refuses(
        ErrorCode.VALIDATION,
        () ->
            world.members.create(
                admin, new NewPerson(login, "Someone", null), part(Set.of(Role.VIEWER))));
  }

  @ParameterizedTest
  @CsvSource({
    "'',",
    "' ',",
    "'a\u202Eb',",
    "'a\u200Bb',",
    "'a\nb',",
    "Ann,not an address",
    "Ann,a@b@c",
    "Ann,'a@b\r\nBcc: x@y'"
  })
  void noSuchPerson(String name, String email) {
    refuses(
        ErrorCode.VALIDATION,
        () ->
            world.members.create(
                admin, new NewPerson("x" + account, name, email), part(Set.of(Role.VIEWER))));
  }

  @Test
  void noSuchPart() {
    assertThatThrownBy(() -> world.members.change(admin, ann, part(Set.of())))
        .hasMessage("A member has at least one role");
    refuses(
        ErrorCode.VALIDATION,
        () -> world.members.change(admin, ann, part(Set.of(Role.ADMIN), "a,b")));
    refuses(
        ErrorCode.VALIDATION,
        () -> world.members.change(admin, ann, part(Set.of(Role.ADMIN), " ")));
    String[] many = IntStream.range(0, 51).mapToObj(i -> "g" + i).toArray(String[]::new);
    refuses(
        ErrorCode.VALIDATION,
        () -> world.members.change(admin, ann, part(Set.of(Role.ADMIN), many)));
  }

  @Test
  void theDirectoryFindsWhomAnApprovalAddresses() {
    // given
    invite("jo", Role.APPROVER);
    invite("kim", Role.APPROVER);
    world.members.change(admin, "jo" + account, part(Set.of(Role.APPROVER), "finance"));
    world.members.change(admin, "kim" + account, part(Set.of(Role.APPROVER), "finance", "board"));

    // when, then
    assertThat(
            world.directory.candidates(
                admin.tenant(), Set.of(ann, "nobody"), Set.of("board", "nowhere")))
        .extracting(Member::login)
        .containsExactly(ann, "kim" + account);
    assertThat(world.directory.groups(admin.tenant())).containsExactly("board", "finance");
    assertThat(world.directory.groupsOf(admin.tenant(), "nobody")).isEmpty();
    world.users.setActive(world.users.findByLogin("kim" + account).orElseThrow().id(), false);
    assertThat(world.directory.candidates(admin.tenant(), Set.of(), Set.of("finance")))
        .extracting(Member::login)
        .containsExactly("jo" + account);
  }

  private void invite(String name, Role role) {
    world.members.create(admin, new NewPerson(name + account, name, null), part(Set.of(role)));
  }
}
