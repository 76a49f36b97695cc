package io.gradus.store;

import static io.gradus.migrations.db.Tables.ACCESS_KEY;
import static io.gradus.migrations.db.Tables.TENANT;
import static org.jooq.impl.DSL.count;

import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;

/// Access keys of tenants, with which requests are signed. Their secrets are stored sealed.
public final class AccessKeys {
  private final TenantScope scope;
  private final PlatformScope platform;
  private final Map<Used, Instant> used = new ConcurrentHashMap<>();

  /// @param sealedSecret under a key that is not in the database
  /// @param userId whose it is, null for a program's
  /// @param roles of viewer, operator, author, approver, admin
  /// @param createdBy who made it, as the audit log names them
  public record NewAccessKey(
      String id,
      byte[] sealedSecret,
      @Nullable UUID userId,
      String description,
      Set<String> roles,
      String createdBy,
      Instant createdAt) {}

  /// A key with what is to be known of its tenant.
  ///
  /// @param createdBy who made it, empty where that was not written down yet
  /// @param expiresAt from when on it must be refused; null for never
  /// @param lastUsedAt to the minute or so; null if it never was
  public record AccessKey(
      TenantId tenant,
      String account,
      boolean tenantActive,
      boolean awsStrict,
      String id,
      byte[] sealedSecret,
      @Nullable UUID userId,
      String description,
      Set<String> roles,
      boolean active,
      String createdBy,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {
    @Override
    public String toString() {
      return "AccessKey[tenant=" + tenant + ", id=" + id + ", active=" + active + "]";
    }
  }

  private record Used(TenantId tenant, String id) implements Comparable<Used> {
    @Override
    public int compareTo(Used other) {
      int tenants = tenant.compareTo(other.tenant);
      return tenants != 0 ? tenants : id.compareTo(other.id);
    }
  }

  /// @param platform for the one lookup that comes before a tenant is known
  public AccessKeys(TenantScope scope, PlatformScope platform) {
    this.scope = scope;
    this.platform = platform;
  }

  /// By id alone, of whatever tenant, active or not.
  ///
  /// @param id unchecked
  public Optional<AccessKey> find(String id) {
    if (id.indexOf('\0') >= 0) {
      return Optional.empty(); // PostgreSQL has no text with it
    }
    return platform.with(db -> select(db, ACCESS_KEY.ID.eq(id)).fetchOptional(AccessKeys::read));
  }

  /// Stores a new key, unless its id is taken.
  ///
  /// @return false if it is
  public boolean create(TenantId tenant, NewAccessKey fresh) {
    return scope.with(
        tenant,
        db ->
            db.insertInto(ACCESS_KEY)
                    .set(ACCESS_KEY.TENANT_ID, tenant.value())
                    .set(ACCESS_KEY.ID, fresh.id())
                    .set(ACCESS_KEY.SEALED_SECRET, fresh.sealedSecret())
                    .set(ACCESS_KEY.USER_ID, fresh.userId())
                    .set(ACCESS_KEY.DESCRIPTION, fresh.description())
                    .set(ACCESS_KEY.ROLES, Users.array(fresh.roles()))
                    .set(ACCESS_KEY.CREATED_BY, fresh.createdBy())
                    .set(ACCESS_KEY.CREATED_AT, Times.column(fresh.createdAt()))
                    .onConflictDoNothing()
                    .execute()
                == 1);
  }

  /// A tenant's keys, oldest first.
  public List<AccessKey> list(TenantId tenant) {
    return scope.with(
        tenant,
        db ->
            select(db, ACCESS_KEY.TENANT_ID.eq(tenant.value()))
                .orderBy(ACCESS_KEY.CREATED_AT, ACCESS_KEY.ID)
                .fetch(AccessKeys::read));
  }

  /// How many keys that are not revoked each tenant has.
  public Map<TenantId, Integer> countByTenant() {
    return platform.with(
        db ->
            db.select(ACCESS_KEY.TENANT_ID, count())
                .from(ACCESS_KEY)
                .where(ACCESS_KEY.STATUS.eq((short) 0))
                .groupBy(ACCESS_KEY.TENANT_ID)
                .fetchMap(row -> new TenantId(row.value1()), Record2::value2));
  }

  /// Gives a key a new secret; false where it is gone.
  public boolean rotate(TenantId tenant, String id, byte[] sealedSecret) {
    return scope.with(
        tenant,
        db ->
            db.update(ACCESS_KEY)
                    .set(ACCESS_KEY.SEALED_SECRET, sealedSecret)
                    .where(is(tenant, id))
                    .execute()
                == 1);
  }

  /// Says from when on a key must be refused; false where it is gone.
  public boolean setExpiry(TenantId tenant, String id, Instant at) {
    return scope.with(
        tenant,
        db ->
            db.update(ACCESS_KEY)
                    .set(ACCESS_KEY.EXPIRES_AT, Times.column(at))
                    .where(is(tenant, id))
                    .execute()
                == 1);
  }

  /// Lets a key be used or not; false where it is gone.
  public boolean setActive(TenantId tenant, String id, boolean active) {
    return scope.with(
        tenant,
        db ->
            db.update(ACCESS_KEY)
                    .set(ACCESS_KEY.STATUS, (short) (active ? 0 : 1))
                    .where(is(tenant, id))
                    .execute()
                == 1);
  }

  /// Deletes a key; false where it was gone.
  public boolean delete(TenantId tenant, String id) {
    return scope.with(tenant, db -> db.deleteFrom(ACCESS_KEY).where(is(tenant, id)).execute() == 1);
  }

  /// Remembers that a key was used. Costs nothing: [#flushUsed] writes it.
  public void touch(TenantId tenant, String id, Instant at) {
    used.merge(new Used(tenant, id), at, (a, b) -> a.isAfter(b) ? a : b);
  }

  /// Writes when keys were last used; to be called about once a minute and at the end.
  public void flushUsed() {
    if (used.isEmpty()) {
      return;
    }
    // In one order on all nodes, so that two of them do not wait for each other.
    Map<Used, Instant> taken = new TreeMap<>(used);
    platform.with(
        db -> {
          taken.forEach(
              (key, at) ->
                  db.update(ACCESS_KEY)
                      .set(ACCESS_KEY.LAST_USED_AT, Times.column(at))
                      .where(is(key.tenant(), key.id()))
                      .and(
                          ACCESS_KEY
                              .LAST_USED_AT
                              .isNull()
                              .or(ACCESS_KEY.LAST_USED_AT.lt(Times.column(at))))
                      .execute());
          return true;
        });
    taken.forEach(used::remove);
  }

  private static Condition is(TenantId tenant, String id) {
    return ACCESS_KEY.TENANT_ID.eq(tenant.value()).and(ACCESS_KEY.ID.eq(id));
  }

  private static SelectConditionStep<Record> select(DSLContext db, Condition which) {
    return db.select()
        .from(ACCESS_KEY)
        .join(TENANT)
        .on(TENANT.ID.eq(ACCESS_KEY.TENANT_ID))
        .where(which);
  }

  private static AccessKey read(Record row) {
    return new AccessKey(
        new TenantId(row.get(ACCESS_KEY.TENANT_ID)),
        row.get(TENANT.ACCOUNT),
        row.get(TENANT.STATUS) == 0,
        row.get(TENANT.AWS_STRICT),
        row.get(ACCESS_KEY.ID),
        row.get(ACCESS_KEY.SEALED_SECRET),
        row.get(ACCESS_KEY.USER_ID),
        row.get(ACCESS_KEY.DESCRIPTION),
        new TreeSet<>(List.of(row.get(ACCESS_KEY.ROLES))),
        row.get(ACCESS_KEY.STATUS) == 0,
        row.get(ACCESS_KEY.CREATED_BY),
        Times.instant(row.get(ACCESS_KEY.CREATED_AT)),
        Times.instantOrNull(row.get(ACCESS_KEY.EXPIRES_AT)),
        Times.instantOrNull(row.get(ACCESS_KEY.LAST_USED_AT)));
  }
}
