package io.gradus.bench;

import io.gradus.postgres.PostgresCluster;
import io.gradus.postgres.RunningPostgres;
import io.gradus.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A PostgreSQL of its own for one workload, with fsync on as in the default run, and gone
/// afterwards.
final class TemporaryDatabase implements AutoCloseable {
  private final Path directory;
  private final RunningPostgres postgres;
  private final Database database;

  private TemporaryDatabase(Path directory, RunningPostgres postgres) {
    this.directory = directory;
    this.postgres = postgres;
    this.database =
        Database.open(
            new Database.Owner(postgres.jdbcUrl(), postgres.superuser(), postgres.password()),
            Database.Sizes.DEFAULT);
  }

  static TemporaryDatabase open() throws IOException {
    Path directory = Files.createTempDirectory("gradus-bench");
    return new TemporaryDatabase(directory, PostgresCluster.open(directory));
  }

  Database database() {
    return database;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(), postgres.superuser(), postgres.password());
  }

  /// Which PostgreSQL ran, as it says itself.
  String version() throws SQLException {
    return text("show server_version");
  }

  /// Transactions committed so far in this database.
  long commits() throws SQLException {
    return Long.parseLong(
        text("select xact_commit from pg_stat_database where datname = current_database()"));
  }

  /// CPU seconds of all its processes so far.
  double cpuSeconds() {
    double sum = 0;
    for (ProcessHandle process : servers()) {
      sum += ProcessCost.cpuSeconds(process);
    }
    return sum;
  }

  private List<ProcessHandle> servers() {
    return ProcessHandle.allProcesses()
        .filter(
            p ->
                p.info().arguments().map(List::of).orElse(List.of()).stream()
                    .anyMatch(a -> a.startsWith(directory.toString())))
        .filter(p -> p.info().command().map(c -> c.endsWith("/postgres")).orElse(false))
        .toList();
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public void close() throws IOException {
    database.close();
    postgres.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
