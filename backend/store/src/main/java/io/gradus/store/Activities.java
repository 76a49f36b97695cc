package io.gradus.store;

import static io.gradus.migrations.db.Tables.ACTIVITY;

import io.gradus.engine.TenantId;
import io.gradus.migrations.db.tables.records.ActivityRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Activities: names under which workers fetch tasks.
public final class Activities {
  private final TenantScope scope;

  /// @param encryption the caller's own encoding, null for none
  public record Activity(UUID id, String name, byte @Nullable [] encryption, Instant createdAt) {}

  /// Works in this scope.
  public Activities(TenantScope scope) {
    this.scope = scope;
  }

  /// Stores a new one, unless the name is taken.
  ///
  /// @return false if it is
  public boolean create(TenantId tenant, Activity fresh) {
    return scope.with(
        tenant,
        db ->
            db.insertInto(ACTIVITY)
                    .set(ACTIVITY.TENANT_ID, tenant.value())
                    .set(ACTIVITY.ID, fresh.id())
                    .set(ACTIVITY.NAME, fresh.name())
                    .set(ACTIVITY.ENCRYPTION, fresh.encryption())
                    .set(ACTIVITY.CREATED_AT, Times.column(fresh.createdAt()))
                    .onConflictDoNothing()
                    .execute()
                == 1);
  }

  /// The activity of that name.
  public Optional<Activity> find(TenantId tenant, String name) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(ACTIVITY)
                .where(ACTIVITY.TENANT_ID.eq(tenant.value()).and(ACTIVITY.NAME.eq(name)))
                .fetchOptional(Activities::read));
  }

  /// Deletes it; false where it was gone.
  public boolean delete(TenantId tenant, String name) {
    return scope.with(
        tenant,
        db ->
            db.deleteFrom(ACTIVITY)
                    .where(ACTIVITY.TENANT_ID.eq(tenant.value()).and(ACTIVITY.NAME.eq(name)))
                    .execute()
                == 1);
  }

  /// All, oldest first.
  public Listing<Activity> list(TenantId tenant, @Nullable Position after, int limit) {
    return scope.with(
        tenant,
        db -> {
          Condition there = ACTIVITY.TENANT_ID.eq(tenant.value());
          if (after != null) {
            there =
                there.and(
                    DSL.row(ACTIVITY.CREATED_AT, ACTIVITY.ID)
                        .gt(Times.column(after.at()), after.id()));
          }
          List<Activity> rows =
              db.selectFrom(ACTIVITY)
                  .where(there)
                  .orderBy(ACTIVITY.CREATED_AT, ACTIVITY.ID)
                  .limit(limit + 1)
                  .fetch(Activities::read);
          return Listing.of(rows, limit, a -> new Position(a.createdAt(), a.id()));
        });
  }

  private static Activity read(ActivityRecord row) {
    return new Activity(
        row.getId(), row.getName(), row.getEncryption(), Times.instant(row.getCreatedAt()));
  }
}
