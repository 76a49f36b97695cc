package io.gradus.integrations.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressSockets;
import io.gradus.integrations.sql.SqlDrivers.Added;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.AutoSave;

/// A few open connections for each database, and none for one that is not used.
final class SqlPools implements AutoCloseable {
  /// To one database, from this node.
  private static final int MAX_CONNECTIONS = 10;

  private static final int MAX_POOLS = 200;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// Of one answer, in bytes.
  private static final String MAX_ANSWER = "16M";

  private final Duration connect;
  private final SqlDrivers drivers;
  private final EgressSockets sockets;
  private final String socketsName;
  private final ScheduledThreadPoolExecutor housekeeping;
  private final Map<String, HikariDataSource> pools = new LinkedHashMap<>(16, 0.75f, true);

  SqlPools(SqlDrivers drivers, EgressSockets sockets) {
    this(drivers, sockets, CONNECT);
  }

  /// @param connect how long a connection may take to come
  SqlPools(SqlDrivers drivers, EgressSockets sockets, Duration connect) {
    this.connect = connect;
    this.drivers = drivers;
    this.sockets = sockets;
    this.socketsName = CheckedPostgresSockets.name(sockets);
    this.housekeeping =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("sql-pools").factory());
    housekeeping.setRemoveOnCancelPolicy(true);
  }

  /// A connection that is the caller's until it closes it.
  ///
  /// @throws UnknownDriver if there is no such driver
  Connection connect(SqlDatabase database) throws SQLException, EgressFailure, UnknownDriver {
    require(database);
    return pool(database).getConnection();
  }

  /// A connection of no pool: whatever is wrong is told at once.
  ///
  /// @throws UnknownDriver if there is no such driver
  Connection connectOnce(SqlDatabase database) throws SQLException, EgressFailure, UnknownDriver {
    require(database);
    return source(database).getConnection();
  }

  private void require(SqlDatabase database) throws EgressFailure, UnknownDriver {
    if (drivers.find(database.driver()).isPresent()) {
      // Its driver opens its own sockets.
      sockets.requireAll(database.host(), database.port());
    } else if (database.driver().equals(SqlDrivers.POSTGRESQL)) {
      sockets.lookUp(database.host(), database.port());
    } else {
      throw new UnknownDriver(database.driver());
    }
  }

  private DataSource source(SqlDatabase database) {
    Optional<Added> added = drivers.find(database.driver());
    if (added.isPresent()) {
      return new Plain(added.get().driver(), added.get().url(database), login(database));
    }
    String host = database.host();
    return new Plain(
        new org.postgresql.Driver(),
        "jdbc:postgresql://"
            + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
            + ":"
            + database.port()
            + "/"
            + database.database(),
        postgresql(database));
  }

  private HikariDataSource pool(SqlDatabase database) {
    HikariDataSource eldest = null;
    HikariDataSource pool;
    synchronized (pools) {
      pool = pools.get(database.id());
      if (pool == null) {
        pool = open(database);
        pools.put(database.id(), pool);
        if (pools.size() > MAX_POOLS) {
          eldest = pools.remove(pools.keySet().iterator().next());
        }
      }
    }
    if (eldest != null) {
      eldest.close();
    }
    return pool;
  }

  private HikariDataSource open(SqlDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("sql " + database.id());
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE.toMillis());
    config.setMaxLifetime(LIFE.toMillis());
    config.setConnectionTimeout(connect.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setScheduledExecutor(housekeeping);
    config.setDataSource(source(database));
    return new HikariDataSource(config);
  }

  private static Properties login(SqlDatabase database) {
    Properties properties = new Properties();
    properties.setProperty("user", database.username());
    String password = database.password();
    if (password != null) {
      properties.setProperty("password", password);
    }
    return properties;
  }

  private Properties postgresql(SqlDatabase database) {
    Properties properties = login(database);
    PGProperty.SOCKET_FACTORY.set(properties, CheckedPostgresSockets.class.getName());
    PGProperty.SOCKET_FACTORY_ARG.set(properties, socketsName);
    PGProperty.APPLICATION_NAME.set(properties, "gradus-task");
    PGProperty.CONNECT_TIMEOUT.set(properties, (int) connect.toSeconds());
    PGProperty.LOGIN_TIMEOUT.set(properties, (int) connect.toSeconds());
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    // A text may be a date or a number: the column says which.
    PGProperty.STRING_TYPE.set(properties, "unspecified");
    PGProperty.MAX_RESULT_BUFFER.set(properties, MAX_ANSWER);
    PGProperty.AUTOSAVE.set(properties, AutoSave.NEVER.value());
    switch (database.security()) {
      case NONE -> PGProperty.SSL_MODE.set(properties, "disable");
      case ENCRYPT -> PGProperty.SSL_MODE.set(properties, "require");
      case VERIFY -> {
        PGProperty.SSL_MODE.set(properties, "verify-full");
        if (database.authorities() == null) {
          PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
        } else {
          PGProperty.SSL_FACTORY.set(properties, TrustedPostgresTls.class.getName());
          PGProperty.SSL_FACTORY_ARG.set(properties, database.authorities());
        }
      }
    }
    return properties;
  }

  @Override
  public void close() {
    synchronized (pools) {
      pools.values().forEach(HikariDataSource::close);
      pools.clear();
    }
    housekeeping.shutdownNow();
    CheckedPostgresSockets.forget(socketsName);
  }

  /// There is no driver of that name.
  static final class UnknownDriver extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownDriver(String name) {
      super("There is no database driver '" + name + "' here");
    }
  }

  /// Connections of one driver, which is asked directly: the JVM's list of drivers knows only those
  /// of its own class path.
  private record Plain(Driver driver, String url, Properties properties) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = driver.connect(url, properties);
      if (connection == null) {
        throw new SQLException("The driver does not take its URL");
      }
      return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      throw new SQLInvalidAuthorizationSpecException("A connection has its own user");
    }

    @Override
    public java.io.PrintWriter getLogWriter() throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(java.io.PrintWriter out) {
      // Nothing is written.
    }

    @Override
    public void setLoginTimeout(int seconds) {
      // Each driver has its own setting.
    }

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }

    @Override
    public String toString() {
      return "Plain[" + driver.getClass().getName() + "]";
    }
  }
}
