package io.gradus.app.security;

import io.gradus.app.start.FirstLogin;
import io.gradus.app.start.FirstStart;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/// Who can log in.
@Configuration(proxyBeanMethods = false)
class PeopleConfiguration {
  @Bean
  PasswordEncoder passwordEncoder() {
    return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  }

  @Bean
  UserDetailsService firstPerson(FirstStart firstStart, PasswordEncoder encoder) {
    FirstLogin login = firstStart.login();
    return new InMemoryUserDetailsManager(
        User.withUsername(login.login())
            .password(encoder.encode(login.password()))
            .roles("ADMIN")
            .build());
  }
}
