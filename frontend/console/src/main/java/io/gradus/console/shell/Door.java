package io.gradus.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.gradus.console.login.LoginView;
import io.gradus.console.profile.ProfileView;
import io.gradus.console.session.FirstPage;
import io.gradus.console.session.NotSignedIn;
import io.gradus.console.session.SignedIn;
import io.gradus.service.people.Person;

/// Stands at every page's door: who has a password from someone else gets to their profile first,
/// and who belongs to a suspended tenant is told so.
public final class Door implements VaadinServiceInitListener {
  private static final long serialVersionUID = 1L;

  private final transient SignedIn signedIn;

  /// Asks it who is at the door.
  public Door(SignedIn signedIn) {
    this.signedIn = signedIn;
  }

  @Override
  public void serviceInit(ServiceInitEvent event) {
    event.getSource().addUIInitListener(init -> watch(init.getUI()));
  }

  private void watch(UI ui) {
    ui.addBeforeEnterListener(this::enter);
  }

  private void enter(BeforeEnterEvent event) {
    Class<?> target = event.getNavigationTarget();
    if (target == LoginView.class || target == ProfileView.class || event.isErrorEvent()) {
      return;
    }
    Person person;
    try {
      person = signedIn.person();
    } catch (NotSignedIn e) {
      return; // The security in front of the pages has its own word for that.
    }
    if (person.password().mustChange()) {
      FirstPage.remember(event.getUI(), event.getLocation().getPathWithQueryParameters());
      event.forwardTo(ProfileView.class);
      return;
    }
    event
        .getRouteParameters()
        .get("account")
        .flatMap(person::tenant)
        .filter(Person.Tenancy::suspended)
        .ifPresent(tenant -> event.rerouteToError(new SuspendedTenant(), tenant.name()));
  }
}
