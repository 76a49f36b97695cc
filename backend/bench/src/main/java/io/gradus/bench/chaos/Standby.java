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
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL that follows another's log, from a base backup on.
final class Standby implements AutoCloseable {
  private final RunningPostgres postgres;
  private final String user;
  private final String password;
  private boolean kept;

  /// Waits until it streams.
  Standby(ChaosDatabase primary, Path directory, boolean synchronous)
      throws IOException, InterruptedException, SQLException {
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
                "--port=" + primary.port(),
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

  /// Stops what receives the log, or lets it go on.
  void freezeReceiver(boolean frozen) throws IOException, InterruptedException {
    List<String> lines = Files.readAllLines(postgres.directory().resolve("postmaster.pid"));
    ProcessHandle postmaster =
        ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).orElseThrow();
    for (ProcessHandle process : postmaster.children().toList()) {
      if (title(process).contains("walreceiver")) {
        succeed(
            new ProcessBuilder("kill", frozen ? "-STOP" : "-CONT", Long.toString(process.pid())));
      }
    }
  }

  /// As PostgreSQL names its processes.
  private static String title(ProcessHandle process) throws IOException {
    Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    return Files.exists(line) ? Files.readString(line) : "";
  }

  /// Makes it the primary.
  void promote() throws IOException, InterruptedException, SQLException {
    freezeReceiver(false);
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
  public void close() {
    if (!kept) {
      postgres.close();
    }
  }
}
