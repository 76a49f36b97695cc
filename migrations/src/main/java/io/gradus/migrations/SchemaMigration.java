package io.gradus.migrations;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings a database to the schema that this build was made for.
public final class SchemaMigration {
  private SchemaMigration() {}

  /// Runs every migration that the database has not seen, in order, and returns how many ran.
  /// Several nodes may call this at once: Flyway's lock lets one work and the others wait.
  ///
  /// @param owner connects as the role that owns the schema and may create roles
  /// @throws org.flywaydb.core.api.FlywayException when a migration fails, or when one that ran was
  ///   edited since
  public static int migrate(DataSource owner) {
    return Flyway.configure()
        .dataSource(owner)
        .locations("classpath:db/migration")
        // A database may have met a later one first: branches number their migrations apart and
        // none
        // changes what another one makes.
        .outOfOrder(true)
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
