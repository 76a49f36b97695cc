package io.gradus.app.trigger;

import io.gradus.api.hook.HookFilter;
import io.gradus.api.http.RequestRoom;
import io.gradus.app.settings.ConditionalOnRole;
import io.gradus.app.settings.ServerSettings;
import io.gradus.app.settings.ServerSettings.Role;
import io.gradus.service.trigger.HookSecrets;
import io.gradus.service.trigger.TriggerFigures;
import io.gradus.service.trigger.TriggerRecords;
import io.gradus.service.trigger.TriggerStarts;
import io.gradus.service.trigger.Webhooks;
import io.gradus.store.Tenants;
import io.gradus.store.engine.TriggerRows;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/// The door for webhooks. It knows no session: each request proves for itself that it may.
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
class HookConfiguration {
  private static final int BEHIND_SECURITY = 0;

  @Bean
  Webhooks webhooks(
      Tenants tenants,
      TriggerRecords records,
      HookSecrets secrets,
      TriggerStarts starts,
      TriggerRows rows,
      TriggerFigures figures,
      ServerSettings server,
      Clock clock) {
    return new Webhooks(tenants, records, secrets, starts, rows, figures, server.region(), clock);
  }

  /// Asked before the other doors: what is sent here is for none of them, whatever its headers.
  @Bean
  @Order(0)
  SecurityFilterChain hooks(HttpSecurity http) {
    return http.securityMatcher("/hooks/**")
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .requestCache(cache -> cache.disable())
        .build();
  }

  @Bean
  FilterRegistrationBean<HookFilter> hookFilter(Webhooks webhooks, RequestRoom room) {
    var filter = new FilterRegistrationBean<>(new HookFilter(webhooks, room));
    filter.setOrder(BEHIND_SECURITY);
    return filter;
  }
}
