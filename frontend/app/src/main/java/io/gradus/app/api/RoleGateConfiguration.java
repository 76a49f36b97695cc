package io.gradus.app.api;

import io.gradus.app.settings.ServerSettings;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Puts the gate before everything else.
@Configuration(proxyBeanMethods = false)
class RoleGateConfiguration {
  @Bean
  FilterRegistrationBean<RoleGate> roleGate(ServerSettings server) {
    var filter = new FilterRegistrationBean<>(new RoleGate(server.roles()));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }
}
