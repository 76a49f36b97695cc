package io.gradus.app.start;

import io.gradus.app.settings.BootstrapSettings;
import io.gradus.app.settings.ServerSettings;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.secret.LastingKeys;
import io.gradus.service.secret.Resealing;
import io.gradus.service.secret.Seal;
import io.gradus.service.setup.FirstTenant;
import io.gradus.store.SealedRows;
import java.time.Clock;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;

/// The first start's parts.
@Configuration(proxyBeanMethods = false)
class StartConfiguration {
  @Bean
  FirstStart firstStart(
      ServerSettings server,
      BootstrapSettings bootstrap,
      FirstTenant tenant,
      LastingKeys beforeTheFirstTenant) {
    return new FirstStart(server, bootstrap, tenant);
  }

  /// Requests need not wait for it: what the former key sealed opens meanwhile.
  @Bean
  ApplicationRunner reseal(MasterKey key, SealedRows rows, Seal seal) {
    return _ -> {
      if (key.isChanging()) {
        new Resealing(rows, seal).run();
      }
    };
  }

  @Bean
  FirstTenant firstTenant(
      FirstTenant.Stores stores,
      AccessKeyService keys,
      Seal seal,
      PasswordEncoder passwords,
      Clock clock) {
    return new FirstTenant(stores, keys, seal, passwords, clock);
  }

  @Bean
  MasterKey masterKey(ServerSettings server) {
    return MasterKey.of(server);
  }

  @Bean
  StartAnnouncement startAnnouncement(ServerSettings server, FirstStart firstStart) {
    return new StartAnnouncement(server, firstStart);
  }
}
