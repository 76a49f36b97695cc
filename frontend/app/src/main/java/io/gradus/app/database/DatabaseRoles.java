package io.gradus.app.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gradus.migrations.SchemaMigration;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postgresql.ds.PGSimpleDataSource;

/// Brings the schema up as its owner, and opens pools as the two roles that row-level security
/// binds. The owner's password never reaches a pool; each role's own is derived from it, so that
/// every node of a cluster knows it.
final class DatabaseRoles {
  private static final long LOGIN_LOCK = 0x67726164_75730001L;

  private final Owner owner;

  DatabaseRoles(Owner owner) {
    this.owner = owner;
  }

  /// Who the schema belongs to.
  record Owner(String url, String username, String password) {
    @Override
    public String toString() {
      return "Owner[url=" + url + ", username=" + username + "]";
    }
  }

  /// One of the roles that a migration creates.
  enum Role {
    /// Console and API: one tenant at a time.
    APP,
    /// Groups of many tenants' executions.
    ENGINE,
    /// Signing in, access keys, and making tenants.
    PLATFORM;

    String databaseName() {
      return "gradus_" + name().toLowerCase(Locale.ROOT);
    }
  }

  void migrate() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(owner.url());
    source.setUser(owner.username());
    source.setPassword(owner.password());
    SchemaMigration.migrate(source);
  }

  HikariDataSource pool(Role role, int connections, int idle) {
    String password = passwordOf(role);
    letIn(role, password);
    HikariConfig config = new HikariConfig();
    config.setPoolName("gradus-" + role.name().toLowerCase(Locale.ROOT));
    config.setJdbcUrl(owner.url());
    config.setUsername(role.databaseName());
    config.setPassword(password);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(idle);
    return new HikariDataSource(config);
  }

  /// Gives the role its password unless it has it already: at once by many nodes, only one of them
  /// writes.
  private void letIn(Role role, String password) {
    if (canLogIn(role, password)) {
      return;
    }
    try (Connection connection =
            DriverManager.getConnection(owner.url(), owner.username(), owner.password());
        Statement statement = connection.createStatement()) {
      statement.execute("set log_min_error_statement = panic");
      statement.execute("select pg_advisory_lock(" + LOGIN_LOCK + ")");
      if (!canLogIn(role, password)) {
        // The password is base64url: it has nothing to escape.
        statement.execute(
            "alter role " + role.databaseName() + " login password '" + password + "'");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "The role %s could not be given a password by %s: %s"
              .formatted(role.databaseName(), owner.username(), e.getMessage()),
          e);
    }
  }

  private boolean canLogIn(Role role, String password) {
    try (Connection connection =
        DriverManager.getConnection(owner.url(), role.databaseName(), password)) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  private String passwordOf(Role role) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              ("gradus " + owner.password()).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] derived = mac.doFinal(role.databaseName().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(derived);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected HmacSHA256 in every JDK", e);
    }
  }
}
