package io.gradus.service.people;

import static io.gradus.service.people.PeopleWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import io.gradus.service.audit.AuditLog;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantServiceTest {
  private final PeopleWorld world = new PeopleWorld();
  private Person root;

  @BeforeEach
  void operator() {
    root = world.person("root", true);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aTenantBeginsWithAnAdministratorWhoIsNew() {
    // when
    TenantService.Created created =
        world.tenants.create(root, null, "Wharf", new NewPerson("ann", "Ann", null));

    // then
    String account = created.tenant().account();
    assertThat(account).matches("[1-9][0-9]{11}");
    Invitation invitation = Objects.requireNonNull(created.invitation());
    Person ann = world.signIn.signIn("ann", invitation.password()).orElseThrow();
    world.profiles.changePassword(ann, invitation.password(), "three grey herons");
    Caller admin = world.caller("ann", account);
    assertThat(admin.roles()).containsExactly(Role.ADMIN);
    assertThat(world.audited(admin).reversed())
        .extracting(AuditLog.Entry::action)
        .containsExactly("CreateTenant", "CreateUser", "AddMember", "ChangePassword");
    assertThat(world.tenants.list(root))
        .singleElement()
        .satisfies(
            tenant -> {
              assertThat(tenant.name()).isEqualTo("Wharf");
              assertThat(tenant.members()).isEqualTo(1);
              assertThat(tenant.keys()).isZero();
            });
  }

  @Test
  void whatIsTakenIsNotMadeAndNothingOfItStays() {
    world.person("ann", false);
    world.tenants.create(root, "123456789012", "One", "ann");

    refuses(ErrorCode.CONFLICT, () -> world.tenants.create(root, "123456789012", "Two", "ann"));
    refuses(
        ErrorCode.CONFLICT,
        () -> world.tenants.create(root, "123456789013", "Two", new NewPerson("ann", "A", null)));
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND,
        () -> world.tenants.create(root, "123456789013", "Two", "nobody"));
    refuses(ErrorCode.VALIDATION, () -> world.tenants.create(root, "12345", "Two", "ann"));
    refuses(ErrorCode.VALIDATION, () -> world.tenants.create(root, null, " ", "ann"));

    assertThat(world.tenants.list(root)).hasSize(1);
  }

  @Test
  void aSuspendedTenantIsShutToItsPeopleAndKeysUntilItIsResumed() {
    // given
    Caller admin = world.administrator("123456789012", "ann");
    AccessKey.Fresh key = world.keys.create(admin, "ci", Set.of(Role.OPERATOR));

    // when
    world.tenants.suspend(root, "123456789012");
    world.tenants.suspend(root, "123456789012");

    // then
    Person ann = world.signIn.signIn("ann", PeopleWorld.PASSWORD).orElseThrow();
    assertThat(ann.in("123456789012")).isEmpty();
    assertThat(ann.tenant("123456789012").orElseThrow().suspended()).isTrue();
    assertThat(world.keys.find(key.summary().id()).orElseThrow().active()).isFalse();

    // when
    world.tenants.resume(root, "123456789012");

    // then
    Caller again = world.caller("ann", "123456789012");
    assertThat(world.audited(again))
        .extracting(AuditLog.Entry::action, AuditLog.Entry::who)
        .startsWith(
            tuple("ResumeTenant", "user/root"),
            tuple("SuspendTenant", "user/root"),
            tuple("CreateAccessKey", "user/ann"));
  }

  @Test
  void aTenantIsRenamed() {
    Caller admin = world.administrator("123456789012", "ann");

    world.tenants.rename(root, "123456789012", "Wharf & Sons");

    assertThat(world.now("ann").tenant("123456789012").orElseThrow().name())
        .isEqualTo("Wharf & Sons");
    assertThat(world.audited(admin).getFirst().before()).contains("Tenant 123456789012");
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND, () -> world.tenants.rename(root, "999999999999", "Nobody"));
  }

  @Test
  void onlyWhoRunsThePlatformDoesNowAndSeesNothingThatTenantsKeep() {
    // given
    world.administrator("123456789012", "ann");
    Person ann = world.now("ann");

    // when, then
    refuses(ErrorCode.ACCESS_DENIED, () -> world.tenants.list(ann));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.tenants.suspend(ann, "123456789012"));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.tenants.create(ann, null, "Mine", "ann"));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.tenants.rename(ann, "123456789012", "Mine"));
    assertThat(world.now("root").callers()).isEmpty();

    // when: a page that was opened before
    world.users.setActive(root.id(), false);

    // then
    refuses(ErrorCode.ACCESS_DENIED, () -> world.tenants.list(root));
  }

  @Test
  void anAccountThatLooksLikeNoneIsRefused() {
    refuses(ErrorCode.VALIDATION, () -> world.tenants.suspend(root, "' or 1=1"));
  }
}
