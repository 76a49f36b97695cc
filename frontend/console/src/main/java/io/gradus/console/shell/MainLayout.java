package io.gradus.console.shell;

import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import jakarta.annotation.security.PermitAll;

/// The frame of every page behind the login: where one can go, who one is, and the way out.
@Layout
@PermitAll
public final class MainLayout extends AppLayout implements AfterNavigationObserver {
  private static final long serialVersionUID = 1L;

  private final transient SignedIn signedIn;
  private final Navigation navigation = new Navigation();

  /// Composes the frame for whoever is logged in.
  public MainLayout(SignedIn signedIn, AuthenticationContext authentication) {
    this.signedIn = signedIn;
    setPrimarySection(Section.NAVBAR);
    var brand = new Span("Gradus");
    brand.addClassName("g-brand");
    var person = new Span(authentication.getPrincipalName().orElse(""));
    person.addClassName("g-person");
    var logOut = new Button("Log out", click -> authentication.logout());
    logOut.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    addToNavbar(new DrawerToggle(), brand, person, logOut);
    addToDrawer(navigation);
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    if (getContent() instanceof TenantPage page) {
      navigation.show(signedIn.in(page.account()));
    }
  }
}
