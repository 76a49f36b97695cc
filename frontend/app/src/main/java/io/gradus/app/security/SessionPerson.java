package io.gradus.app.security;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import io.gradus.console.session.NotAMember;
import io.gradus.console.session.NotSignedIn;
import io.gradus.console.session.SignedIn;
import io.gradus.service.Caller;
import io.gradus.service.people.Person;
import io.gradus.service.people.SignIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/// The person of the session that the current request or UI belongs to.
final class SessionPerson implements SignedIn {
  private final SignIn signIn;
  private final SecurityContextHolderStrategy contexts;

  /// @param contexts where the filters leave whose request it is
  SessionPerson(SignIn signIn, SecurityContextHolderStrategy contexts) {
    this.signIn = signIn;
    this.contexts = contexts;
  }

  @Override
  public Person person() {
    SignedInPerson known = known();
    Person person =
        signIn
            .find(known.id())
            .filter(found -> found.password().version() == known.passwordVersion())
            .orElseThrow(NotSignedIn::new);
    String address = address();
    return address == null ? person : person.from(address);
  }

  @Override
  public Caller in(String account) {
    return person().in(account).orElseThrow(() -> new NotAMember(account));
  }

  /// That of the request at hand; where a page moves by itself, the one that it was opened from.
  private static @Nullable String address() {
    VaadinRequest request = VaadinRequest.getCurrent();
    if (request != null) {
      return request.getRemoteAddr();
    }
    VaadinSession session = VaadinSession.getCurrent();
    return session == null ? null : session.getBrowser().getAddress();
  }

  @Override
  public void passwordChanged() {
    Person person = signIn.find(known().id()).orElseThrow(NotSignedIn::new);
    SecurityContext context = contexts.createEmptyContext();
    context.setAuthentication(PasswordLogin.authentication(person));
    contexts.setContext(context);
    VaadinSession.getCurrent()
        .getSession()
        .setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, context);
  }

  private SignedInPerson known() {
    Authentication who = contexts.getContext().getAuthentication();
    if (who != null && who.getPrincipal() instanceof SignedInPerson known) {
      return known;
    }
    throw new NotSignedIn();
  }
}
