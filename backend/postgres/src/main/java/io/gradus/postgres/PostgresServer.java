package io.gradus.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server of one cluster, started and stopped through `pg_ctl`, which detaches it: a Ctrl-C in
/// the terminal reaches Gradus and not the database under it.
final class PostgresServer {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
  private static final int START_ATTEMPTS = 5;
  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 60;
  private static final long LOG_BYTES_KEPT = 16L << 20;

  private final PostgresBinaries binaries;
  private final Unprivileged unprivileged;
  private final Path cluster;
  private final Path log;
  private final String password;
  private int port;

  PostgresServer(
      PostgresBinaries binaries,
      Unprivileged unprivileged,
      Path cluster,
      Path log,
      String password) {
    this.binaries = binaries;
    this.unprivileged = unprivileged;
    this.cluster = cluster;
    this.log = log;
    this.password = password;
  }

  int port() {
    return port;
  }

  String password() {
    return password;
  }

  Path cluster() {
    return cluster;
  }

  PostgresBinaries binaries() {
    return binaries;
  }

  String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /// Stops the server that a killed Gradus left behind. The caller holds the directory's lock, so
  /// it can be nobody else's.
  void stopLeftOver() throws IOException {
    Optional<PostmasterFile> found = PostmasterFile.read(cluster);
    if (found.isEmpty()) {
      return;
    }
    PostmasterFile file = found.get();
    if (file.isThisServerAlive()) {
      LOG.info(
          "Stopping the PostgreSQL that an earlier process left behind (process {})", file.pid());
      stop();
    } else if (file.isPidTaken()) {
      // PostgreSQL would take the stranger that has this id now for its own kind and refuse to
      // start.
      Files.delete(file.file());
    }
  }

  /// Starts the server on a free port of the loopback address, and returns when it answers.
  ///
  /// @throws PostgresUnavailableException with the server's own last words when it does not start
  void start() throws IOException {
    keepLogSmall();
    Command.Outcome outcome = new Command.Outcome(1, "");
    for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      // Another program may take the port before PostgreSQL does, and the last backends of a killed
      // server may need a
      // moment to see it: both pass with another try.
      port = freePort();
      outcome = Command.run(unprivileged.command(startCommand()));
      if (outcome.succeeded()) {
        createDatabase();
        return;
      }
    }
    throw new PostgresUnavailableException(
        "PostgreSQL %s did not start in %s: %s%n%s"
            .formatted(binaries.version(), cluster, outcome.output(), lastLines()));
  }

  /// Stops the server: its clients' open transactions are rolled back, everything committed is on
  /// disk.
  ///
  /// @throws PostgresUnavailableException when it does not stop
  void stop() throws IOException {
    Command.Outcome outcome =
        Command.run(
            unprivileged.command(
                List.of(
                    binaries.path("pg_ctl"),
                    "stop",
                    "--pgdata=" + cluster,
                    "--mode=fast",
                    "--wait",
                    "--timeout=" + STOP_SECONDS)));
    if (!outcome.succeeded() && Files.exists(cluster.resolve("postmaster.pid"))) {
      throw new PostgresUnavailableException(
          "PostgreSQL in %s did not stop: %s".formatted(cluster, outcome.output()));
    }
  }

  private List<String> startCommand() {
    String options =
        settings().stream().map(setting -> "-c " + setting).collect(Collectors.joining(" "));
    return List.of(
        binaries.path("pg_ctl"),
        "start",
        "--pgdata=" + cluster,
        "--log=" + log,
        "--wait",
        "--timeout=" + START_SECONDS,
        "--options=" + options);
  }

  private List<String> settings() {
    return List.of(
        "listen_addresses=127.0.0.1",
        "port=" + port,
        "unix_socket_directories=",
        "password_encryption=scram-sha-256",
        "max_connections=100",
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "shared_buffers=256MB",
        "max_wal_size=2GB",
        "checkpoint_timeout=15min",
        "random_page_cost=1.1",
        "jit=off",
        "timezone=UTC",
        "log_timezone=UTC",
        "lc_messages=C");
  }

  private void createDatabase() throws IOException {
    try (Connection connection =
            DriverManager.getConnection(jdbcUrl("postgres"), PostgresCluster.SUPERUSER, password);
        Statement statement = connection.createStatement()) {
      boolean exists;
      try (ResultSet rows =
          statement.executeQuery(
              "select from pg_database where datname = '" + PostgresCluster.DATABASE + "'")) {
        exists = rows.next();
      }
      if (!exists) {
        statement.execute("create database " + PostgresCluster.DATABASE);
      }
    } catch (SQLException e) {
      stop();
      throw new PostgresUnavailableException(
          "PostgreSQL in %s started and then refused its owner: %s"
              .formatted(cluster, e.getMessage()),
          e);
    }
  }

  private void keepLogSmall() throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_KEPT) {
      Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(log)) {
      unprivileged.hand(Trees.createSecret(log));
    }
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
