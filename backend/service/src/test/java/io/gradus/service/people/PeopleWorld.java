package io.gradus.service.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.MigratedPostgres;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.audit.AuditLog;
import io.gradus.service.audit.AuditService;
import io.gradus.service.secret.Seal;
import io.gradus.service.stored.StoredAccessKeys;
import io.gradus.service.stored.StoredAudit;
import io.gradus.service.stored.StoredDirectory;
import io.gradus.store.AccessKeys;
import io.gradus.store.Audit;
import io.gradus.store.Database;
import io.gradus.store.PlatformAudit;
import io.gradus.store.PlatformScope;
import io.gradus.store.TenantScope;
import io.gradus.store.Tenants;
import io.gradus.store.Users;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/// People and tenants over a PostgreSQL of their own, with a clock that is moved by hand.
final class PeopleWorld implements AutoCloseable {
  static final String PASSWORD = "a quiet harbour";

  private final MigratedPostgres postgres;
  private final Database database;
  private final PasswordEncoder passwords = new Argon2PasswordEncoder(16, 32, 1, 1024, 1);
  private final Tenants tenantStore;

  final Moved clock = new Moved();
  final Users users;
  final Directory directory;
  final SignIn signIn;
  final MemberService members;
  final ProfileService profiles;
  final TenantService tenants;
  final AuditService audit;
  final AccessKeyService keys;

  /// A clock that stands still until it is moved.
  static final class Moved extends Clock {
    private volatile Instant now = Instant.parse("2026-03-01T09:00:00Z");

    void by(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  PeopleWorld() {
    postgres = MigratedPostgres.start();
    database = Database.open(postgres.owner(), new Database.Sizes(4, 4, 2, 2));
    var scope = new TenantScope(database.app());
    var platform = new PlatformScope(database.platform());
    var trail = new StoredAudit(new PlatformAudit(platform), clock);
    tenantStore = new Tenants(platform);
    users = new Users(platform);
    directory = new StoredDirectory(users);
    signIn = new SignIn(users, passwords, clock);
    var people = new People(users, passwords, clock);
    members = new MemberService(directory, users, people, platform, trail);
    profiles = new ProfileService(users, platform, trail, passwords);
    var keyStore = new AccessKeys(scope, platform);
    tenants =
        new TenantService(
            new TenantService.Stores(tenantStore, users, keyStore, platform), people, trail, clock);
    var ownTrail = new StoredAudit(new Audit(scope), clock);
    audit = new AuditService(new Audit(scope), ownTrail);
    keys =
        new AccessKeyService(
            new StoredAccessKeys(keyStore, clock), new Seal(new byte[32]), scope::call, ownTrail);
  }

  /// A person with [#PASSWORD] who belongs nowhere yet.
  Person person(String login, boolean platformOperator) {
    users.create(
        new Users.User(
            UUID.randomUUID(),
            login,
            login.toUpperCase(java.util.Locale.ROOT),
            null,
            passwords.encode(PASSWORD),
            platformOperator,
            true,
            clock.instant()));
    return signIn.find(users.findByLogin(login).orElseThrow().id()).orElseThrow();
  }

  /// The one administrator of a new tenant of that account.
  Caller administrator(String account, String login) {
    if (users.findByLogin("root").isEmpty()) {
      person("root", true);
    }
    person(login, false);
    tenants.create(now("root"), account, "Tenant " + account, login);
    return caller(login, account);
  }

  /// The person as they stand now.
  Person now(String login) {
    return signIn.find(users.findByLogin(login).orElseThrow().id()).orElseThrow();
  }

  /// Whom the person speaks as in that account now.
  Caller caller(String login, String account) {
    return now(login).in(account).orElseThrow();
  }

  static MemberService.Part part(Set<Role> roles, String... groups) {
    return new MemberService.Part(roles, Set.of(groups));
  }

  /// What the tenant's audit log says, newest first; its chain is sound.
  List<AuditLog.Entry> audited(Caller caller) {
    assertThat(audit.verify(caller, (_, _) -> true).orElseThrow().isSound()).isTrue();
    return audit.list(caller, AuditLog.Query.ALL, Long.MAX_VALUE, 1_000);
  }

  /// Changes the database behind everyone's back.
  void tamper(String sql) {
    try (var connection = postgres.connection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  static void refuses(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Override
  public void close() {
    database.close();
    postgres.close();
  }
}
