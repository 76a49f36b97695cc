package io.gradus.app.security;

import io.gradus.service.people.Admission;
import io.gradus.service.people.Admission.Outcome;
import io.gradus.service.people.Person;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/// The console's login form, asked of the people in the database.
final class PasswordLogin implements AuthenticationProvider {
  private final Admission admission;

  PasswordLogin(Admission admission) {
    this.admission = admission;
  }

  @Override
  public Authentication authenticate(Authentication asked) {
    Object password = asked.getCredentials();
    Outcome outcome =
        admission.admit(
            asked.getName(), password == null ? "" : password.toString(), source(asked));
    return switch (outcome) {
      case Outcome.Welcome welcome -> authentication(welcome.person());
      case Outcome.Wrong _ ->
          throw new BadCredentialsException("the login and password do not match");
      case Outcome.TooSoon soon -> throw new LoginNotChecked("wait=" + seconds(soon));
      case Outcome.Busy _ -> throw new LoginNotChecked("busy");
    };
  }

  /// What a session remembers of that person. It grants nothing: what they may do is looked up
  /// anew.
  static Authentication authentication(Person person) {
    return UsernamePasswordAuthenticationToken.authenticated(
        new SignedInPerson(person.id(), person.login(), person.password().version()),
        null,
        List.of());
  }

  private static long seconds(Outcome.TooSoon soon) {
    return soon.left().plusMillis(999).toSeconds();
  }

  private static String source(Authentication asked) {
    return asked.getDetails() instanceof WebAuthenticationDetails details
        ? String.valueOf(details.getRemoteAddress())
        : "unknown";
  }

  @Override
  public boolean supports(Class<?> kind) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
  }
}
