package io.gradus.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gradus.migrations.SchemaMigration;
import io.gradus.store.jdbc.DatabaseFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database under one node: migrated as its owner, used as the roles that row-level security
/// binds. Its pools heal by themselves when PostgreSQL comes back.
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int MONTHS_AHEAD = 2;
  private static final int CONNECT_SECONDS = 10;

  /// A half-open connection must not hold a committer for longer.
  private static final int ENGINE_SOCKET_SECONDS = 30;

  private static final int SOCKET_SECONDS = 120;

  /// Plans are made once, by key alone, even while the tables are empty.
  private static final String ENGINE_OPTIONS =
      "-c role=gradus_engine -c plan_cache_mode=force_generic_plan -c enable_hashjoin=off"
          + " -c enable_mergejoin=off -c enable_seqscan=off -c enable_bitmapscan=off -c jit=off";

  /// What people and programs look up is planned for what they ask, and for the tables as they are.
  private static final String PLANNED_ANEW = " -c plan_cache_mode=force_custom_plan";

  private final Owner owner;
  private final HikariDataSource app;
  private final HikariDataSource platform;
  private final HikariDataSource engine;
  private final HikariDataSource quartz;

  /// Where the database is and who owns its schema.
  ///
  /// @param url a JDBC address of PostgreSQL 15 or newer
  /// @param user may create roles
  public record Owner(String url, String user, String password) {
    @Override
    public String toString() {
      return "Owner[url=" + url + ", user=" + user + "]";
    }
  }

  /// How many connections each pool has at most. Committers and listeners have connections of their
  /// own besides.
  public record Sizes(int app, int platform, int engine, int quartz) {
    public static final Sizes DEFAULT = new Sizes(16, 4, 12, 5);
  }

  /// A pool, as it is at the moment that it is asked.
  public static final class Pool {
    private final HikariDataSource pool;

    private Pool(HikariDataSource pool) {
      this.pool = pool;
    }

    public String name() {
      return pool.getPoolName();
    }

    /// Connections in use.
    public int active() {
      return pool.getHikariPoolMXBean().getActiveConnections();
    }

    /// Threads that wait for one.
    public int waiting() {
      return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    public int max() {
      return pool.getMaximumPoolSize();
    }
  }

  private Database(Owner owner, Sizes sizes) {
    this.owner = owner;
    app = pool("gradus-app", "-c role=gradus_app" + PLANNED_ANEW, SOCKET_SECONDS, sizes.app());
    platform =
        pool(
            "gradus-platform",
            "-c role=gradus_platform" + PLANNED_ANEW,
            SOCKET_SECONDS,
            sizes.platform());
    engine = pool("gradus-engine", ENGINE_OPTIONS, ENGINE_SOCKET_SECONDS, sizes.engine());
    quartz =
        pool(
            "gradus-quartz",
            "-c role=gradus_engine -c search_path=quartz,public",
            SOCKET_SECONDS,
            sizes.quartz());
  }

  /// Brings the schema up and opens the pools.
  ///
  /// @throws DatabaseFailure if the database cannot be reached
  public static Database open(Owner owner, Sizes sizes) {
    migrate(owner);
    Database database = new Database(owner, sizes);
    database.createHistoryPartitions();
    return database;
  }

  /// All its pools, to be watched.
  public List<Pool> pools() {
    return List.of(new Pool(app), new Pool(platform), new Pool(engine), new Pool(quartz));
  }

  /// Brings the schema up, and nothing else.
  ///
  /// @return how many migrations ran
  public static int migrate(Owner owner) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(owner.url());
    source.setUser(owner.user());
    source.setPassword(owner.password());
    return SchemaMigration.migrate(source);
  }

  /// Connections for one tenant's work; see [TenantScope].
  public DataSource app() {
    return app;
  }

  /// Connections for what comes before a tenant is known, or stands above tenants.
  public DataSource platform() {
    return platform;
  }

  /// The engine's connections, for everything but commit groups.
  public DataSource engine() {
    return engine;
  }

  /// Connections for Quartz's JDBC store, whose tables are `quartz.qrtz_*`.
  public DataSource quartz() {
    return quartz;
  }

  /// A connection of the engine outside of the pool, for a committer, a listener or a session lock;
  /// whoever asks closes it.
  ///
  /// @throws SQLException if the database cannot be reached
  public Connection newEngineConnection() throws SQLException {
    Properties properties = properties(ENGINE_OPTIONS, ENGINE_SOCKET_SECONDS);
    properties.setProperty("user", owner.user());
    properties.setProperty("password", owner.password());
    properties.setProperty("ApplicationName", "gradus-committer");
    return DriverManager.getConnection(owner.url(), properties);
  }

  /// The server process behind a connection, for [#terminateBackend].
  public static int backendPid(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  /// Ends a backend, and returns when it has ended: what it had not committed by then never will
  /// be.
  ///
  /// @param pid of [#backendPid]
  /// @throws SQLException if the database cannot be reached, or the backend is still there after
  ///   ten seconds
  public void terminateBackend(int pid) throws SQLException {
    try (Connection connection = ownerConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select pg_terminate_backend(pid, 10000) from pg_stat_activity
                where pid = ? and application_name like 'gradus%'""")) {
      statement.setInt(1, pid);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next() && !rows.getBoolean(1)) {
          throw new SQLException("expected backend " + pid + " to end, found it alive", "55000");
        }
      }
    }
  }

  /// Makes history's partitions for this month and those to come; to be called now and then.
  public void createHistoryPartitions() {
    try (Connection connection = ownerConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select create_history_partition((now() + make_interval(months => n))::date)"
              + " from generate_series(0, "
              + MONTHS_AHEAD
              + ") n");
    } catch (SQLException e) {
      // Rows of that month are in the default partition already: it goes on taking them.
      LOG.warn("History goes on in its default partition: {}", e.getMessage());
    }
  }

  private Connection ownerConnection() throws SQLException {
    return DriverManager.getConnection(owner.url(), owner.user(), owner.password());
  }

  private HikariDataSource pool(String name, String options, int socketSeconds, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(owner.url());
    config.setUsername(owner.user());
    config.setPassword(owner.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(2, size));
    config.setConnectionTimeout(CONNECT_SECONDS * 1_000L);
    Properties properties = properties(options, socketSeconds);
    properties.setProperty("ApplicationName", name);
    config.setDataSourceProperties(properties);
    return new HikariDataSource(config);
  }

  private static Properties properties(String options, int socketSeconds) {
    Properties properties = new Properties();
    // As a start-up option, so that not even RESET ROLE gives the owner's rights back.
    properties.setProperty("options", options);
    properties.setProperty("prepareThreshold", "1");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(socketSeconds));
    return properties;
  }

  @Override
  public void close() {
    quartz.close();
    engine.close();
    platform.close();
    app.close();
  }
}
