package io.gradus.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.gradus.console.access.AccessKeysView;
import io.gradus.console.approvals.ApprovalsView;
import io.gradus.console.audit.AuditView;
import io.gradus.console.executions.ExecutionsPage;
import io.gradus.console.functions.FunctionsView;
import io.gradus.console.home.HomeView;
import io.gradus.console.machines.MachinesView;
import io.gradus.console.members.MembersView;
import io.gradus.console.part.Glyph;
import io.gradus.console.templates.TemplatesView;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import java.util.List;

/// Where one can go within a tenant: what the caller's roles do not open is not shown.
final class Navigation extends Nav {
  private static final long serialVersionUID = 1L;

  /// The pages, in groups that a line divides. Each view adds its own line here.
  private static final List<List<Place>> PLACES =
      List.of(
          List.of(
              new Place("Overview", Glyph.Name.OVERVIEW, HomeView.class, Permission.READ),
              new Place("State machines", Glyph.Name.MACHINES, MachinesView.class, Permission.READ),
              new Place("Executions", Glyph.Name.EXECUTIONS, ExecutionsPage.class, Permission.READ),
              new Place("Approvals", Glyph.Name.APPROVALS, ApprovalsView.class, Permission.READ),
              new Place("Templates", Glyph.Name.TEMPLATES, TemplatesView.class, Permission.READ)),
          List.of(
              new Place("Functions", Glyph.Name.FUNCTION, FunctionsView.class, Permission.READ),
              new Place(
                  "Access keys", Glyph.Name.KEY, AccessKeysView.class, Permission.ADMINISTER)),
          List.of(
              new Place("Members", Glyph.Name.MEMBERS, MembersView.class, Permission.ADMINISTER),
              new Place("Audit log", Glyph.Name.AUDIT, AuditView.class, Permission.ADMINISTER)));

  /// @param permission without which the page is not shown
  private record Place(
      String text, Glyph.Name glyph, Class<? extends Component> view, Permission permission) {}

  Navigation() {
    addClassName("g-nav");
    getElement().setAttribute("aria-label", "Main");
  }

  /// Shows the pages that this caller may open.
  void show(Caller caller) {
    removeAll();
    var account = new RouteParameters(new RouteParam("account", caller.account()));
    for (List<Place> group : PLACES) {
      for (Place place : group) {
        if (caller.allows(place.permission())) {
          var link = new RouterLink();
          link.setRoute(place.view(), account);
          link.add(place.glyph().glyph(), new Span(place.text()));
          add(link);
        }
      }
    }
  }
}
