package io.gradus.app.security;

import io.gradus.api.management.SessionCallers;
import io.gradus.console.session.SignedIn;
import io.gradus.console.shell.Door;
import io.gradus.service.people.SignIn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;

/// Who can log in, and for whom their session then speaks.
@Configuration(proxyBeanMethods = false)
class PeopleConfiguration {
  @Bean
  AuthenticationProvider passwordLogin(SignIn signIn) {
    return new PasswordLogin(signIn);
  }

  @Bean
  SignedIn signedIn(SignIn signIn) {
    return new SessionPerson(signIn);
  }

  @Bean
  Door door(SignedIn signedIn) {
    return new Door(signedIn);
  }

  @Bean
  SessionCallers sessionCallers(SignIn signIn) {
    return new SignedInCallers(signIn);
  }
}
