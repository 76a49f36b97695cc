package io.gradus.bench.chaos;

import io.gradus.postgres.PostgresCluster;
import io.gradus.postgres.PostgresUnavailableException;
import io.gradus.postgres.RunningPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL of its own that can be killed and comes back with what it had on disk.
final class ChaosDatabase implements AutoCloseable {
  private final Path directory;
  private RunningPostgres postgres;
  private int crashes;

  ChaosDatabase(Path directory) throws SQLException {
    this.directory = directory;
    this.postgres = PostgresCluster.open(directory);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      // The checker wants the database's own word on when something was committed.
      statement.execute("alter system set track_commit_timestamp = on");
    }
    postgres.close();
    this.postgres = PostgresCluster.open(directory);
  }

  int port() {
    return postgres.port();
  }

  String user() {
    return postgres.superuser();
  }

  String password() {
    return postgres.password();
  }

  int crashes() {
    return crashes;
  }

  /// How many rows a table has.
  ///
  /// @param from the table, and a condition
  long count(String from) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(), postgres.superuser(), postgres.password());
  }

  /// Where its files are.
  Path cluster() {
    return postgres.directory();
  }

  /// The path of one of its version's programs.
  String program(String name) {
    return postgres.binaries().path(name);
  }

  /// Kills the postmaster and every backend with -9, as a crash of the whole server, and starts it
  /// again; it recovers from its log.
  void crash() throws IOException, InterruptedException {
    kill();
    postgres = PostgresCluster.open(directory);
  }

  /// Kills it for good, and has its standby serve in its place.
  void failOver(Standby standby) throws IOException, InterruptedException, SQLException {
    kill();
    standby.promote();
    postgres = standby.postgres();
  }

  /// Starts it again where it has given up by itself.
  void reopenIfDown() {
    try (Connection connection = connect()) {
      connection.isValid(5);
    } catch (SQLException _) {
      forget();
      postgres = PostgresCluster.open(directory);
    }
  }

  private void kill() throws IOException, InterruptedException {
    crashes++;
    List<String> lines = Files.readAllLines(postgres.directory().resolve("postmaster.pid"));
    ProcessHandle postmaster =
        ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.addFirst(postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : all) {
      while (process.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    forget();
  }

  private void forget() {
    try {
      postgres.close();
    } catch (PostgresUnavailableException _) {
      // There is nothing left to stop; the directory is given back all the same.
    }
  }

  @Override
  public void close() {
    postgres.close();
  }
}
