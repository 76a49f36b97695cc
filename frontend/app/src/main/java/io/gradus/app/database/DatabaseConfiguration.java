package io.gradus.app.database;

import io.gradus.app.settings.DatabaseSettings;
import io.gradus.app.settings.ServerSettings;
import io.gradus.postgres.PostgresCluster;
import io.gradus.postgres.RunningPostgres;
import io.gradus.store.Database;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The database behind this node. Spring closes what it opened in reverse: the pools first, then
/// the server under them.
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
  @Bean(destroyMethod = "close")
  @ConditionalOnExpression("'${gradus.database.url:}'.isBlank()")
  RunningPostgres postgres(ServerSettings server, DatabaseSettings database) {
    return PostgresCluster.open(server.dataDir(), database.binaries());
  }

  @Bean(destroyMethod = "close")
  Database gradusDatabase(DatabaseSettings settings, ObjectProvider<RunningPostgres> own) {
    return Database.open(
        owner(settings, own.getIfAvailable()),
        new Database.Sizes(
            settings.appConnections(),
            settings.platformConnections(),
            settings.engineConnections(),
            settings.timerConnections()));
  }

  @Bean
  MeterBinder poolMeters(Database database) {
    return new PoolMeters(database);
  }

  /// Its name is the one that the readiness group lists.
  @Bean
  DatabaseHealth database(Database database) {
    return new DatabaseHealth(database.app());
  }

  static Database.Owner owner(DatabaseSettings settings, @Nullable RunningPostgres own) {
    if (own != null) {
      return new Database.Owner(own.jdbcUrl(), own.superuser(), own.password());
    }
    String url = settings.url();
    String username = settings.username();
    if (url == null || username == null) {
      throw new IllegalStateException("expected gradus.database.url and username, found neither");
    }
    String password = settings.password();
    return new Database.Owner(url, username, password == null ? "" : password);
  }
}
