package io.gradus.store.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/// The synchronous standbys of the database, where it has any.
///
/// A commit that waits for them is invisible until they have it, unless its wait was cut off: then
/// it stands here alone, and a failover would lose it. So whoever finds a commit that was not
/// acknowledged waits, before saying so, until the standbys have all that he can see.
final class Standbys {
  /// Commits something of its own, which follows in the log whatever was visible before. It costs
  /// nothing where nobody waits for standbys.
  private static final String CATCH_UP =
      """
      select case when current_setting('synchronous_standby_names') <> ''
        then pg_logical_emit_message(true, 'gradus', '') end""";

  private Standbys() {}

  /// Waits until they have all that this connection has read.
  ///
  /// @param connection in autocommit
  /// @throws SQLException also if the wait was cut off once more
  static void awaitAll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CATCH_UP);
      SQLWarning warning = statement.getWarnings();
      if (warning != null) {
        throw new SQLException("expected no warning: " + warning.getMessage(), "40003", warning);
      }
    }
  }
}
