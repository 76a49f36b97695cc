package io.gradus.app.database;

import io.gradus.app.settings.DatabaseSettings;
import io.gradus.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/// What runs before a new version's nodes do: the schema is brought up by one process, and the
/// nodes find it done. Nodes of the version before go on meanwhile.
///
/// It is an application of its own, and carries no annotation that the other one would find it by.
@EnableConfigurationProperties(DatabaseSettings.class)
public class MigrationOnly {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationOnly.class);

  @Bean
  CommandLineRunner migration(DatabaseSettings settings) {
    return _ -> {
      if (settings.url() == null) {
        throw new IllegalStateException(
            "expected gradus.database.url: a database of Gradus's own is migrated when it starts");
      }
      int ran = Database.migrate(DatabaseConfiguration.owner(settings, null));
      LOG.info("The schema is up to date: {} migrations ran", ran);
    };
  }
}
