package io.gradus.console.machines;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.gradus.console.editor.JsonView;
import io.gradus.console.executions.StartDialog;
import io.gradus.console.part.Copy;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.RowTable;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.AliasService;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.definition.Version;
import io.gradus.service.definition.VersionService;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is published of a state machine: its versions, which never change, and the aliases that
/// stand for them.
@Route("t/:account([0-9]{12})/state-machines/:name/versions")
@PermitAll
@StyleSheet("gradus-people.css")
@StyleSheet("gradus-editor.css")
@StyleSheet("gradus-studio.css")
public final class VersionsView extends TenantPage {
  private static final long serialVersionUID = 1L;

  private static final int PAGE = 100;
  private static final int MAX_DESCRIPTION = 256;

  private final transient StateMachineService machines;
  private final transient VersionService versions;
  private final transient AliasService aliases;
  private final transient Arns arns;
  private final transient Clock clock;
  private final PageHeader header = new PageHeader("");
  private final Button publish = new Button("Publish version…", click -> publish());
  private final Button alias = new Button("Create alias…", click -> createAlias());
  private final Div rows = new Div();
  private final transient List<Version.Summary> known = new ArrayList<>();
  private String name = "";
  private String arn = "";
  private @Nullable String more;

  /// Composes the page.
  public VersionsView(
      SignedIn signedIn,
      StateMachineService machines,
      VersionService versions,
      AliasService aliases,
      Arns arns,
      Clock clock) {
    super(signedIn);
    this.machines = machines;
    this.versions = versions;
    this.aliases = aliases;
    this.arns = arns;
    this.clock = clock;
    publish.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    rows.addClassNames("g-page-rows", "g-versions");
    add(header, rows);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    name = event.getRouteParameters().get("name").orElse("");
    arn = arns.stateMachine(caller, name).text();
    header.setHeading(name);
    header.setMeta("Versions and aliases");
    try {
      refresh();
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.STATE_MACHINE_DOES_NOT_EXIST) {
        event.rerouteToError(NotFoundException.class, refusal.forPeople());
        return;
      }
      throw refusal;
    }
  }

  private void refresh() {
    known.clear();
    more = null;
    load();
    show();
  }

  private void load() {
    Page<Version.Summary> page = versions.list(caller(), arn, new Page.Request(PAGE, more));
    known.addAll(page.items());
    more = page.next();
  }

  private void show() {
    boolean writes = caller().allows(Permission.AUTHOR);
    var back = new Anchor(Links.stateMachine(account(), name), "Open in the studio");
    back.addClassName("g-button-link");
    rows.removeAll();
    if (known.isEmpty()) {
      header.setActions(back);
      var empty =
          new EmptyState(
              "No versions",
              "A version keeps the definition and the role as they are now, whatever is saved later."
                  + " An alias such as “live” stands for a version, and can be moved to the next.");
      if (writes) {
        empty.add(publish);
      }
      rows.add(empty);
      return;
    }
    header.setActions(writes ? new Component[] {back, alias, publish} : new Component[] {back});
    Moments moments = Moments.here();
    Instant now = clock.instant();
    rows.add(new H2("Aliases"));
    List<AliasService.View> named =
        aliases.list(caller(), arn, new Page.Request(PAGE, null)).items();
    if (named.isEmpty()) {
      var none = new Paragraph("None yet. An alias gives a version a name to be started by.");
      none.addClassName("g-secondary");
      rows.add(none);
    } else {
      var table =
          new RowTable<AliasService.View>("Aliases")
              .column("Alias", "g-break", each -> named(each.name(), each.arn()))
              .text("Stands for", null, VersionsView::routes)
              .text("Description", "g-wide", each -> text(each.description()))
              .column("Changed", null, each -> moments.span(each.updatedAt(), now))
              .column("", "g-actions", this::actions);
      table.setRows(named);
      rows.add(table);
    }
    rows.add(new H2("Versions"));
    var table =
        new RowTable<Version.Summary>("Versions")
            .column(
                "Version",
                "g-nowrap",
                each -> named("Version " + AliasDialog.qualifier(each.arn()), each.arn()))
            .text("Description", "g-wide", each -> text(each.description()))
            .column("Published", null, each -> moments.span(each.createdAt(), now))
            .column("", "g-actions", this::actions);
    table.setRows(known);
    rows.add(table);
    if (more != null) {
      var older =
          new Button(
              "Show older ones",
              click -> {
                load();
                show();
              });
      older.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
      rows.add(older);
    }
  }

  private static Component named(String text, String arn) {
    var row = new Div(new Span(text), new Copy(arn, "ARN of " + text));
    row.addClassName("g-row");
    return row;
  }

  private static String text(@Nullable String description) {
    return description == null ? "" : description;
  }

  private static String routes(AliasService.View alias) {
    if (alias.routes().size() == 1) {
      return "Version " + AliasDialog.qualifier(alias.routes().getFirst().versionArn());
    }
    return alias.routes().stream()
        .map(
            route ->
                "Version " + AliasDialog.qualifier(route.versionArn()) + " " + route.weight() + "%")
        .collect(Collectors.joining(", "));
  }

  private Component actions(AliasService.View each) {
    var row = new Div();
    row.addClassName("g-row-actions");
    if (caller().allows(Permission.RUN)) {
      row.add(action("Start…", each.name(), () -> StartDialog.openAt(caller(), each.arn())));
    }
    if (caller().allows(Permission.AUTHOR)) {
      row.add(
          action("Edit…", each.name(), () -> edit(each)),
          action(
              "Delete…",
              each.name(),
              () ->
                  delete(
                      each.name(),
                      "Who starts it by that name is refused from then on.",
                      () -> aliases.delete(caller(), each.arn()))));
    }
    return row;
  }

  private Component actions(Version.Summary each) {
    String words = "version " + AliasDialog.qualifier(each.arn());
    var row = new Div();
    row.addClassName("g-row-actions");
    row.add(action("Definition", words, () -> definition(each)));
    if (caller().allows(Permission.RUN)) {
      row.add(action("Start…", words, () -> StartDialog.openAt(caller(), each.arn())));
    }
    if (caller().allows(Permission.AUTHOR)) {
      row.add(
          action(
              "Delete…",
              words,
              () ->
                  delete(
                      words,
                      "Its number is not given again. Executions that it runs go on to their end.",
                      () -> versions.delete(caller(), each.arn()))));
    }
    return row;
  }

  private static Button action(String verb, String of, Runnable work) {
    var button = new Button(verb, click -> work.run());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    button.setAriaLabel(verb.replace("…", "") + " " + of);
    return button;
  }

  private void publish() {
    var description = new TextField("Description (optional)");
    description.setMaxLength(MAX_DESCRIPTION);
    description.setWidthFull();
    new FormDialog("Publish a version of " + name, "Publish version")
        .with(
            new Span(
                "The definition and the role, as they were saved last, get a number for good."),
            description)
        .doing(
            () -> {
              String text = description.getValue().strip();
              Version.Summary made =
                  versions.publish(caller(), arn, null, text.isEmpty() ? null : text);
              boolean before = known.stream().anyMatch(each -> each.arn().equals(made.arn()));
              refresh();
              String number = AliasDialog.qualifier(made.arn());
              Notice.info(
                  before
                      ? "Nothing changed since version " + number
                      : "Published as version " + number);
            })
        .open();
    description.focus();
  }

  private void createAlias() {
    new AliasDialog(arnsOfVersions(), null)
        .open(
            "Create alias",
            "Create alias",
            wanted -> {
              aliases.create(caller(), wanted.name(), wanted.description(), wanted.routes());
              refresh();
              Notice.info("Created " + wanted.name());
            });
  }

  private void edit(AliasService.View before) {
    new AliasDialog(arnsOfVersions(), before)
        .open(
            "Edit " + before.name(),
            "Save alias",
            wanted -> {
              aliases.update(caller(), before.arn(), wanted.description(), wanted.routes());
              refresh();
              Notice.info("Saved " + before.name());
            });
  }

  private List<String> arnsOfVersions() {
    return known.stream().map(Version.Summary::arn).toList();
  }

  private void definition(Version.Summary version) {
    var view = new JsonView("Definition", name + ".asl.json");
    view.setPayload(machines.describe(caller(), version.arn()).definition());
    var dialog = new Dialog(view);
    dialog.setHeaderTitle(name + ", version " + AliasDialog.qualifier(version.arn()));
    dialog.setWidth("720px");
    var close = new Button("Close", click -> dialog.close());
    close.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    dialog.getFooter().add(close);
    dialog.open();
  }

  private void delete(String what, String consequence, Runnable work) {
    new FormDialog("Delete " + what + "?", "Delete " + what)
        .dangerous()
        .with(new Span(consequence))
        .doing(
            () -> {
              work.run();
              refresh();
              Notice.info("Deleted " + what);
            })
        .open();
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(
        new Crumb("State machines", Links.stateMachines(account())),
        new Crumb(name, Links.stateMachine(account(), name)),
        new Crumb("Versions"));
  }
}
