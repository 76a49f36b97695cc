package io.gradus.app.security;

import com.vaadin.flow.server.VaadinServiceInitListener;
import io.gradus.api.management.SessionCallers;
import io.gradus.app.settings.ConditionalOnRole;
import io.gradus.app.settings.ServerSettings.Role;
import io.gradus.console.session.SignedIn;
import io.gradus.console.shell.ConsoleService;
import io.gradus.console.shell.Door;
import io.gradus.service.Transactions;
import io.gradus.service.people.Admission;
import io.gradus.service.people.LoginThrottle;
import io.gradus.service.people.SignIn;
import io.gradus.service.stored.StoredAudit;
import io.gradus.store.LoginAttempts;
import io.gradus.store.PlatformScope;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/// Who can log in, and for whom their session then speaks.
@Configuration(proxyBeanMethods = false)
class PeopleConfiguration {
  @Bean
  AuthenticationProvider passwordLogin(Admission admission) {
    return new PasswordLogin(admission);
  }

  @Bean
  Admission admission(
      SignIn signIn, LoginThrottle throttle, Transactions transactions, StoredAudit audit) {
    return new Admission(signIn, throttle, transactions, audit);
  }

  @Bean
  LoginThrottle loginThrottle(PlatformScope scope, Clock clock) {
    return new LoginThrottle(new LoginAttempts(scope), scope, clock);
  }

  @Bean
  @ConditionalOnRole(Role.CONSOLE)
  VaadinServiceInitListener consoleService() {
    return new ConsoleService();
  }

  /// Asks what this server's own filters ask: the one that is static is the latest server's of the
  /// process.
  @Bean
  SignedIn signedIn(SignIn signIn, ObjectProvider<SecurityContextHolderStrategy> contexts) {
    return new SessionPerson(
        signIn, contexts.getIfAvailable(SecurityContextHolder::getContextHolderStrategy));
  }

  @Bean
  @ConditionalOnRole(Role.CONSOLE)
  Door door(SignedIn signedIn) {
    return new Door(signedIn);
  }

  @Bean
  SessionCallers sessionCallers(SignedIn signedIn) {
    return new SignedInCallers(signedIn);
  }
}
