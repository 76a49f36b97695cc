package io.gradus.service.people;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.store.AccessKeys;
import io.gradus.store.PlatformScope;
import io.gradus.store.Tenants;
import io.gradus.store.Users;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tenants, made and suspended by platform operators.
///
/// A platform operator sees that tenants are there, and nothing that they keep. What is done to a
/// tenant stands in its own audit log.
public final class TenantService {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ATTEMPTS = 20;
  private static final Set<Role> ADMINISTRATOR = Set.of(Role.ADMIN);

  private final Stores stores;
  private final People people;
  private final AuditTrail audit;
  private final Clock clock;

  /// Where tenants and what belongs to them are kept.
  public record Stores(Tenants tenants, Users users, AccessKeys keys, PlatformScope scope) {}

  /// A tenant as platform operators see it.
  ///
  /// @param account 12 digits
  /// @param suspended nobody may act in it
  /// @param awsStrict whether AWS's limits hold for its state machines, unless one says otherwise
  /// @param keys access keys that are not revoked
  public record Tenant(
      String account,
      String name,
      boolean suspended,
      boolean awsStrict,
      Instant createdAt,
      int members,
      int keys) {}

  /// A tenant that was just made.
  ///
  /// @param invitation for its administrator, null where they were known already
  public record Created(Tenant tenant, @Nullable Invitation invitation) {}

  /// @param audit writes within the scope's transactions
  public TenantService(Stores stores, People people, AuditTrail audit, Clock clock) {
    this.stores = stores;
    this.people = people;
    this.audit = audit;
    this.clock = clock;
  }

  /// All tenants, by account.
  public List<Tenant> list(Person operator) {
    require(operator, "ListTenants");
    return stores
        .scope()
        .call(
            () -> {
              Map<TenantId, Integer> members = stores.users().countByTenant();
              Map<TenantId, Integer> keys = stores.keys().countByTenant();
              return stores.tenants().list().stream()
                  .map(
                      row ->
                          view(
                              row,
                              members.getOrDefault(row.id(), 0),
                              keys.getOrDefault(row.id(), 0)))
                  .toList();
            });
  }

  /// Makes a tenant with an administrator who is new here.
  ///
  /// @param account 12 digits, null for some that are free
  /// @throws Refusal ConflictException where the account or the login is taken
  public Created create(
      Person operator, @Nullable String account, String name, NewPerson administrator) {
    require(operator, "CreateTenant");
    NewPerson fresh = People.checked(administrator);
    String checked = account(account);
    String shown = PeopleRules.name("A tenant's name", name);
    People.Prepared prepared = people.prepare(fresh.login());
    return stores
        .scope()
        .call(
            () -> {
              Caller caller = caller(operator, insert(checked, shown));
              told(caller, "CreateTenant", Change.made(Map.of("name", shown)));
              UUID id = people.create(fresh, prepared);
              audit.record(
                  caller,
                  "CreateUser",
                  MemberService.target(fresh.login()),
                  Change.made(MemberService.described(fresh)));
              return new Created(administered(caller, id, fresh.login()), prepared.invitation());
            });
  }

  /// Makes a tenant with an administrator who is known already.
  ///
  /// @param account 12 digits, null for some that are free
  /// @throws Refusal ConflictException where the account is taken, ResourceNotFound where nobody
  ///   has the login
  public Created create(
      Person operator, @Nullable String account, String name, String administrator) {
    require(operator, "CreateTenant");
    String login = PeopleRules.login(administrator);
    String checked = account(account);
    String shown = PeopleRules.name("A tenant's name", name);
    return stores
        .scope()
        .call(
            () -> {
              Users.User user =
                  stores
                      .users()
                      .findByLogin(login)
                      .orElseThrow(
                          () ->
                              new Refusal(
                                  ErrorCode.RESOURCE_NOT_FOUND,
                                  "Nobody has the login '" + login + "' yet"));
              Caller caller = caller(operator, insert(checked, shown));
              told(caller, "CreateTenant", Change.made(Map.of("name", shown)));
              return new Created(administered(caller, user.id(), login), null);
            });
  }

  /// Renames a tenant.
  public void rename(Person operator, String account, String name) {
    require(operator, "RenameTenant");
    String shown = PeopleRules.name("A tenant's name", name);
    stores
        .scope()
        .call(
            () -> {
              Tenants.Tenant before = tenant(account);
              stores.tenants().rename(before.id(), shown);
              told(
                  caller(operator, before),
                  "RenameTenant",
                  new Change(Map.of("name", before.name()), Map.of("name", shown)));
              return before;
            });
  }

  /// Shuts a tenant's doors: its people and keys are refused from then on, and nothing is started
  /// for it. Executions that run go on; stop them first where they should not.
  public void suspend(Person operator, String account) {
    setActive(operator, account, false);
  }

  /// Opens a tenant's doors again.
  public void resume(Person operator, String account) {
    setActive(operator, account, true);
  }

  private void setActive(Person operator, String account, boolean active) {
    String action = active ? "ResumeTenant" : "SuspendTenant";
    require(operator, action);
    stores
        .scope()
        .call(
            () -> {
              Tenants.Tenant tenant = tenant(account);
              if (tenant.active() != active) {
                stores.tenants().setActive(tenant.id(), active);
                told(
                    caller(operator, tenant),
                    action,
                    new Change(
                        Map.of("suspended", !tenant.active()), Map.of("suspended", !active)));
              }
              return tenant;
            });
  }

  private Tenants.Tenant insert(String account, String name) {
    var tenant =
        new Tenants.Tenant(
            new TenantId(UUID.randomUUID()), account, name, true, true, clock.instant());
    if (!stores.tenants().create(tenant)) {
      throw new Refusal(ErrorCode.CONFLICT, "The account " + account + " is taken");
    }
    return tenant;
  }

  private Tenant administered(Caller caller, UUID user, String login) {
    stores.users().setRoles(caller.tenant(), user, MemberService.names(ADMINISTRATOR));
    audit.record(
        caller,
        "AddMember",
        MemberService.target(login),
        Change.made(MemberService.described(new MemberService.Part(ADMINISTRATOR, Set.of()))));
    return view(tenant(caller.account()), 1, 0);
  }

  private Tenants.Tenant tenant(String account) {
    return stores
        .tenants()
        .findByAccount(PeopleRules.account(account))
        .orElseThrow(
            () -> new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "There is no account " + account));
  }

  /// Twelve digits as AWS gives them: without meaning, and not beginning with a zero, which
  /// spreadsheets eat.
  private String account(@Nullable String wanted) {
    if (wanted != null && !wanted.isBlank()) {
      return PeopleRules.account(wanted);
    }
    for (int i = 0; i < ATTEMPTS; i++) {
      String account = Long.toString(RANDOM.nextLong(100_000_000_000L, 1_000_000_000_000L));
      if (stores.tenants().findByAccount(account).isEmpty()) {
        return account;
      }
    }
    throw new IllegalStateException("expected a free account, found none in " + ATTEMPTS);
  }

  private void told(Caller caller, String action, Change change) {
    audit.record(caller, action, "tenant/" + caller.account(), change);
  }

  private static Caller caller(Person operator, Tenants.Tenant tenant) {
    return new Caller(
        tenant.id(),
        tenant.account(),
        MemberService.target(operator.login()),
        Set.of(),
        operator.source());
  }

  /// Asks anew: a page may be open for longer than someone runs the platform.
  private void require(Person operator, String action) {
    boolean may =
        stores
            .users()
            .find(operator.id())
            .filter(user -> user.active() && user.platformOperator())
            .filter(user -> user.passwordExpiresAt() == null)
            .isPresent();
    if (!may) {
      throw Refusal.denied(
          "User: %s is not authorized to perform: gradus:%s"
              .formatted(MemberService.target(operator.login()), action),
          "Only an operator of the platform may do this");
    }
  }

  private static Tenant view(Tenants.Tenant row, int members, int keys) {
    return new Tenant(
        row.account(), row.name(), !row.active(), row.awsStrict(), row.createdAt(), members, keys);
  }
}
