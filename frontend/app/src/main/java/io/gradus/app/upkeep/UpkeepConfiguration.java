package io.gradus.app.upkeep;

import io.gradus.app.settings.LogSettings;
import io.gradus.service.people.LoginThrottle;
import io.gradus.store.AccessKeys;
import io.gradus.store.Database;
import io.gradus.store.engine.BatchRows;
import io.gradus.store.engine.LogBounds;
import io.gradus.store.engine.TriggerRows;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/// The chores and their clock.
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class UpkeepConfiguration {
  @Bean
  Upkeep upkeep(
      Database database,
      AccessKeys keys,
      LoginThrottle logins,
      TriggerRows triggers,
      BatchRows batches,
      LogBounds logs,
      LogSettings settings) {
    return new Upkeep(database, keys, logins, triggers, batches, logs, settings.bounds());
  }
}
