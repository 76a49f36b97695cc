package io.gradus.app.security;

import io.gradus.service.people.Person;
import io.gradus.service.people.SignIn;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/// The console's login form, asked of the people in the database.
final class PasswordLogin implements AuthenticationProvider {
  private final SignIn signIn;

  PasswordLogin(SignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  public Authentication authenticate(Authentication asked) {
    Object password = asked.getCredentials();
    Person person =
        signIn
            .signIn(asked.getName(), password == null ? "" : password.toString())
            .orElseThrow(() -> new BadCredentialsException("the login and password do not match"));
    return authentication(person);
  }

  /// What a session remembers of that person. It grants nothing: what they may do is looked up
  /// anew.
  static Authentication authentication(Person person) {
    return UsernamePasswordAuthenticationToken.authenticated(
        new SignedInPerson(person.id(), person.login(), person.password().version()),
        null,
        List.of());
  }

  @Override
  public boolean supports(Class<?> kind) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
  }
}
