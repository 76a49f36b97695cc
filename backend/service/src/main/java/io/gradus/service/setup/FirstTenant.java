package io.gradus.service.setup;

import io.gradus.engine.TenantId;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.secret.Seal;
import io.gradus.store.AccessKeys;
import io.gradus.store.Secrets;
import io.gradus.store.Tenants;
import io.gradus.store.Users;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Creates the first tenant with its administrator and access key, once in the life of a database:
/// what is changed or deleted later does not come back at the next start.
public final class FirstTenant {
  private static final String DONE = "first-tenant";
  private static final Set<String> ADMIN = Set.of(Role.ADMIN.wireName());

  private final Stores stores;
  private final AccessKeyService keys;
  private final Seal seal;
  private final PasswordEncoder passwords;
  private final Clock clock;

  /// Who is to be created.
  ///
  /// @param account 12 digits
  public record Wanted(
      String account, String login, String password, String accessKeyId, String secretAccessKey) {
    @Override
    public String toString() {
      return "Wanted[account=" + account + ", login=" + login + "]";
    }
  }

  /// Where its parts are kept.
  public record Stores(Tenants tenants, Users users, AccessKeys keys, Secrets secrets) {}

  /// Creates there.
  public FirstTenant(
      Stores stores, AccessKeyService keys, Seal seal, PasswordEncoder passwords, Clock clock) {
    this.stores = stores;
    this.keys = keys;
    this.seal = seal;
    this.passwords = passwords;
    this.clock = clock;
  }

  /// Whether it was created before.
  ///
  /// @throws IllegalStateException if the database was sealed under another key than this one
  public boolean exists() {
    Optional<byte[]> done = stores.secrets().find(DONE);
    done.ifPresent(mark -> seal.open(mark, DONE));
    return done.isPresent();
  }

  /// Creates what is not there yet of it. After a crash in the middle it is called again with the
  /// same.
  public void create(Wanted wanted) {
    if (exists()) {
      return;
    }
    TenantId tenant = tenant(wanted.account());
    UUID admin = user(wanted);
    stores.users().setRoles(tenant, admin, ADMIN);
    stores
        .keys()
        .create(
            tenant,
            new AccessKeys.NewAccessKey(
                wanted.accessKeyId(),
                keys.sealed(tenant, wanted.accessKeyId(), wanted.secretAccessKey()),
                null,
                "made on the first start",
                ADMIN,
                "",
                clock.instant()));
    stores.secrets().putIfAbsent(DONE, seal.seal(new byte[] {1}, DONE));
  }

  private TenantId tenant(String account) {
    stores
        .tenants()
        .create(
            new Tenants.Tenant(
                new TenantId(UUID.randomUUID()),
                account,
                "First tenant",
                true,
                true,
                clock.instant()));
    return stores
        .tenants()
        .findByAccount(account)
        .orElseThrow(() -> new IllegalStateException("expected the account that was just created"))
        .id();
  }

  private UUID user(Wanted wanted) {
    stores
        .users()
        .create(
            new Users.User(
                UUID.randomUUID(),
                wanted.login(),
                "Administrator",
                null,
                passwords.encode(wanted.password()),
                true,
                true,
                clock.instant()));
    return stores
        .users()
        .findByLogin(wanted.login())
        .orElseThrow(() -> new IllegalStateException("expected the login that was just created"))
        .id();
  }
}
