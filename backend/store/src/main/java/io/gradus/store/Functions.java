package io.gradus.store;

import static io.gradus.migrations.db.Tables.HTTP_FUNCTION;

import io.gradus.engine.TenantId;
import io.gradus.migrations.db.tables.records.HttpFunctionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The functions that a tenant registered as HTTP endpoints.
public final class Functions {
  private final TenantScope scope;

  /// @param name without account, region and qualifier
  /// @param timeoutSeconds 1 to 900
  public record Function(
      String name, String url, int timeoutSeconds, Instant createdAt, Instant updatedAt) {}

  /// Works in this scope.
  public Functions(TenantScope scope) {
    this.scope = scope;
  }

  /// Stores a function, in place of one of the same name, which keeps its date of creation.
  public void put(TenantId tenant, String name, String url, int timeoutSeconds, Instant at) {
    scope.with(
        tenant,
        db ->
            db.insertInto(HTTP_FUNCTION)
                .set(HTTP_FUNCTION.TENANT_ID, tenant.value())
                .set(HTTP_FUNCTION.NAME, name)
                .set(HTTP_FUNCTION.URL, url)
                .set(HTTP_FUNCTION.TIMEOUT_SECONDS, timeoutSeconds)
                .set(HTTP_FUNCTION.CREATED_AT, Times.column(at))
                .set(HTTP_FUNCTION.UPDATED_AT, Times.column(at))
                .onConflict(HTTP_FUNCTION.TENANT_ID, HTTP_FUNCTION.NAME)
                .doUpdate()
                .set(HTTP_FUNCTION.URL, url)
                .set(HTTP_FUNCTION.TIMEOUT_SECONDS, timeoutSeconds)
                .set(HTTP_FUNCTION.UPDATED_AT, Times.column(at))
                .execute());
  }

  /// The function of that name.
  public Optional<Function> find(TenantId tenant, String name) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(HTTP_FUNCTION)
                .where(HTTP_FUNCTION.TENANT_ID.eq(tenant.value()).and(HTTP_FUNCTION.NAME.eq(name)))
                .fetchOptional(Functions::read));
  }

  /// Deletes it; false where it was gone.
  public boolean delete(TenantId tenant, String name) {
    return scope.with(
        tenant,
        db ->
            db.deleteFrom(HTTP_FUNCTION)
                    .where(
                        HTTP_FUNCTION.TENANT_ID.eq(tenant.value()).and(HTTP_FUNCTION.NAME.eq(name)))
                    .execute()
                == 1);
  }

  /// By name.
  ///
  /// @param after the name after which to begin, `""` for the first
  public List<Function> list(TenantId tenant, String after, int limit) {
    return scope.with(
        tenant,
        db ->
            db.selectFrom(HTTP_FUNCTION)
                .where(HTTP_FUNCTION.TENANT_ID.eq(tenant.value()).and(HTTP_FUNCTION.NAME.gt(after)))
                .orderBy(HTTP_FUNCTION.NAME)
                .limit(limit)
                .fetch(Functions::read));
  }

  /// Their names, in order, at most so many.
  public List<String> names(TenantId tenant, int limit) {
    return scope.with(
        tenant,
        db ->
            db.select(HTTP_FUNCTION.NAME)
                .from(HTTP_FUNCTION)
                .where(HTTP_FUNCTION.TENANT_ID.eq(tenant.value()))
                .orderBy(HTTP_FUNCTION.NAME)
                .limit(limit)
                .fetch(HTTP_FUNCTION.NAME));
  }

  private static Function read(HttpFunctionRecord row) {
    return new Function(
        row.getName(),
        row.getUrl(),
        row.getTimeoutSeconds(),
        Times.instant(row.getCreatedAt()),
        Times.instant(row.getUpdatedAt()));
  }
}
