package io.gradus.migrations;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;

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
    Flyway ordered = flyway(owner, false);
    // A database may have met a later one first: branches number their migrations apart and none
    // changes what another one makes. Flyway warns of that each time it is let, so it is let only
    // where there is something to catch up with.
    boolean late =
        Arrays.stream(ordered.info().all())
            .anyMatch(migration -> migration.getState() == MigrationState.IGNORED);
    return (late ? flyway(owner, true) : ordered).migrate().migrationsExecuted;
  }

  private static Flyway flyway(DataSource owner, boolean outOfOrder) {
    return Flyway.configure()
        .dataSource(owner)
        .locations("classpath:db/migration")
        .outOfOrder(outOfOrder)
        .load();
  }
}
