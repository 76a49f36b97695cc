package io.gradus.bench.chaos;

import io.gradus.postgres.PostgresCluster;
import io.gradus.postgres.RunningPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL that follows another's log, from a base backup on.
final class Standby implements AutoCloseable {
  private final DatabaseProxy link;
  private final RunningPostgres postgres;
  private final String user;
  private final String password;
  private boolean kept;

  /// Waits until it streams.
  Standby(ChaosDatabase primary, Path directory, boolean synchronous)
      throws IOException, InterruptedException, SQLException {
    link = new DatabaseProxy(primary.port());
    user = primary.user();
    password = primary.password();
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    Files.writeString(directory.resolve("postgres.password"), password + "\n");
    backup(primary, directory.resolve("postgres"));
    postgres = PostgresCluster.open(directory);
    try (Connection connection = primary.connect();
        Statement statement = connection.createStatement()) {
      if (synchronous) {
        statement.execute("alter system set synchronous_standby_names = '*'");
        statement.execute("select pg_reload_conf()");
      }
      await(statement, synchronous ? "sync" : "async");
    }
  }

  RunningPostgres postgres() {
    return postgres;
  }

  private void backup(ChaosDatabase primary, Path cluster)
      throws IOException, InterruptedException {
    ProcessBuilder backup =
        new ProcessBuilder(
                primary.program("pg_basebackup"),
                "--host=127.0.0.1",
                "--port=" + link.port(),
                "--username=" + user,
                "--pgdata=" + cluster,
                "--write-recovery-conf",
                "--wal-method=stream",
                "--checkpoint=fast")
            .inheritIO();
    backup.environment().put("PGPASSWORD", password);
    succeed(backup);
    // The server's own user must have it.
    String owner = Files.getOwner(primary.cluster()).getName();
    succeed(new ProcessBuilder("chown", "-R", owner, cluster.toString()));
  }

  private static void succeed(ProcessBuilder command) throws IOException, InterruptedException {
    if (command.start().waitFor() != 0) {
      throw new IOException("expected to succeed: " + command.command());
    }
  }

  private static void await(Statement statement, String state)
      throws SQLException, InterruptedException, IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < until) {
      try (ResultSet rows =
          statement.executeQuery(
              "select 1 from pg_stat_replication where state = 'streaming' and sync_state = '"
                  + state
                  + "'")) {
        if (rows.next()) {
          return;
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IOException("expected the standby to stream as " + state);
  }

  /// Lets nothing of the log through any more; what is on its way then never arrives.
  void lag() {
    link.silent(true);
  }

  /// Makes it the primary.
  void promote() throws SQLException {
    link.closed(true);
    try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), user, password);
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_promote(true, 60)");
      // It has no standby of its own to wait for.
      statement.execute("alter system set synchronous_standby_names = ''");
      statement.execute("select pg_reload_conf()");
    }
  }

  /// It serves now, and is not this one's to stop any more.
  void keep() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    link.close();
    if (!kept) {
      postgres.close();
    }
  }
}
