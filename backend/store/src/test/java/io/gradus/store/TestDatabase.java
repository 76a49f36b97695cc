package io.gradus.store;

import io.gradus.engine.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.postgresql.ds.PGSimpleDataSource;

/// The database of [Fixture] by plain connections, as any of its roles.
public final class TestDatabase {
  private static final String URL = start();

  private TestDatabase() {}

  private static String start() {
    Fixture.database();
    try (Connection connection = Fixture.owner();
        Statement statement = connection.createStatement()) {
      for (String role : new String[] {"gradus_app", "gradus_engine", "gradus_platform"}) {
        statement.execute("alter role " + role + " login");
      }
      return connection.getMetaData().getURL();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static PGSimpleDataSource as(String role) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(URL);
    source.setUser(role);
    return source;
  }

  public static Connection owner() throws SQLException {
    return as("postgres").getConnection();
  }

  /// A connection that plans as the engine's do.
  public static Connection engine() throws SQLException {
    Connection connection = as("gradus_engine").getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "set plan_cache_mode = force_generic_plan; set enable_hashjoin = off;"
              + " set enable_mergejoin = off; set enable_seqscan = off;"
              + " set enable_bitmapscan = off; set jit = off");
    }
    return connection;
  }

  /// A new tenant with an account of its own.
  public static TenantId tenant() throws SQLException {
    UUID id = UUID.randomUUID();
    try (Connection connection = owner();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into tenant (id, account, name) values (?, ?, 'test')")) {
      insert.setObject(1, id);
      insert.setString(
          2, "%012d".formatted(ThreadLocalRandom.current().nextLong(1_000_000_000_000L)));
      insert.executeUpdate();
    }
    return new TenantId(id);
  }

  /// The first column of the first row, as the owner sees it with all row-level security off.
  public static long count(String sql, Object... parameters) throws SQLException {
    try (Connection connection = owner();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
