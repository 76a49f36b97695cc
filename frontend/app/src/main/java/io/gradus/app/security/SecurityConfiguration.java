package io.gradus.app.security;

import com.vaadin.flow.spring.security.VaadinDefaultRequestCache;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import io.gradus.api.http.UnreadBodies;
import io.gradus.app.settings.ConditionalOnRole;
import io.gradus.app.settings.ProxySettings;
import io.gradus.app.settings.ServerSettings;
import io.gradus.app.settings.ServerSettings.Role;
import io.gradus.console.login.LoginView;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// The doors of the one port: operators', programs', people's, asked in this order.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  @Bean
  @Order(1)
  SecurityFilterChain operators(HttpSecurity http, ServerSettings settings) {
    MetricsAccess metrics = new MetricsAccess(settings.metricsToken());
    return http.securityMatcher("/actuator/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/actuator/health", "/actuator/health/**")
                    .permitAll()
                    .requestMatchers("/actuator/prometheus")
                    .access(metrics)
                    .anyRequest()
                    .denyAll())
        .exceptionHandling(
            refusals ->
                refusals.authenticationEntryPoint(
                    new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .build();
  }

  /// Programs sign each request; the APIs themselves verify the signature, because a refusal must
  /// be in AWS's words. Whoever writes such a header to another path gets no further by it.
  @Bean
  @Order(2)
  SecurityFilterChain programs(HttpSecurity http) {
    RequestMatcher signed =
        request -> {
          String authorization = request.getHeader("Authorization");
          boolean target =
              HttpMethod.POST.matches(request.getMethod())
                  && request.getRequestURI().equals("/")
                  && request.getHeader("X-Amz-Target") != null;
          return target
              || (request.getRequestURI().startsWith("/api/v1/")
                  && authorization != null
                  && authorization.startsWith("AWS4-HMAC-SHA256"));
        };
    return http.securityMatcher(signed)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .requestCache(cache -> cache.disable())
        .build();
  }

  /// The management API asks for the session itself, and tells a browser's own calls from another
  /// site's.
  @Bean
  @Order(3)
  SecurityFilterChain managers(HttpSecurity http) {
    return http.securityMatcher("/api/v1/**")
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .csrf(csrf -> csrf.disable())
        .requestCache(cache -> cache.disable())
        .build();
  }

  /// Without the parameter that would stay in the address of the first page after the login.
  @SuppressWarnings("NullAway") // "null for none", as its documentation has it and its type has not
  private static HttpSessionRequestCache cacheWithoutParameter() {
    var cache = new HttpSessionRequestCache();
    cache.setMatchingRequestParameterName(null);
    return cache;
  }

  @Bean
  @Order(4)
  @ConditionalOnRole(Role.CONSOLE)
  SecurityFilterChain people(HttpSecurity http, VaadinDefaultRequestCache wanted) {
    wanted.setDelegateRequestCache(cacheWithoutParameter());
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/gradus*.css", "/gradus-theme.js", "/favicon.svg", "/lumo/**")
                    .permitAll()
                    // The page of an error is for errors: who asks for it has none to be told.
                    .requestMatchers(
                        request ->
                            request.getDispatcherType() == DispatcherType.REQUEST
                                && request.getRequestURI().equals("/error"))
                    .denyAll())
        .with(
            VaadinSecurityConfigurer.vaadin(),
            // What nothing is known of is the console's to answer: it has a page for that.
            vaadin -> vaadin.loginView(LoginView.class).anyRequest(any -> any.authenticated()))
        .addFilterBefore(new OwnLoginForm(), UsernamePasswordAuthenticationFilter.class)
        .formLogin(form -> form.failureHandler(SecurityConfiguration::refuse))
        // The answer's own headers are set for everything, by SecurityHeaders.
        .headers(
            headers ->
                headers
                    .contentTypeOptions(HeadersConfigurer.ContentTypeOptionsConfig::disable)
                    .frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
                    .httpStrictTransportSecurity(HeadersConfigurer.HstsConfig::disable))
        .build();
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    String what = why instanceof LoginNotChecked notChecked ? notChecked.why() : "error";
    response.sendRedirect(request.getContextPath() + "/login?" + what);
  }

  @Bean
  FilterRegistrationBean<SecurityHeaders> securityHeaders() {
    var filter = new FilterRegistrationBean<>(new SecurityHeaders());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return filter;
  }

  /// Before everything that asks where a request came from.
  @Bean
  FilterRegistrationBean<ClientAddress> clientAddress(ProxySettings proxies) {
    var filter = new FilterRegistrationBean<>(new ClientAddress(proxies.trustedProxies()));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  /// Before the doors: what is answered here was at one already.
  @Bean
  FilterRegistrationBean<UnreadBodies> unreadBodies() {
    var filter = new FilterRegistrationBean<>(new UnreadBodies());
    filter.setDispatcherTypes(DispatcherType.ERROR);
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  /// Where this node has no console, there is nothing else.
  @Bean
  @Order(5)
  @ConditionalOnMissingBean(name = "people")
  SecurityFilterChain nobody(HttpSecurity http) {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
        .exceptionHandling(
            refusals ->
                refusals.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.NOT_FOUND)))
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .build();
  }
}
