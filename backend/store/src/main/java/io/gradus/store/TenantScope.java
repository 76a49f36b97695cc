package io.gradus.store;

import io.gradus.engine.TenantId;
import io.gradus.store.jdbc.DatabaseFailure;
import io.gradus.store.jdbc.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// One tenant's transactions: the database is told the tenant, and its row-level security shows and
/// takes nothing else.
///
/// Repositories called inside of [#call] join its transaction; outside of it each call is a
/// transaction of its own.
public final class TenantScope {
  private static final ScopedValue<Open> CURRENT = ScopedValue.newInstance();

  private final Sessions sessions;

  private record Open(TenantId tenant, DSLContext db) {}

  /// @param app [Database#app()]
  public TenantScope(DataSource app) {
    this.sessions = new Sessions(app);
  }

  /// Runs the work as one transaction of this tenant; anything thrown rolls it back. On this thread
  /// only.
  ///
  /// @throws DatabaseFailure if the database did not do it
  /// @throws IllegalStateException inside of another tenant's transaction
  public <T extends @Nullable Object> T call(TenantId tenant, Supplier<T> work) {
    return with(tenant, _ -> work.get());
  }

  /// As [#call], for work without a result.
  public void run(TenantId tenant, Runnable work) {
    with(
        tenant,
        _ -> {
          work.run();
          return true;
        });
  }

  <T extends @Nullable Object> T with(TenantId tenant, Function<DSLContext, T> work) {
    Open open = CURRENT.isBound() ? CURRENT.get() : null;
    if (open != null) {
      if (!open.tenant().equals(tenant)) {
        throw new IllegalStateException(
            "expected to stay in tenant " + open.tenant() + ", found " + tenant);
      }
      return work.apply(open.db());
    }
    return sessions.transaction(
        connection -> {
          enter(connection, tenant);
          DSLContext db = Jooq.on(connection);
          return ScopedValue.where(CURRENT, new Open(tenant, db))
              .call(() -> unwrapped(() -> work.apply(db)));
        });
  }

  private static void enter(Connection connection, TenantId tenant) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
      statement.setString(1, tenant.value().toString());
      statement.execute();
    }
  }

  /// Keeps jOOQ's own exceptions inside of this module.
  static <T extends @Nullable Object> T unwrapped(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessException e) {
      SQLException cause = e.getCause(SQLException.class);
      if (cause != null) {
        throw DatabaseFailure.of(cause);
      }
      throw e;
    }
  }
}
