package io.gradus.bench;

import io.gradus.postgres.PostgresBinaries;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL of its own for one workload, with fsync on as in the default run, and gone
/// afterwards. It counts its statements where it can.
final class TemporaryDatabase implements AutoCloseable {
  private final Path directory;
  private final RunningPostgres postgres;
  private final List<Database> databases = new ArrayList<>();
  private final boolean counting;

  private TemporaryDatabase(Path directory, RunningPostgres postgres, boolean counting) {
    this.directory = directory;
    this.postgres = postgres;
    this.counting = counting;
  }

  /// Starts it, with the schema in it, and says which it is.
  static TemporaryDatabase open(Options options) throws IOException, SQLException {
    Path directory = Files.createTempDirectory("gradus-bench");
    RunningPostgres first = PostgresCluster.open(directory, options.binaries());
    boolean counting = preload(first);
    RunningPostgres postgres = first;
    if (counting) {
      first.close();
      postgres = PostgresCluster.open(directory, options.binaries());
    }
    var database = new TemporaryDatabase(directory, postgres, counting);
    if (counting) {
      database.execute("create extension pg_stat_statements");
    }
    database.newDatabase();
    String sql = options.sql();
    if (sql != null) {
      database.execute(sql);
    }
    Bench.say("    PostgreSQL %s (%s)", database.text("show server_version"), database.source());
    return database;
  }

  /// Has the next start count statements, where the extension is there.
  private static boolean preload(RunningPostgres postgres) throws SQLException {
    try (Connection connection = connect(postgres);
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select from pg_available_extensions where name = 'pg_stat_statements'")) {
      if (!rows.next()) {
        return false;
      }
      statement.execute("alter system set shared_preload_libraries = 'pg_stat_statements'");
      return true;
    }
  }

  /// Pools of a node's own.
  Database newDatabase() {
    Database database =
        Database.open(
            new Database.Owner(postgres.jdbcUrl(), postgres.superuser(), postgres.password()),
            Database.Sizes.DEFAULT);
    databases.add(database);
    return database;
  }

  /// Closes pools that nobody uses any more.
  void release(Database database) {
    if (databases.remove(database)) {
      database.close();
    }
  }

  /// The pools that are there from the start.
  Database database() {
    return databases.getFirst();
  }

  /// What a [Server] needs to be told to use it.
  Map<String, String> settings() {
    return Map.of(
        "GRADUS_DATABASE_URL", postgres.jdbcUrl(),
        "GRADUS_DATABASE_USERNAME", postgres.superuser(),
        "GRADUS_DATABASE_PASSWORD", postgres.password());
  }

  Connection connect() throws SQLException {
    return connect(postgres);
  }

  private static Connection connect(RunningPostgres postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(), postgres.superuser(), postgres.password());
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The only value of a query's only row.
  String text(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /// Does at once what PostgreSQL still has to do about the load so far, so that what comes next is
  /// measured by itself.
  void settle() throws SQLException, InterruptedException {
    execute("vacuum analyze");
    execute("checkpoint");
    TimeUnit.SECONDS.sleep(2);
  }

  double number(String sql) throws SQLException {
    return Double.parseDouble(text(sql));
  }

  private String source() {
    return postgres.binaries().source().name().toLowerCase(Locale.ROOT);
  }

  /// Adds which PostgreSQL the figures are of, as numbers: 15.18, and 1 for the one that Gradus
  /// carries.
  void describe(Map<String, Double> figures) throws SQLException {
    double version = number("show server_version_num");
    figures.put("postgresVersion", Math.floor(version / 10_000) + version % 10_000 / 100);
    boolean embedded = postgres.binaries().source() == PostgresBinaries.Source.EMBEDDED;
    figures.put("postgresEmbedded", embedded ? 1.0 : 0.0);
  }

  /// What the server counts.
  ///
  /// @param statements run; -1 where nobody counts them
  /// @param groups of transitions committed: such as moved something, or such as started something,
  ///   whichever were more; -1 as well
  /// @param commits of whatever kind; a second late
  /// @param syncs of the write-ahead log; a second late
  /// @param rows written to the engine's tables; a second late
  record Counters(long statements, long groups, long commits, long syncs, long rows) {}

  Counters counters() throws SQLException {
    boolean old = number("show server_version_num") < 180_000;
    String syncs =
        old
            ? "(select wal_sync from pg_stat_wal)"
            : "(select sum(fsyncs) from pg_stat_io where object = 'wal')";
    // A check of the plan is the same statement to it, and whoever came first gave it its text.
    String counted =
        counting
            ? """
              (select sum(calls) from pg_stat_statements),
              (select greatest(
                  coalesce(sum(calls) filter (where query ~ '^\\s*(prepare \\w+ as\\s+)?with u as \\(\\s*update execution'), 0),
                  coalesce(sum(calls) filter (where query ~ '^\\s*(prepare \\w+ as\\s+)?insert into execution \\('), 0))
                from pg_stat_statements)"""
            : "-1, -1";
    try (Connection connection = connect();
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select "
                    + counted
                    + ", (select xact_commit from pg_stat_database where datname ="
                    + " current_database()), "
                    + syncs
                    + ", (select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables"
                    + " where relname ~ '^(execution|history.*|frame|task|timer|inbox)$')")) {
      rows.next();
      return new Counters(
          rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5));
    }
  }

  /// Tells the statements that took the most time.
  void sayDearest() throws SQLException {
    if (!counting) {
      return;
    }
    try (Connection connection = connect();
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select calls, rows, total_exec_time, wal_bytes, left(regexp_replace(query, '\\s+', ' ', 'g'), 90)
                from pg_stat_statements order by total_exec_time desc limit 12""")) {
      while (rows.next()) {
        Bench.say(
            "    %,9d calls %,11d rows %,10.0f ms %,14d WAL bytes  %s",
            rows.getLong(1),
            rows.getLong(2),
            rows.getDouble(3),
            rows.getLong(4),
            rows.getString(5));
      }
    }
  }

  /// Forgets the statements so far.
  void forgetStatements() throws SQLException {
    if (counting) {
      execute("select pg_stat_statements_reset()");
    }
  }

  /// CPU seconds of all its processes so far.
  double cpuSeconds() {
    double sum = 0;
    for (ProcessHandle process : servers()) {
      sum += ProcessCost.cpuSeconds(process);
    }
    return sum;
  }

  /// Memory of all its processes, what they share counted once, in MB.
  double memoryMb() {
    double sum = 0;
    for (ProcessHandle postmaster : servers()) {
      sum += ProcessCost.proportionalMb(postmaster.pid());
      for (ProcessHandle backend : postmaster.descendants().toList()) {
        sum += ProcessCost.proportionalMb(backend.pid());
      }
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

  @Override
  public void close() throws IOException {
    databases.forEach(Database::close);
    postgres.close();
    ColdStart.delete(directory);
  }
}
