package io.gradus.console.machines;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.asl.validate.MachineType;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.ListKeys;
import io.gradus.console.part.Moments;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.People;
import io.gradus.console.part.RoomyColumns;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.KeyHint;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.Role.Permission;
import io.gradus.service.definition.AuthoringService;
import io.gradus.service.definition.MachineEntry;
import io.gradus.service.template.TemplateService;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// The state machines of a tenant; three ways in where there are none.
@Route("t/:account([0-9]{12})/state-machines")
@PermitAll
@StyleSheet("gradus-studio.css")
public final class MachinesView extends TenantPage {
  private static final long serialVersionUID = 1L;

  /// So many are listed; who has more searches.
  private static final int MOST = 1_000;

  private final transient AuthoringService authoring;
  private final transient TemplateService templates;
  private final Grid<MachineEntry> grid = new Grid<>();
  private final TextField search = new TextField();
  private final PageHeader header = new PageHeader("State machines");
  private final Div body = new Div();
  private transient Moments moments = new Moments(java.time.ZoneOffset.UTC);
  private transient Instant now = Instant.EPOCH;

  /// Composes the page.
  public MachinesView(SignedIn signedIn, AuthoringService authoring, TemplateService templates) {
    super(signedIn);
    this.templates = templates;
    this.authoring = authoring;
    addClassName("g-machines");
    addClassName("g-page-fixed");
    search.setPlaceholder("Search by name");
    search.setAriaLabel("Search by name");
    search.setPrefixComponent(Glyph.Name.SEARCH.glyph());
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.addValueChangeListener(event -> list(caller()));
    search.addClassName("g-machines-search");
    columns();
    body.addClassName("g-machines-body");
    add(header, body, new ListKeys(grid, this::open));
  }

  private void columns() {
    grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_COMPACT);
    grid.addComponentColumn(this::name).setHeader("Name").setFlexGrow(3).setKey("name");
    var type =
        grid.addComponentColumn(MachinesView::type)
            .setHeader("Type")
            .setWidth("7rem")
            .setFlexGrow(0);
    var revision =
        grid.addColumn(entry -> entry.newest().number())
            .setHeader("Revision")
            .setWidth("6rem")
            .setFlexGrow(0);
    var changed = grid.addComponentColumn(this::changed).setHeader("Last changed").setFlexGrow(1);
    grid.addComponentColumn(this::last).setHeader("Last execution").setFlexGrow(1).setKey("last");
    grid.setSizeFull();
    grid.getElement().setAttribute("aria-label", "State machines");
    // A phone finds them in the studio.
    RoomyColumns.of(grid, List.of(type, revision, changed));
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    boolean writes = caller.allows(Permission.AUTHOR);
    moments = Moments.here();
    if (writes) {
      var upload = new Button("Import…", click -> new ImportDialog(this::caller).open());
      var create = new Anchor(Links.create(account()), "Create state machine");
      create.addClassNames("g-button-link", "g-button-link-primary");
      header.setActions(search, upload, create);
    } else {
      header.setActions(search);
    }
    list(caller);
  }

  private void list(Caller caller) {
    now = Clock.systemUTC().instant();
    String part = search.getValue().strip();
    Page<MachineEntry> found = authoring.list(caller, part, new Page.Request(MOST, null));
    body.removeAll();
    header.setVisible(true);
    if (found.items().isEmpty()) {
      if (part.isEmpty()) {
        header.setVisible(false);
        body.add(
            new FirstScreen(account(), templates, this::caller, caller.allows(Permission.AUTHOR)));
      } else {
        body.add(
            new EmptyState(
                "No state machine has \"" + part + "\" in its name",
                "Names are searched in any case, and any part of them.",
                new Button("Show all", click -> search.clear())));
      }
      return;
    }
    header.setMeta(
        found.next() == null
            ? String.valueOf(found.items().size())
            : "The first " + MOST + "; search to find others");
    grid.setItems(found.items());
    body.add(grid);
  }

  private void open(MachineEntry entry) {
    getUI().ifPresent(ui -> ui.navigate(Links.stateMachine(account(), entry.name())));
  }

  private Component name(MachineEntry entry) {
    var link = new Anchor(Links.stateMachine(account(), entry.name()), entry.name());
    link.addClassNames("g-machine-name", "g-ellipsis");
    link.setTitle(entry.name());
    return link;
  }

  private static Component type(MachineEntry entry) {
    var tag = new Span(entry.type() == MachineType.STANDARD ? "standard" : "express");
    tag.addClassName("g-tag");
    return tag;
  }

  private Component changed(MachineEntry entry) {
    var by = new Span("by " + People.name(entry.newest().by()));
    by.addClassNames("g-tertiary", "g-ellipsis");
    by.setTitle(by.getText());
    var cell = new Span(moments.span(entry.newest().at(), now), by);
    cell.addClassNames("g-row", "g-ellipsis");
    return cell;
  }

  private Component last(MachineEntry entry) {
    MachineEntry.Last last = entry.last();
    if (last == null) {
      var none = new Span("never run");
      none.addClassName("g-tertiary");
      return none;
    }
    var when = new Span(Moments.relative(last.startedAt(), now));
    when.addClassName("g-tertiary");
    var mark = new StatusMark(Status.of(last.status()));
    var link = new Anchor(Links.execution(account(), entry.name(), last.name()), mark);
    link.add(when);
    link.addClassName("g-row");
    link.setTitle(last.name());
    return link;
  }

  @Override
  public List<KeyHint> keys() {
    return List.of(
        new KeyHint("J K", "next and previous state machine"), new KeyHint("Enter", "open it"));
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("State machines"));
  }
}
