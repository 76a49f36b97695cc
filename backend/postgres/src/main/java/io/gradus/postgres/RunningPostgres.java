package io.gradus.postgres;

import java.io.IOException;
import java.nio.file.Path;

/// A server that runs until it is closed. It belongs to this process: no other Gradus can open its
/// data directory.
public final class RunningPostgres implements AutoCloseable {
  private final PostgresServer server;
  private final DataDirectoryLock lock;
  private boolean closed;

  RunningPostgres(PostgresServer server, DataDirectoryLock lock) {
    this.server = server;
    this.lock = lock;
  }

  /// The JDBC address of Gradus' own database, without credentials.
  public String jdbcUrl() {
    return server.jdbcUrl(PostgresCluster.DATABASE);
  }

  /// The name of the cluster's superuser, who owns the database.
  public String superuser() {
    return PostgresCluster.SUPERUSER;
  }

  /// The superuser's password.
  public String password() {
    return server.password();
  }

  /// The port on the loopback address.
  public int port() {
    return server.port();
  }

  /// The programs that run: which version, and whether they were installed on the machine or came
  /// with Gradus.
  public PostgresBinaries binaries() {
    return server.binaries();
  }

  /// Stops the server and gives the data directory back. Closing twice does nothing more.
  ///
  /// @throws PostgresUnavailableException when the server does not stop
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      server.stop();
    } catch (IOException e) {
      throw new PostgresUnavailableException("PostgreSQL could not be stopped: " + e, e);
    }
  }

  /// The directory of the cluster's files, for messages.
  public Path directory() {
    return server.cluster();
  }
}
