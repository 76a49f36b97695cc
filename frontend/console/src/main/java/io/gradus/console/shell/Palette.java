package io.gradus.console.shell;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gradus.console.part.Glyph;
import io.gradus.console.session.Links;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.catalog.Integration;
import io.gradus.service.catalog.IntegrationCatalog;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Goes to any page, state machine or integration by a part of its name. Arrows walk through what
/// was found, Enter opens the first.
final class Palette extends Dialog {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 12;
  private static final int PAGE = 1000;
  private static final int MACHINES = 10_000;

  private final TextField field = new TextField();
  private final UnorderedList found = new UnorderedList();
  private final Paragraph nothing =
      new Paragraph("No page, state machine or integration has that in its name.");
  private final transient List<Target> targets = new ArrayList<>();

  private record Target(Glyph.Name glyph, String text, String kind, String href) {}

  Palette(Caller caller, StateMachineService machines, IntegrationCatalog catalog) {
    addClassName("g-palette");
    getElement().setAttribute("aria-label", "Search or go to");
    Navigation.open(caller)
        .forEach(page -> targets.add(new Target(page.glyph(), page.text(), "Page", page.href())));
    names(caller, machines)
        .forEach(
            name ->
                targets.add(
                    new Target(
                        Glyph.Name.MACHINES,
                        name,
                        "State machine",
                        Links.stateMachine(caller.account(), name))));
    integrations(caller, catalog);
    field.setPlaceholder("Page, state machine or integration");
    field.setAriaLabel("Page, state machine or integration");
    field.setPrefixComponent(Glyph.Name.SEARCH.glyph());
    field.setWidthFull();
    field.setAutofocus(true);
    field.setValueChangeMode(ValueChangeMode.EAGER);
    field.addValueChangeListener(change -> show(change.getValue()));
    nothing.addClassName("g-secondary");
    add(field, found, nothing);
    show("");
  }

  /// Those that AWS or we made simple, one by one, and the services of the others.
  private void integrations(Caller caller, IntegrationCatalog catalog) {
    for (Integration.Service service : catalog.services(caller)) {
      String page = Links.integration(caller.account(), service.id());
      targets.add(new Target(Glyph.Name.TASK, service.name(), "Integration", page));
      service.integrations().stream()
          .filter(Integration::optimised)
          .forEach(
              call ->
                  targets.add(
                      new Target(
                          Glyph.Name.TASK,
                          service.name() + ": " + call.action(),
                          "Integration",
                          page + "?action=" + call.action())));
    }
  }

  private void show(String part) {
    found.removeAll();
    String wanted = part.strip().toLowerCase(Locale.ROOT);
    targets.stream()
        .filter(target -> target.text().toLowerCase(Locale.ROOT).contains(wanted))
        .limit(SHOWN)
        .forEach(target -> found.add(new ListItem(link(target))));
    nothing.setVisible(found.getComponentCount() == 0);
  }

  private Anchor link(Target target) {
    var text = new Span(target.text());
    text.addClassName("g-ellipsis");
    var kind = new Span(target.kind());
    kind.addClassName("g-tertiary");
    var link = new Anchor(target.href(), target.glyph().glyph(), text, kind);
    link.getElement().addEventListener("click", click -> close());
    return link;
  }

  private static List<String> names(Caller caller, StateMachineService machines) {
    List<String> names = new ArrayList<>();
    String next = null;
    do {
      Page<StateMachine.Summary> page = machines.list(caller, new Page.Request(PAGE, next));
      page.items().forEach(machine -> names.add(machine.name()));
      next = page.next();
    } while (next != null && names.size() < MACHINES);
    return names;
  }
}
