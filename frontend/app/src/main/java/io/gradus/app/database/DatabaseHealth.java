package io.gradus.app.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether the database answers. Only readiness depends on it: restarting a node does not mend its
/// database.
final class DatabaseHealth implements HealthIndicator {
  private static final int SECONDS = 2;

  private final DataSource pool;

  DatabaseHealth(DataSource pool) {
    this.pool = pool;
  }

  @Override
  public Health health() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(SECONDS) ? Health.up().build() : Health.down().build();
    } catch (SQLException e) {
      return Health.down(e).build();
    }
  }
}
