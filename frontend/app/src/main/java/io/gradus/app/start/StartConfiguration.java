package io.gradus.app.start;

import io.gradus.app.settings.BootstrapSettings;
import io.gradus.app.settings.ServerSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The first start's parts.
@Configuration(proxyBeanMethods = false)
class StartConfiguration {
  @Bean
  FirstStart firstStart(ServerSettings server, BootstrapSettings bootstrap) {
    return new FirstStart(server, bootstrap);
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
