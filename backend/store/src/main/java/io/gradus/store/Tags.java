package io.gradus.store;

import static io.gradus.migrations.db.Tables.TAG;

import io.gradus.engine.TenantId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.DSLContext;

/// Tags of resources. Whether the resource is there is for the caller to know.
public final class Tags {
  private final TenantScope scope;

  /// Works in this scope.
  public Tags(TenantScope scope) {
    this.scope = scope;
  }

  /// By key.
  public Map<String, String> find(TenantId tenant, String resourceArn) {
    return scope.with(
        tenant,
        db -> {
          Map<String, String> tags = new LinkedHashMap<>();
          db.selectFrom(TAG)
              .where(TAG.TENANT_ID.eq(tenant.value()).and(TAG.RESOURCE_ARN.eq(resourceArn)))
              .orderBy(TAG.KEY)
              .forEach(row -> tags.put(row.getKey(), row.getValue()));
          return tags;
        });
  }

  /// Adds tags, in place of those of the same keys.
  public void put(TenantId tenant, String resourceArn, Map<String, String> tags) {
    scope.with(tenant, db -> insert(db, tenant, resourceArn, tags));
  }

  /// Puts these in place of all before.
  public void replace(TenantId tenant, String resourceArn, Map<String, String> tags) {
    scope.with(
        tenant,
        db -> {
          db.deleteFrom(TAG)
              .where(TAG.TENANT_ID.eq(tenant.value()).and(TAG.RESOURCE_ARN.eq(resourceArn)))
              .execute();
          return insert(db, tenant, resourceArn, tags);
        });
  }

  /// Takes tags off.
  ///
  /// @return how many there were
  public int remove(TenantId tenant, String resourceArn, Collection<String> keys) {
    return scope.with(
        tenant,
        db ->
            db.deleteFrom(TAG)
                .where(TAG.TENANT_ID.eq(tenant.value()).and(TAG.RESOURCE_ARN.eq(resourceArn)))
                .and(TAG.KEY.in(keys))
                .execute());
  }

  private static int insert(
      DSLContext db, TenantId tenant, String resourceArn, Map<String, String> tags) {
    tags.forEach(
        (key, value) ->
            db.insertInto(TAG)
                .set(TAG.TENANT_ID, tenant.value())
                .set(TAG.RESOURCE_ARN, resourceArn)
                .set(TAG.KEY, key)
                .set(TAG.VALUE, value)
                .onConflict(TAG.TENANT_ID, TAG.RESOURCE_ARN, TAG.KEY)
                .doUpdate()
                .set(TAG.VALUE, value)
                .execute());
    return tags.size();
  }
}
