package io.gradus.store;

import io.gradus.store.jdbc.Sessions;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Transactions before a tenant is known, or above tenants: its role sees who there is and none of
/// what they keep.
public final class PlatformScope {
  private static final ScopedValue<DSLContext> CURRENT = ScopedValue.newInstance();

  private final Sessions sessions;

  /// @param platform [Database#platform()]
  public PlatformScope(DataSource platform) {
    this.sessions = new Sessions(platform);
  }

  /// Runs the work as one transaction, which repositories called inside of it join. On this thread
  /// only.
  ///
  /// @throws io.gradus.store.jdbc.DatabaseFailure if the database did not do it
  public <T extends @Nullable Object> T call(Supplier<T> work) {
    return with(_ -> work.get());
  }

  <T extends @Nullable Object> T with(Function<DSLContext, T> work) {
    if (CURRENT.isBound()) {
      return work.apply(CURRENT.get());
    }
    return sessions.transaction(
        connection -> {
          DSLContext db = Jooq.on(connection);
          return ScopedValue.where(CURRENT, db)
              .call(() -> TenantScope.unwrapped(() -> work.apply(db)));
        });
  }
}
