package io.gradus.app.database;

import com.zaxxer.hikari.HikariDataSource;
import io.gradus.app.settings.DatabaseSettings;
import io.gradus.app.settings.ServerSettings;
import io.gradus.postgres.PostgresCluster;
import io.gradus.postgres.RunningPostgres;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
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

  @Bean
  DatabaseRoles databaseRoles(DatabaseSettings settings, ObjectProvider<RunningPostgres> own) {
    DatabaseRoles roles = new DatabaseRoles(owner(settings, own.getIfAvailable()));
    roles.migrate();
    return roles;
  }

  @Bean(destroyMethod = "close", defaultCandidate = false)
  HikariDataSource appDataSource(DatabaseRoles roles, DatabaseSettings settings) {
    return roles.pool(DatabaseRoles.Role.APP, settings.appConnections(), 2);
  }

  @Bean(destroyMethod = "close", defaultCandidate = false)
  HikariDataSource engineDataSource(DatabaseRoles roles, DatabaseSettings settings) {
    return roles.pool(DatabaseRoles.Role.ENGINE, settings.engineConnections(), 2);
  }

  @Bean(destroyMethod = "close", defaultCandidate = false)
  HikariDataSource platformDataSource(DatabaseRoles roles, DatabaseSettings settings) {
    return roles.pool(DatabaseRoles.Role.PLATFORM, settings.platformConnections(), 1);
  }

  @Bean
  DatabaseHealth database(@Qualifier("appDataSource") HikariDataSource pool) {
    return new DatabaseHealth(pool);
  }

  private static DatabaseRoles.Owner owner(
      DatabaseSettings settings, @Nullable RunningPostgres own) {
    if (own != null) {
      return new DatabaseRoles.Owner(own.jdbcUrl(), own.superuser(), own.password());
    }
    String url = settings.url();
    String username = settings.username();
    if (url == null || username == null) {
      throw new IllegalStateException("expected gradus.database.url and username, found neither");
    }
    String password = settings.password();
    return new DatabaseRoles.Owner(url, username, password == null ? "" : password);
  }
}
