package io.gradus.bench.chaos;

import io.gradus.postgres.PostgresCluster;
import io.gradus.postgres.PostgresUnavailableException;
import io.gradus.postgres.RunningPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(), postgres.superuser(), postgres.password());
  }

  /// Kills the postmaster and every backend with -9, as a crash of the whole server, and starts it
  /// again; it recovers from its log.
  void crash() throws IOException, InterruptedException {
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
    try {
      postgres.close();
    } catch (PostgresUnavailableException _) {
      // There is nothing left to stop; the directory is given back all the same.
    }
    postgres = PostgresCluster.open(directory);
  }

  @Override
  public void close() {
    postgres.close();
  }
}
