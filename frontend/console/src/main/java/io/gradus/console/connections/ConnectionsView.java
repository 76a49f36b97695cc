package io.gradus.console.connections;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.Copy;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.RowTable;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import io.gradus.service.connection.Connection;
import io.gradus.service.connection.ConnectionKind;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.connection.ConnectionTrial;
import io.gradus.service.connection.OperatorsAws;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The connections by which tasks reach other systems: where they lead, and never their secrets.
@Route("t/:account([0-9]{12})/connections")
@PermitAll
@StyleSheet("gradus-people.css")
public final class ConnectionsView extends TenantPage {
  private static final long serialVersionUID = 1L;

  private final transient ConnectionService connections;
  private final transient ConnectionTrial trial;
  private final transient Clock clock;
  private final Button create = new Button("New connection…");
  private final PageHeader header = new PageHeader("Connections", create);
  private final Div rows = new Div();

  /// For whoever is signed in.
  public ConnectionsView(
      SignedIn signedIn, ConnectionService connections, ConnectionTrial trial, Clock clock) {
    super(signedIn);
    this.connections = connections;
    this.trial = trial;
    this.clock = clock;
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    create.addClickListener(click -> edit(null));
    rows.addClassName("g-page-rows");
    add(header, rows);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    create.setVisible(caller.allows(Permission.ADMINISTER));
    show(caller, event.getLocation().getQueryParameters().getSingleParameter("name").orElse(""));
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Connections"));
  }

  private void refresh() {
    show(caller(), "");
  }

  /// @param sought the name of the connection that somebody came for; empty for none
  private void show(Caller caller, String sought) {
    List<Connection> all = connections.list(caller);
    header.setMeta(all.isEmpty() ? "" : String.valueOf(all.size()));
    rows.removeAll();
    connections.operatorsAws(caller).ifPresent(given -> rows.add(operators(given)));
    if (all.isEmpty()) {
      rows.add(
          new EmptyState(
              "No connections",
              "Tasks reach AWS services, HTTP APIs, mail servers, databases and Slack by the"
                  + " connections that are kept here. Their secrets are sealed, and never part of a"
                  + " definition or a history.",
              create));
      return;
    }
    header.setActions(create);
    Instant now = clock.instant();
    Moments moments = Moments.here();
    var table =
        new RowTable<Connection>("Connections")
            .column("Name", null, ConnectionsView::name)
            .text("Kind", "g-nowrap", connection -> connection.kind().label())
            .column("Leads to", "g-wide", connection -> new Span(leadsTo(connection)))
            .column("Changed", null, connection -> changed(connection, moments, now))
            .column("", "g-actions", connection -> actions(connection, caller));
    table.pointingAt(connection -> connection.name().equals(sought)).setRows(all);
    rows.add(table);
  }

  /// What works without being in the list must be told: else nothing here explains why it does.
  private static Component operators(OperatorsAws given) {
    var note =
        new Paragraph(
            "AWS tasks of this tenant go by the operator's settings: "
                + leadsTo(given)
                + ". An AWS connection that is made here takes their place.");
    note.addClassNames("g-page-note", "g-break");
    return note;
  }

  static String leadsTo(OperatorsAws given) {
    String others = given.endpoint() == null ? "AWS" : given.endpoint();
    String where =
        given.endpoints().entrySet().stream()
            .map(one -> one.getKey() + " at " + one.getValue() + ", ")
            .collect(Collectors.joining());
    return where
        + (where.isEmpty() ? others : "other services at " + others)
        + " · "
        + given.region()
        + (given.accessKeyId() == null ? ", unsigned" : " as " + given.accessKeyId());
  }

  private static Component name(Connection connection) {
    var row = new Div(new Code(connection.name()));
    row.addClassName("g-tags");
    if (connection.kind() == ConnectionKind.HTTP) {
      row.add(new Copy(connection.arn(), "ARN of " + connection.name()));
    } else if (connection.isDefault()) {
      var mark = new Span("Default");
      mark.addClassName("g-tag");
      row.add(mark);
    }
    return row;
  }

  /// Where it leads and as whom, in a line.
  static String leadsTo(Connection connection) {
    Map<String, String> settings = connection.settings();
    return switch (connection.kind()) {
      case AWS -> aws(settings);
      case HTTP -> http(settings);
      case EMAIL ->
          settings.get("host") + ":" + settings.get("port") + " as " + settings.get("from");
      case SQL ->
          settings.get("username")
              + " at "
              + settings.get("host")
              + ":"
              + settings.get("port")
              + "/"
              + settings.get("database");
      case SLACK -> "A webhook";
    };
  }

  private static String aws(Map<String, String> settings) {
    String endpoint = settings.get("endpoint");
    String endpoints = settings.getOrDefault("endpoints", "");
    String where =
        endpoint != null
            ? endpoint
            : endpoints.isEmpty() ? "AWS" : String.join(", ", endpoints.lines().toList());
    String role = settings.get("roleArn");
    String key = settings.get("accessKeyId");
    String who = role != null ? " in " + role : key != null ? " as " + key : ", unsigned";
    return where + " · " + settings.get("region") + who;
  }

  private static String http(Map<String, String> settings) {
    String hosts = settings.getOrDefault("hosts", "");
    return (hosts.isEmpty() ? "Any host" : String.join(", ", hosts.lines().toList()))
        + " · "
        + switch (settings.getOrDefault("authorization", "NONE")) {
          case "BASIC" -> "as " + settings.get("username");
          case "API_KEY" -> "key in " + settings.get("keyName");
          case "OAUTH" -> "OAuth client " + settings.get("clientId");
          default -> "no authorization";
        };
  }

  private static Component changed(Connection connection, Moments moments, Instant now) {
    var by = new Span(" by " + connection.updatedBy());
    by.addClassName("g-secondary");
    return new Div(moments.span(connection.updatedAt(), now), by);
  }

  private Component actions(Connection connection, Caller caller) {
    var row = new Div();
    row.addClassName("g-row-actions");
    if (caller.allows(Permission.ADMINISTER)) {
      row.add(
          action("Edit…", connection, () -> edit(connection)),
          action("Delete…", connection, () -> delete(connection)));
    }
    return row;
  }

  private static Button action(String verb, Connection connection, Runnable work) {
    var button = new Button(verb, click -> work.run());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    button.setAriaLabel(verb.replace("…", "") + " " + connection.name());
    return button;
  }

  private void edit(@Nullable Connection connection) {
    new ConnectionDialog(connections, trial, this::caller, connection, this::refresh).open();
  }

  private void delete(Connection connection) {
    new FormDialog("Delete " + connection.name() + "?", "Delete connection")
        .dangerous()
        .with(
            new Span(
                "Tasks that call by it fail from then on. Its secrets are gone for good; what it led"
                    + " to is not touched."))
        .doing(
            () -> {
              connections.delete(caller(), connection.name());
              refresh();
              Notice.info("Deleted " + connection.name());
            })
        .open();
  }
}
