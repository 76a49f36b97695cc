package io.gradus.store;

import static io.gradus.migrations.db.Tables.APP_USER;
import static io.gradus.migrations.db.Tables.MEMBERSHIP;
import static io.gradus.migrations.db.Tables.TENANT;
import static org.jooq.impl.DSL.count;

import io.gradus.engine.TenantId;
import io.gradus.migrations.db.tables.records.AppUserRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record2;
import org.jspecify.annotations.Nullable;

/// People, and the tenants that they belong to.
public final class Users {
  private final PlatformScope scope;

  /// @param passwordHash as the password encoder wrote it; never shown
  /// @param platformOperator may create and suspend tenants
  /// @param active may sign in
  /// @param passwordVersion one more with each new password
  /// @param passwordExpiresAt until when a password that was given holds; null for one's own
  public record User(
      UUID id,
      String login,
      String displayName,
      @Nullable String email,
      String passwordHash,
      boolean platformOperator,
      boolean active,
      Instant createdAt,
      int passwordVersion,
      @Nullable Instant passwordExpiresAt) {
    /// Someone new with a password of their own.
    public User(
        UUID id,
        String login,
        String displayName,
        @Nullable String email,
        String passwordHash,
        boolean platformOperator,
        boolean active,
        Instant createdAt) {
      this(
          id,
          login,
          displayName,
          email,
          passwordHash,
          platformOperator,
          active,
          createdAt,
          0,
          null);
    }

    @Override
    public String toString() {
      return "User[id=" + id + ", login=" + login + "]";
    }
  }

  /// A person's part in a tenant.
  ///
  /// @param roles of viewer, operator, author, approver, admin
  /// @param groups that approvals may be addressed to
  public record Membership(
      TenantId tenant,
      String account,
      String tenantName,
      boolean tenantActive,
      UUID userId,
      String login,
      String displayName,
      @Nullable String email,
      boolean userActive,
      Set<String> roles,
      Set<String> groups) {}

  /// Works in this scope.
  public Users(PlatformScope scope) {
    this.scope = scope;
  }

  /// Stores a new one, unless the login is taken.
  ///
  /// @return false if it is
  public boolean create(User user) {
    return scope.with(
        db ->
            db.insertInto(APP_USER)
                    .set(APP_USER.ID, user.id())
                    .set(APP_USER.LOGIN, user.login())
                    .set(APP_USER.DISPLAY_NAME, user.displayName())
                    .set(APP_USER.EMAIL, user.email())
                    .set(APP_USER.PASSWORD_HASH, user.passwordHash())
                    .set(APP_USER.PLATFORM_OPERATOR, user.platformOperator())
                    .set(APP_USER.STATUS, status(user.active()))
                    .set(APP_USER.CREATED_AT, Times.column(user.createdAt()))
                    .set(APP_USER.PASSWORD_VERSION, user.passwordVersion())
                    .set(APP_USER.PASSWORD_EXPIRES_AT, Times.columnOrNull(user.passwordExpiresAt()))
                    .onConflictDoNothing()
                    .execute()
                == 1);
  }

  /// By login, exactly as it is written.
  public Optional<User> findByLogin(String login) {
    return scope.with(
        db -> db.selectFrom(APP_USER).where(APP_USER.LOGIN.eq(login)).fetchOptional(Users::read));
  }

  /// By id.
  public Optional<User> find(UUID id) {
    return scope.with(
        db -> db.selectFrom(APP_USER).where(APP_USER.ID.eq(id)).fetchOptional(Users::read));
  }

  /// All, by login.
  public List<User> list() {
    return scope.with(db -> db.selectFrom(APP_USER).orderBy(APP_USER.LOGIN).fetch(Users::read));
  }

  /// Changes a password; false where there is no such user.
  ///
  /// @param expiresAt until when a password that is given holds; null for one's own
  public boolean setPasswordHash(UUID id, String hash, @Nullable Instant expiresAt) {
    return scope.with(
        db ->
            db.update(APP_USER)
                    .set(APP_USER.PASSWORD_HASH, hash)
                    .set(APP_USER.PASSWORD_VERSION, APP_USER.PASSWORD_VERSION.plus(1))
                    .set(APP_USER.PASSWORD_EXPIRES_AT, Times.columnOrNull(expiresAt))
                    .where(APP_USER.ID.eq(id))
                    .execute()
                == 1);
  }

  /// Changes how a person is shown and reached; false where there is no such user.
  public boolean setProfile(UUID id, String displayName, @Nullable String email) {
    return scope.with(
        db ->
            db.update(APP_USER)
                    .set(APP_USER.DISPLAY_NAME, displayName)
                    .set(APP_USER.EMAIL, email)
                    .where(APP_USER.ID.eq(id))
                    .execute()
                == 1);
  }

  /// Lets a person sign in or not; false where there is no such user.
  public boolean setActive(UUID id, boolean active) {
    return scope.with(
        db ->
            db.update(APP_USER)
                    .set(APP_USER.STATUS, status(active))
                    .where(APP_USER.ID.eq(id))
                    .execute()
                == 1);
  }

  /// Makes a person a member with these roles and no others; without any, no member.
  ///
  /// @param roles of viewer, operator, author, approver, admin
  public void setRoles(TenantId tenant, UUID user, Set<String> roles) {
    scope.with(
        db ->
            roles.isEmpty()
                ? db.deleteFrom(MEMBERSHIP)
                    .where(MEMBERSHIP.TENANT_ID.eq(tenant.value()))
                    .and(MEMBERSHIP.USER_ID.eq(user))
                    .execute()
                : db.insertInto(MEMBERSHIP)
                    .set(MEMBERSHIP.TENANT_ID, tenant.value())
                    .set(MEMBERSHIP.USER_ID, user)
                    .set(MEMBERSHIP.ROLES, array(roles))
                    .onConflict(MEMBERSHIP.TENANT_ID, MEMBERSHIP.USER_ID)
                    .doUpdate()
                    .set(MEMBERSHIP.ROLES, array(roles))
                    .execute());
  }

  /// Puts a member into these groups and no others; false where they are no member.
  public boolean setGroups(TenantId tenant, UUID user, Set<String> groups) {
    return scope.with(
        db ->
            db.update(MEMBERSHIP)
                    .set(MEMBERSHIP.GROUPS, array(groups))
                    .where(MEMBERSHIP.TENANT_ID.eq(tenant.value()))
                    .and(MEMBERSHIP.USER_ID.eq(user))
                    .execute()
                == 1);
  }

  /// The tenants of a person, by account.
  public List<Membership> memberships(UUID user) {
    return memberships(MEMBERSHIP.USER_ID.eq(user));
  }

  /// The people of a tenant, by login.
  public List<Membership> members(TenantId tenant) {
    return memberships(MEMBERSHIP.TENANT_ID.eq(tenant.value()));
  }

  /// Keeps anyone else from changing a tenant's members until the current transaction ends.
  public void lockMembers(TenantId tenant) {
    // The tenant's row and not the members': someone may be about to add one. Rows that refer to
    // the tenant are written all the while.
    scope.with(
        db ->
            db.select(TENANT.ID)
                .from(TENANT)
                .where(TENANT.ID.eq(tenant.value()))
                .forNoKeyUpdate()
                .execute());
  }

  /// How many members each tenant has.
  public Map<TenantId, Integer> countByTenant() {
    return scope.with(
        db ->
            db.select(MEMBERSHIP.TENANT_ID, count())
                .from(MEMBERSHIP)
                .groupBy(MEMBERSHIP.TENANT_ID)
                .fetchMap(row -> new TenantId(row.value1()), Record2::value2));
  }

  /// The member of that login, exactly as it is written.
  public Optional<Membership> member(TenantId tenant, String login) {
    return memberships(MEMBERSHIP.TENANT_ID.eq(tenant.value()).and(APP_USER.LOGIN.eq(login)))
        .stream()
        .findFirst();
  }

  private List<Membership> memberships(Condition which) {
    return scope.with(
        db ->
            db.select(
                    TENANT.ID,
                    TENANT.ACCOUNT,
                    TENANT.NAME,
                    TENANT.STATUS,
                    APP_USER.ID,
                    APP_USER.LOGIN,
                    APP_USER.DISPLAY_NAME,
                    APP_USER.EMAIL,
                    APP_USER.STATUS,
                    MEMBERSHIP.ROLES,
                    MEMBERSHIP.GROUPS)
                .from(MEMBERSHIP)
                .join(TENANT)
                .on(TENANT.ID.eq(MEMBERSHIP.TENANT_ID))
                .join(APP_USER)
                .on(APP_USER.ID.eq(MEMBERSHIP.USER_ID))
                .where(which)
                .orderBy(TENANT.ACCOUNT, APP_USER.LOGIN)
                .fetch(
                    row ->
                        new Membership(
                            new TenantId(row.value1()),
                            row.value2(),
                            row.value3(),
                            row.value4() == 0,
                            row.value5(),
                            row.value6(),
                            row.value7(),
                            row.value8(),
                            row.value9() == 0,
                            new TreeSet<>(List.of(row.value10())),
                            new TreeSet<>(List.of(row.value11())))));
  }

  static String[] array(Set<String> roles) {
    return new TreeSet<>(roles).toArray(String[]::new);
  }

  private static short status(boolean active) {
    return (short) (active ? 0 : 1);
  }

  private static User read(AppUserRecord row) {
    return new User(
        row.getId(),
        row.getLogin(),
        row.getDisplayName(),
        row.getEmail(),
        row.getPasswordHash(),
        row.getPlatformOperator(),
        row.getStatus() == 0,
        Times.instant(row.getCreatedAt()),
        row.getPasswordVersion(),
        Times.instantOrNull(row.getPasswordExpiresAt()));
  }
}
