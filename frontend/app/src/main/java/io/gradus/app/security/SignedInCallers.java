package io.gradus.app.security;

import io.gradus.api.management.SessionCallers;
import io.gradus.service.Caller;
import io.gradus.service.people.SignIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/// For whom a console session calls the management API: for the person as they stand now, in the
/// first of their tenants.
final class SignedInCallers implements SessionCallers {
  private final SignIn signIn;

  SignedInCallers(SignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  public Optional<Caller> find(HttpServletRequest request) {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return who != null && who.getPrincipal() instanceof SignedInPerson person
        ? signIn
            .find(person.id())
            .filter(found -> found.password().version() == person.passwordVersion())
            .flatMap(found -> found.callers().stream().findFirst())
        : Optional.empty();
  }
}
