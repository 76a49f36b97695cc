package io.gradus.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Hr;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.gradus.console.access.AccessKeysView;
import io.gradus.console.approvals.ApprovalsView;
import io.gradus.console.audit.AuditView;
import io.gradus.console.connections.ConnectionsView;
import io.gradus.console.dashboard.DashboardView;
import io.gradus.console.executions.BatchesPage;
import io.gradus.console.executions.ExecutionsPage;
import io.gradus.console.functions.FunctionsView;
import io.gradus.console.integrations.IntegrationsView;
import io.gradus.console.limits.LimitsView;
import io.gradus.console.logs.LogsView;
import io.gradus.console.machines.MachinesView;
import io.gradus.console.members.MembersView;
import io.gradus.console.part.Glyph;
import io.gradus.console.session.Links;
import io.gradus.console.templates.TemplatesView;
import io.gradus.console.tenants.TenantsView;
import io.gradus.console.triggers.TriggersView;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where one can go within a tenant: what the caller's roles do not open is not shown.
final class Navigation extends Nav {
  private static final long serialVersionUID = 1L;

  /// The pages, in groups that a line divides. Each view adds its own line here.
  private static final List<List<Place>> PLACES =
      List.of(
          List.of(
              new Place("Dashboard", Glyph.Name.OVERVIEW, DashboardView.class, Permission.READ),
              new Place("State machines", Glyph.Name.MACHINES, MachinesView.class, Permission.READ),
              new Place("Executions", Glyph.Name.EXECUTIONS, ExecutionsPage.class, Permission.READ),
              new Place("Batches", Glyph.Name.QUEUE, BatchesPage.class, Permission.READ),
              new Place("Logs", Glyph.Name.TABLE, LogsView.class, Permission.READ),
              new Place("Approvals", Glyph.Name.APPROVALS, ApprovalsView.class, Permission.READ),
              new Place("Templates", Glyph.Name.TEMPLATES, TemplatesView.class, Permission.READ)),
          List.of(
              new Place("Triggers", Glyph.Name.CALENDAR, TriggersView.class, Permission.READ),
              new Place("Functions", Glyph.Name.FUNCTION, FunctionsView.class, Permission.READ),
              new Place("Integrations", Glyph.Name.TASK, IntegrationsView.class, Permission.READ),
              new Place("Connections", Glyph.Name.PLUG, ConnectionsView.class, Permission.READ),
              new Place(
                  "Access keys", Glyph.Name.KEY, AccessKeysView.class, Permission.ADMINISTER)),
          List.of(
              new Place("Members", Glyph.Name.MEMBERS, MembersView.class, Permission.ADMINISTER),
              new Place("Limits", Glyph.Name.SETTINGS, LimitsView.class, Permission.ADMINISTER),
              new Place("Audit log", Glyph.Name.AUDIT, AuditView.class, Permission.ADMINISTER)));

  /// What brings to each page after G.
  private static final Map<Glyph.Name, String> KEYS =
      Map.ofEntries(
          Map.entry(Glyph.Name.OVERVIEW, "D"),
          Map.entry(Glyph.Name.MACHINES, "W"),
          Map.entry(Glyph.Name.EXECUTIONS, "E"),
          Map.entry(Glyph.Name.QUEUE, "B"),
          Map.entry(Glyph.Name.APPROVALS, "A"),
          Map.entry(Glyph.Name.TEMPLATES, "T"),
          Map.entry(Glyph.Name.CALENDAR, "R"),
          Map.entry(Glyph.Name.TASK, "N"),
          Map.entry(Glyph.Name.FUNCTION, "F"),
          Map.entry(Glyph.Name.PLUG, "C"),
          Map.entry(Glyph.Name.KEY, "K"),
          Map.entry(Glyph.Name.MEMBERS, "M"),
          Map.entry(Glyph.Name.SETTINGS, "I"),
          Map.entry(Glyph.Name.AUDIT, "L"),
          Map.entry(Glyph.Name.TABLE, "O"));

  /// @param permission without which the page is not shown
  private record Place(
      String text, Glyph.Name glyph, Class<? extends Component> view, Permission permission) {

    String key() {
      return KEYS.getOrDefault(glyph, "");
    }

    RouterLink link(String account) {
      var link = new RouterLink();
      link.setRoute(view, new RouteParameters(new RouteParam("account", account)));
      link.getElement().setAttribute("data-key", key().toLowerCase(Locale.ROOT));
      link.getElement().setAttribute("title", text);
      link.add(glyph.glyph(), new Span(text));
      return link;
    }
  }

  private final transient Function<String, Component> waiting;

  /// @param waiting says how many approvals wait for the reader in an account
  Navigation(Function<String, Component> waiting) {
    this.waiting = waiting;
    addClassName("g-nav");
    getElement().setAttribute("aria-label", "Main");
  }

  /// Shows the pages that this caller may open, and which of them this is.
  ///
  /// @param caller null for somebody without a tenant
  /// @param operator whether the person is the platform's operator
  /// @param path of the page, such as `t/000000000000/executions/a/b`
  void show(@Nullable Caller caller, boolean operator, String path) {
    removeAll();
    for (List<Place> group : PLACES) {
      if (caller != null) {
        addGroup(
            group.stream()
                .filter(place -> caller.allows(place.permission()))
                .map(
                    place -> {
                      RouterLink link = place.link(caller.account());
                      if (place.view().equals(ApprovalsView.class)) {
                        link.add(waiting.apply(caller.account()));
                      }
                      return link;
                    })
                .toList(),
            path);
      }
    }
    if (operator) {
      var tenants = new RouterLink(TenantsView.class);
      tenants.getElement().setAttribute("title", "Tenants");
      tenants.add(Glyph.Name.TENANTS.glyph(), new Span("Tenants"));
      addGroup(List.of(tenants), path);
    }
  }

  private void addGroup(List<RouterLink> links, String path) {
    if (!links.isEmpty() && getComponentCount() > 0) {
      add(new Hr());
    }
    for (RouterLink link : links) {
      if (isWithin(path, link.getHref())) {
        link.getElement().setAttribute("aria-current", "page");
      }
      add(link);
    }
  }

  /// The keys that bring to pages, as the help lists them.
  static List<Shortcut> shortcuts() {
    return PLACES.stream()
        .flatMap(List::stream)
        .map(place -> new Shortcut("G " + place.key(), place.text()))
        .toList();
  }

  /// The pages that a caller may open, for the command palette.
  ///
  /// @param operator whether the person is the platform's operator
  static List<Open> open(Caller caller, boolean operator) {
    List<Open> open = new ArrayList<>();
    PLACES.stream()
        .flatMap(List::stream)
        .filter(place -> caller.allows(place.permission()))
        .map(place -> new Open(place.glyph(), place.text(), place.link(caller.account()).getHref()))
        .forEach(open::add);
    if (operator) {
      open.add(new Open(Glyph.Name.TENANTS, "Tenants", Links.TENANTS));
    }
    open.add(new Open(Glyph.Name.PERSON, "Profile and password", Links.PROFILE));
    return open;
  }

  /// @param href relative to the console's root
  record Open(Glyph.Name glyph, String text, String href) {}

  /// @param keys as they are printed
  record Shortcut(String keys, String page) {}

  private static boolean isWithin(String path, String page) {
    // A tenant's root is no page of its own that others could lie in.
    return path.equals(page) || (page.indexOf('/', 2) > 0 && path.startsWith(page + "/"));
  }
}
