package io.gradus.console.profile;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.gradus.console.members.RoleChoice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.RowTable;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.ConsolePage;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.FirstPage;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.service.people.Person;
import io.gradus.service.people.ProfileService;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/// What a person changes about themselves: name and address, password, how the console looks.
@Route("profile")
@PermitAll
@StyleSheet("gradus-people.css")
public final class ProfileView extends Main
    implements ConsolePage, HasDynamicTitle, BeforeEnterObserver {
  private static final long serialVersionUID = 1L;

  private final transient SignedIn signedIn;
  private final transient ProfileService profiles;
  private final Div body = new Div();

  /// For whoever is signed in.
  public ProfileView(SignedIn signedIn, ProfileService profiles) {
    this.signedIn = signedIn;
    this.profiles = profiles;
    addClassName("g-page");
    body.addClassName("g-profile");
    add(new PageHeader("Profile"), body);
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Profile"));
  }

  @Override
  public String getPageTitle() {
    return title();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    show(signedIn.person());
  }

  private void show(Person person) {
    body.removeAll();
    boolean first = person.password().mustChange();
    var password = new PasswordForm(signedIn, profiles, () -> changed(first));
    if (first) {
      var why =
          new Paragraph(
              "Someone else made the password that you signed in with. Choose one of your own to go on:"
                  + " until then nothing else opens.");
      why.addClassName("g-form-problem");
      body.add(section("Choose your password", why, password));
      return;
    }
    body.add(
        section("You", new ProfileForm(signedIn, profiles, person)),
        section("Password", password),
        section("In this browser", new Looks()),
        section("Tenants", tenants(person)));
  }

  /// Who was held up here by a first password goes on to where they wanted.
  private void changed(boolean first) {
    if (first) {
      getUI().ifPresent(FirstPage::goOn);
    } else {
      show(signedIn.person());
    }
  }

  private static Section section(String title, Component... content) {
    var section = new Section(new H2(title));
    section.addClassName("g-profile-section");
    section.add(content);
    return section;
  }

  private static Component tenants(Person person) {
    if (person.tenants().isEmpty()) {
      return new Paragraph("You belong to no tenant. An administrator of one can add you.");
    }
    var table =
        new RowTable<Person.Tenancy>("Tenants")
            .column("Tenant", "g-wide", ProfileView::name)
            .column("Account", "g-nowrap", tenant -> new Code(tenant.account()))
            .column(
                "Roles",
                null,
                tenant ->
                    person
                        .in(tenant.account())
                        .<Component>map(caller -> RoleChoice.tags(caller.roles()))
                        .orElseGet(() -> new StatusMark(Status.STOPPED, "Suspended")));
    table.setRows(person.tenants());
    return table;
  }

  private static Component name(Person.Tenancy tenant) {
    return tenant.suspended()
        ? new Span(tenant.name())
        : new Anchor(Links.tenant(tenant.account()), tenant.name());
  }
}
