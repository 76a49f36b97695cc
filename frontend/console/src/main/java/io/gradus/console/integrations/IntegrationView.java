package io.gradus.console.integrations;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.Copy;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.RowTable;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.NothingThere;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.catalog.Integration;
import io.gradus.service.catalog.IntegrationCatalog;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The actions of one service: what each wants and gives, how it fails, and an example to start
/// from. An action in the address is open.
@Route("t/:account([0-9]{12})/integrations/:service")
@PermitAll
@StyleSheet("gradus-people.css")
public final class IntegrationView extends TenantPage {
  private static final long serialVersionUID = 1L;
  private static final String WORDS = "q";
  private static final String ACTION = "action";

  private final transient IntegrationCatalog catalog;
  private final PageHeader header = new PageHeader("");
  private final TextField search = new TextField();
  private final Div actions = new Div();
  private transient Integration.@Nullable Service service;

  /// For whoever is signed in.
  public IntegrationView(SignedIn signedIn, IntegrationCatalog catalog) {
    super(signedIn);
    this.catalog = catalog;
    search.setPlaceholder("Action");
    search.setAriaLabel("Action");
    search.setPrefixComponent(Glyph.Name.SEARCH.glyph());
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.setMaxLength(100);
    search.addValueChangeListener(change -> show(""));
    search.addClassName("g-page-search");
    actions.addClassName("g-calls");
    add(header, search, actions);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("service").orElse("");
    service =
        catalog.services(caller).stream()
            .filter(found -> found.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new NothingThere(
                        "There is no such integration",
                        "None of the services that tasks can call has this address.",
                        new Crumb("Integrations", Links.integrations(account()))));
    QueryParameters query = event.getLocation().getQueryParameters();
    String words = query.getSingleParameter(WORDS).orElse("");
    Integration.Service shown = service;
    header.setHeading(shown.name());
    header.setMeta(state(shown));
    // A word that found the service by its own name says nothing of its actions.
    search.setValue(shown.integrations().stream().anyMatch(call -> has(call, words)) ? words : "");
    show(query.getSingleParameter(ACTION).orElse(""));
  }

  private Component state(Integration.Service shown) {
    Component mark = IntegrationsView.connection(shown);
    if (shown.needs() == null || shown.connected()) {
      return mark;
    }
    var row = new Div(mark, new Anchor(Links.connections(account()), "Connections"));
    row.addClassName("g-tags");
    return row;
  }

  @Override
  public List<Crumb> crumbs() {
    Integration.Service shown = service;
    return List.of(
        new Crumb("Integrations", Links.integrations(account())),
        new Crumb(shown == null ? "" : shown.name()));
  }

  private static boolean has(Integration call, String words) {
    return call.action().toLowerCase(Locale.ROOT).contains(words.strip().toLowerCase(Locale.ROOT));
  }

  private void show(String open) {
    actions.removeAll();
    Integration.Service shown = service;
    if (shown == null) {
      return;
    }
    if (!shown.about().isEmpty()) {
      var about = new Paragraph(shown.about());
      about.addClassName("g-secondary");
      actions.add(about);
    }
    List<Integration> found =
        shown.integrations().stream().filter(call -> has(call, search.getValue())).toList();
    if (found.isEmpty()) {
      actions.add(new EmptyState("Nothing of that name", "Try a part of the action's name."));
      return;
    }
    boolean both =
        found.stream().anyMatch(Integration::optimised)
            && !found.stream().allMatch(Integration::optimised);
    part(
        found.stream().filter(Integration::optimised).toList(),
        both ? "Made simple" : "Actions",
        open);
    part(
        found.stream().filter(call -> !call.optimised()).toList(),
        both ? "Every action, by aws-sdk" : "Actions",
        open);
  }

  private void part(List<Integration> calls, String heading, String open) {
    if (!calls.isEmpty()) {
      actions.add(new H2(heading));
    }
    for (Integration call : calls) {
      var details = new NativeDetails(summary(call));
      details.addClassName("g-call");
      details.getElement().setAttribute("data-resource", call.resource());
      details.addToggleListener(
          toggle -> {
            if (toggle.isOpened()) {
              fill(details, call);
            }
          });
      if (call.action().equals(open)) {
        fill(details, call);
        details.setOpen(true);
      }
      actions.add(details);
    }
  }

  private static Component summary(Integration call) {
    var name = new Span(call.action());
    name.addClassName("g-strong");
    var row = new Span(name);
    row.addClassName("g-tags");
    call.patterns()
        .forEach(
            pattern -> {
              String ending = IntegrationCatalog.ending(pattern);
              row.add(tag(ending.isEmpty() ? "request-response" : ending));
            });
    if (!call.callable()) {
      row.add(tag("not on board"));
    }
    return row;
  }

  private static Component tag(String text) {
    var tag = new Span(text);
    tag.addClassName("g-tag");
    return tag;
  }

  private void fill(NativeDetails details, Integration call) {
    Integration.Detail detail = catalog.describe(caller(), call.resource());
    var content = new Div();
    content.addClassName("g-call-detail");
    if (!call.callable()) {
      content.add(
          new Paragraph(
              "This server has no client for it: a definition may name it, and its task fails."));
    }
    if (!detail.about().isEmpty()) {
      content.add(new Paragraph(detail.about()));
    }
    var arn = new Div(new Code(call.resource()), new Copy(call.resource(), "resource"));
    arn.addClassName("g-row");
    content.add(arn);
    fields(content, "Arguments", detail.arguments());
    fields(content, "Result", detail.result());
    if (!detail.errors().isEmpty()) {
      var errors = new Div();
      errors.addClassName("g-tags");
      detail.errors().forEach(error -> errors.add(new Code(error)));
      content.add(section("Errors", errors));
    }
    var example = new Pre(detail.example());
    example.getElement().setAttribute("tabindex", "0");
    example.getElement().setAttribute("role", "region");
    example.getElement().setAttribute("aria-label", "Example of " + call.resource());
    content.add(section("Example", example, new Copy(detail.example(), "example")));
    details.setContent(content);
  }

  private static void fields(Div content, String heading, List<Integration.Field> fields) {
    if (fields.isEmpty()) {
      return;
    }
    boolean told = fields.stream().anyMatch(field -> !field.about().isEmpty());
    var table =
        new RowTable<Integration.Field>(heading)
            .column("Name", null, field -> new Code(field.name()))
            .text("Type", "g-nowrap", Integration.Field::type)
            .text("", "g-nowrap", field -> field.required() ? "required" : "");
    if (told) {
      table.text("About", "g-wide", Integration.Field::about);
    }
    table.setRows(fields);
    content.add(section(heading, table));
  }

  private static Section section(String heading, Component... parts) {
    var section = new Section(new H3(heading));
    section.add(parts);
    return section;
  }
}
