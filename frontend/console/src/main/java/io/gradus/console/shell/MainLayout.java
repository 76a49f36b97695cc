package io.gradus.console.shell;

import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.gradus.console.home.HomeView;
import jakarta.annotation.security.PermitAll;

/// The frame of every page behind the login: where one can go, who one is, and the way out.
@Layout
@PermitAll
public final class MainLayout extends AppLayout {
  private static final long serialVersionUID = 1L;

  /// Composes the frame for whoever is logged in.
  public MainLayout(AuthenticationContext authentication) {
    setPrimarySection(Section.NAVBAR);
    var brand = new Span("Gradus");
    brand.addClassName("g-brand");
    var person = new Span(authentication.getPrincipalName().orElse(""));
    person.addClassName("g-person");
    var logOut = new Button("Log out", click -> authentication.logout());
    logOut.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    addToNavbar(new DrawerToggle(), brand, person, logOut);

    var places = new SideNav("Places");
    places.addItem(new SideNavItem("Overview", HomeView.class));
    addToDrawer(places);
  }
}
