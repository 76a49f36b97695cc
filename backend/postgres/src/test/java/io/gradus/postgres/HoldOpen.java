package io.gradus.postgres;

import java.nio.file.Path;
import java.sql.DriverManager;

/// A process that opens a cluster, commits a row, says so, and lives until it is killed or its
/// input ends.
final class HoldOpen {
  private HoldOpen() {}

  public static void main(String[] args) throws Exception {
    RunningPostgres postgres;
    try {
      postgres = PostgresCluster.open(Path.of(args[0]));
    } catch (DataDirectoryInUseException e) {
      System.out.println("refused: " + e.getMessage());
      return;
    }
    try (postgres;
        var connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.superuser(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute("create table if not exists kept (word text)");
      statement.execute("insert into kept values ('from the child')");
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // whatever is said, only the end of it counts
      }
    }
  }
}
