package io.gradus.console.home;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.EmptyState;
import io.gradus.console.session.FirstPage;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.service.people.Person;
import jakarta.annotation.security.PermitAll;

/// The root: goes on to the person's first tenant, and tells those who have none whom to ask.
@Route("")
@PageTitle("Gradus")
@PermitAll
public final class StartView extends Main implements BeforeEnterObserver {
  private static final long serialVersionUID = 1L;

  private final transient SignedIn signedIn;

  /// For whoever is signed in.
  public StartView(SignedIn signedIn) {
    this.signedIn = signedIn;
    addClassName("g-page");
    add(
        new EmptyState(
            "You belong to no tenant yet",
            "State machines and their executions belong to a tenant. Ask an administrator of yours to"
                + " add you as a member; this page opens it when they have."));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    Person person = signedIn.person();
    if (person.callers().isEmpty() && person.platformOperator()) {
      event.forwardTo(Links.TENANTS);
    } else if (!person.callers().isEmpty()) {
      event.forwardTo(FirstPage.of(person.callers().getFirst()));
    } else if (!person.tenants().isEmpty()) {
      // Suspended, as its page says.
      event.forwardTo(Links.stateMachines(person.tenants().getFirst().account()));
    }
  }
}
