package io.gradus.app.start;

import io.gradus.app.settings.BootstrapSettings;
import io.gradus.app.settings.ServerSettings;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.secret.Seal;
import io.gradus.service.setup.FirstTenant;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;

/// The first start's parts.
@Configuration(proxyBeanMethods = false)
class StartConfiguration {
  @Bean
  FirstStart firstStart(ServerSettings server, BootstrapSettings bootstrap, FirstTenant tenant) {
    return new FirstStart(server, bootstrap, tenant);
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
