package io.gradus.service.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.MigratedPostgres;
import io.gradus.service.Role;
import io.gradus.service.Transactions;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.people.Person;
import io.gradus.service.people.SignIn;
import io.gradus.service.secret.Seal;
import io.gradus.service.stored.StoredAccessKeys;
import io.gradus.store.AccessKeys;
import io.gradus.store.Database;
import io.gradus.store.PlatformScope;
import io.gradus.store.Secrets;
import io.gradus.store.TenantScope;
import io.gradus.store.Tenants;
import io.gradus.store.Users;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/// The first start of an installation, and the first person and program to come in.
class FirstTenantTest {
  private static final FirstTenant.Wanted WANTED =
      new FirstTenant.Wanted(
          "123456789012", "admin", "correct horse", "AKIAFIRST", "the secret of the first key");

  private final PasswordEncoder passwords = new Argon2PasswordEncoder(16, 32, 1, 1024, 1);
  private final Clock clock = Clock.systemUTC();

  private MigratedPostgres postgres;
  private Database database;
  private FirstTenant.Stores stores;

  @BeforeEach
  void open() {
    postgres = MigratedPostgres.start();
    database = Database.open(postgres.owner(), Database.Sizes.DEFAULT);
    var platform = new PlatformScope(database.platform());
    stores =
        new FirstTenant.Stores(
            new Tenants(platform),
            new Users(platform),
            new AccessKeys(new TenantScope(database.app()), platform),
            new Secrets(platform));
  }

  @AfterEach
  void close() {
    database.close();
    postgres.close();
  }

  @Test
  void thePersonAndTheKeyWorkAfterwards() {
    firstTenant(1).create(WANTED);

    Person admin = signIn().signIn("admin", "correct horse").orElseThrow();
    assertThat(admin.callers())
        .singleElement()
        .satisfies(
            caller -> {
              assertThat(caller.account()).isEqualTo("123456789012");
              assertThat(caller.roles()).containsExactly(Role.ADMIN);
            });
    AccessKey key = keys(1).find("AKIAFIRST").orElseThrow();
    assertThat(key.secret()).isEqualTo("the secret of the first key");
    assertThat(key.caller().roles()).isEqualTo(Set.of(Role.ADMIN));
  }

  @Test
  void whatIsTakenAwayLaterDoesNotComeBack() {
    FirstTenant first = firstTenant(1);
    first.create(WANTED);
    Caller admin = signIn().signIn("admin", "correct horse").orElseThrow().callers().getFirst();
    stores.keys().delete(admin.tenant(), "AKIAFIRST");

    first.create(WANTED);

    assertThat(stores.keys().find("AKIAFIRST")).isEmpty();
  }

  @Test
  void aCrashInTheMiddleIsMadeUpForByTheNextStart() {
    firstTenant(1).create(WANTED);
    // As if the process had died before its last two steps.
    Caller admin = signIn().signIn("admin", "correct horse").orElseThrow().callers().getFirst();
    stores.keys().delete(admin.tenant(), "AKIAFIRST");
    forgetThatItIsDone();

    firstTenant(1).create(WANTED);

    assertThat(keys(1).find("AKIAFIRST")).isPresent();
    assertThat(stores.tenants().list()).hasSize(1);
  }

  @Test
  void aDatabaseSealedUnderAnotherKeyIsNotTouched() {
    firstTenant(1).create(WANTED);

    assertThatThrownBy(() -> firstTenant(2).exists())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("sealed by this installation");
  }

  @Test
  void nobodyComesInWithAWrongPasswordAnUnknownLoginOrAfterBeingShutOut() {
    firstTenant(1).create(WANTED);
    SignIn signIn = signIn();

    assertThat(signIn.signIn("admin", "wrong horse")).isEmpty();
    assertThat(signIn.signIn("Admin", "correct horse")).isEmpty();
    assertThat(signIn.signIn("nobody", "correct horse")).isEmpty();
    assertThat(signIn.signIn("admin\0", "correct horse")).isEmpty();
    assertThat(signIn.signIn("admin", "x".repeat(10_000))).isEmpty();

    Person admin = signIn.signIn("admin", "correct horse").orElseThrow();
    stores.users().setActive(admin.id(), false);
    assertThat(signIn.signIn("admin", "correct horse")).isEmpty();
    assertThat(signIn.find(admin.id())).isEmpty();
  }

  private void forgetThatItIsDone() {
    try (var connection = postgres.connection();
        var statement = connection.createStatement()) {
      statement.execute("delete from secret");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private SignIn signIn() {
    return new SignIn(stores.users(), passwords, clock);
  }

  private FirstTenant firstTenant(int key) {
    return new FirstTenant(stores, keys(key), seal(key), passwords, clock);
  }

  private AccessKeyService keys(int key) {
    return new AccessKeyService(
        new StoredAccessKeys(stores.keys(), clock),
        seal(key),
        new Transactions() {
          @Override
          public <T extends @Nullable Object> T call(TenantId tenant, Supplier<T> work) {
            return work.get();
          }
        },
        (caller, action, resource, change) -> {});
  }

  private static Seal seal(int key) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) key);
    return new Seal(bytes);
  }
}
