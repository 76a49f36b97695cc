package io.gradus.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Connections of one pool, lent for one piece of work each.
public final class Sessions {
  private final DataSource pool;

  /// Work on a connection.
  @FunctionalInterface
  public interface Work<T extends @org.jspecify.annotations.Nullable Object> {
    T on(Connection connection) throws SQLException;
  }

  /// @param pool whose connections commit by themselves
  public Sessions(DataSource pool) {
    this.pool = pool;
  }

  /// Runs work in which each statement commits by itself.
  ///
  /// @throws DatabaseFailure if the database did not do it
  public <T extends @org.jspecify.annotations.Nullable Object> T call(Work<T> work) {
    try (Connection connection = connection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw DatabaseFailure.of(e);
    }
  }

  /// Runs work as one transaction, which anything thrown rolls back.
  ///
  /// @throws DatabaseFailure if the database did not do it
  public <T extends @org.jspecify.annotations.Nullable Object> T transaction(Work<T> work) {
    return call(
        connection -> {
          connection.setAutoCommit(false);
          try {
            T result = work.on(connection);
            connection.commit();
            return result;
          } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
          } finally {
            restore(connection);
          }
        });
  }

  private Connection connection() {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw DatabaseFailure.unreachable(e);
    }
  }

  private static void rollBack(Connection connection, Throwable why) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  private static void restore(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      connection.setAutoCommit(true);
    }
  }
}
