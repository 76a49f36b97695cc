package io.gradus.store.engine;

import io.gradus.store.jdbc.Sessions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/// How much waits in the database for any node to see to it.
public final class Backlogs {
  /// Nothing is counted beyond: who looks wants to know that it is much.
  public static final int MOST = 100_000;

  private static final String SIZES =
      """
      select (select count(*) from (select 1 from job limit ?) j),
        (select count(*) from (select 1 from log_due limit ?) d),
        (select count(*) from (select 1 from log_outgoing limit ?) o)""";

  private final Sessions sessions;

  /// @param jobs of AWS services that tasks wait for
  /// @param logs runs of events that are not in a log yet
  /// @param outgoing runs of events that CloudWatch Logs has not taken yet
  public record Sizes(long jobs, long logs, long outgoing) {}

  /// @param engine `Database.engine()`
  public Backlogs(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Counts, each up to [#MOST].
  public Sizes read() {
    return sessions.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(SIZES)) {
            for (int at = 1; at <= 3; at++) {
              statement.setInt(at, MOST);
            }
            try (ResultSet row = statement.executeQuery()) {
              if (!row.next()) {
                throw new SQLException("expected a row of sizes, found none");
              }
              return new Sizes(row.getLong(1), row.getLong(2), row.getLong(3));
            }
          }
        });
  }
}
