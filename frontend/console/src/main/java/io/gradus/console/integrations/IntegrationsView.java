package io.gradus.console.integrations;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.RowTable;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.catalog.Integration;
import io.gradus.service.catalog.IntegrationCatalog;
import io.gradus.service.connection.ConnectionKind;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;

/// Every service that a Task can call, and whether this tenant is connected to it.
@Route("t/:account([0-9]{12})/integrations")
@PermitAll
@StyleSheet("gradus-people.css")
public final class IntegrationsView extends TenantPage {
  private static final long serialVersionUID = 1L;
  private static final String WORDS = "q";

  private final transient IntegrationCatalog catalog;
  private final PageHeader header = new PageHeader("Integrations");
  private final TextField search = new TextField();
  private final Div rows = new Div();

  /// For whoever is signed in.
  public IntegrationsView(SignedIn signedIn, IntegrationCatalog catalog) {
    super(signedIn);
    this.catalog = catalog;
    search.setPlaceholder("Service or action");
    search.setAriaLabel("Service or action");
    search.setPrefixComponent(Glyph.Name.SEARCH.glyph());
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.setMaxLength(100);
    search.addValueChangeListener(
        change -> {
          show();
          if (change.isFromClient()) {
            remember(change.getValue().strip());
          }
        });
    search.addClassName("g-page-search");
    rows.addClassName("g-page-rows");
    add(header, search, rows);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    search.setValue(event.getLocation().getQueryParameters().getSingleParameter(WORDS).orElse(""));
    show();
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Integrations"));
  }

  private void remember(String words) {
    UI.getCurrent()
        .getPage()
        .getHistory()
        .replaceState(
            null,
            new Location(
                Links.integrations(account()),
                QueryParameters.simple(words.isEmpty() ? Map.of() : Map.of(WORDS, words))));
  }

  private void show() {
    List<Integration.Service> all = catalog.services(caller());
    List<Integration.Service> shown =
        all.stream()
            .filter(service -> IntegrationCatalog.matches(service, search.getValue()))
            .toList();
    int actions = all.stream().mapToInt(service -> service.integrations().size()).sum();
    header.setMeta(all.size() + " services, " + String.format("%,d", actions) + " actions");
    rows.removeAll();
    if (shown.isEmpty()) {
      rows.add(
          new EmptyState(
              "Nothing of that name",
              "Clients of further AWS services are added by the operator, as jars of the AWS SDK."));
      return;
    }
    var table =
        new RowTable<Integration.Service>("Integrations")
            .column("Service", "g-nowrap", this::name)
            .text("What for", "g-wide", Integration.Service::about)
            .text("Actions", "g-number", service -> String.valueOf(service.integrations().size()))
            .column("Connection", "g-nowrap", IntegrationsView::connection);
    table.setRows(shown);
    rows.add(table);
  }

  private Component name(Integration.Service service) {
    String part = search.getValue().strip();
    return new Anchor(
        Links.integration(account(), service.id())
            + (part.isEmpty() ? "" : "?" + WORDS + "=" + Links.encoded(part)),
        service.name());
  }

  /// Whether the tenant is connected to it.
  static Component connection(Integration.Service service) {
    ConnectionKind needs = service.needs();
    if (needs == null) {
      var none = new Span("None needed");
      none.addClassName("g-tertiary");
      return none;
    }
    if (service.connected()) {
      return new StatusMark(Status.SUCCEEDED, "Connected");
    }
    var missing = new Span("No " + needs.label() + " connection");
    missing.addClassName("g-secondary");
    return missing;
  }
}
