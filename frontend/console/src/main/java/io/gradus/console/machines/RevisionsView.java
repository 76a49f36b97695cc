package io.gradus.console.machines;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.editor.DiffView;
import io.gradus.console.machines.studio.Written;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.People;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.NothingThere;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.AuthoringService;
import io.gradus.service.definition.Revision;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What became of a definition: who saved what and when, what differs between any two, and the way
/// back.
@Route("t/:account([0-9]{12})/state-machines/:name/revisions")
@PermitAll
@StyleSheet("gradus-editor.css")
@StyleSheet("gradus-studio.css")
public final class RevisionsView extends TenantPage {
  private static final long serialVersionUID = 1L;

  private static final int PAGE = 100;

  private final transient AuthoringService authoring;
  private final transient Arns arns;
  private final PageHeader header = new PageHeader("Revisions");
  private final Div list = new Div();
  private final Select<Integer> from = new Select<>();
  private final Select<Integer> to = new Select<>();
  private final Span same = new Span("These two say the same.");
  private final Button restore = new Button("", click -> restore());
  private final DiffView diff = new DiffView();
  private final transient List<Revision.Summary> known = new ArrayList<>();
  private String name = "";
  private String arn = "";
  private @Nullable String more;

  /// Composes the page.
  public RevisionsView(SignedIn signedIn, AuthoringService authoring, Arns arns) {
    super(signedIn);
    this.authoring = authoring;
    this.arns = arns;
    addClassNames("g-page-fixed", "g-revisions");
    list.addClassName("g-revisions-list");
    list.getElement().setAttribute("role", "list");
    from.setAriaLabel("Compare from");
    to.setAriaLabel("Compare to");
    from.setPrefixComponent(new Span("From"));
    to.setPrefixComponent(new Span("to"));
    from.addValueChangeListener(event -> chosen(event.isFromClient()));
    to.addValueChangeListener(event -> chosen(event.isFromClient()));
    restore.addThemeVariants(ButtonVariant.LUMO_SMALL);
    same.addClassName("g-tertiary");
    var spring = new Span();
    spring.addClassName("g-grow");
    var bar = new Div(from, to, same, spring, restore);
    bar.addClassName("g-revisions-bar");
    var side = new Div(bar, diff);
    side.addClassName("g-revisions-diff");
    var both = new Div(list, side);
    both.addClassName("g-revisions-both");
    add(header, both);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    name = event.getRouteParameters().get("name").orElse("");
    arn = arns.stateMachine(caller, name).text();
    known.clear();
    more = null;
    try {
      load(caller);
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.STATE_MACHINE_DOES_NOT_EXIST) {
        throw NothingThere.stateMachine(account(), name);
      }
      throw refusal;
    }
    var query = event.getLocation().getQueryParameters();
    int newest = known.getFirst().number();
    int right = number(query.getSingleParameter("to").orElse(""), newest);
    int left = number(query.getSingleParameter("from").orElse(""), Math.max(1, right - 1));
    while (more != null && known.getLast().number() > Math.min(left, right)) {
      load(caller);
    }
    header.setHeading(name);
    header.setMeta("Revisions");
    var back = new Anchor(Links.stateMachine(account(), name), "Open in the studio");
    back.addClassName("g-button-link");
    var versions = new Anchor(Links.versions(account(), name), "Versions and aliases");
    versions.addClassName("g-button-link");
    header.setActions(versions, back);
    choose(left, right);
  }

  private int number(String text, int otherwise) {
    int newest = known.getFirst().number();
    return text.matches("[1-9]\\d{0,8}") && Integer.parseInt(text) <= newest
        ? Integer.parseInt(text)
        : otherwise;
  }

  private void load(Caller caller) {
    Page<Revision.Summary> page = authoring.revisions(caller, arn, new Page.Request(PAGE, more));
    known.addAll(page.items());
    more = page.next();
    List<Integer> numbers = known.stream().map(Revision.Summary::number).toList();
    Map<Integer, String> words =
        known.stream()
            .collect(Collectors.toMap(Revision.Summary::number, r -> "Revision " + r.number()));
    for (Select<Integer> select : List.of(from, to)) {
      select.setItems(numbers);
      select.setItemLabelGenerator(number -> words.getOrDefault(number, "Revision " + number));
    }
  }

  private void choose(int left, int right) {
    from.setValue(left);
    to.setValue(right);
    show();
  }

  private void chosen(boolean byPerson) {
    if (byPerson && from.getValue() != null && to.getValue() != null) {
      show();
      getUI()
          .ifPresent(
              ui ->
                  ui.getPage()
                      .getHistory()
                      .replaceState(
                          null,
                          new com.vaadin.flow.router.Location(
                              Links.revisions(account(), name),
                              QueryParameters.simple(
                                  Map.of(
                                      "from",
                                      String.valueOf(from.getValue()),
                                      "to",
                                      String.valueOf(to.getValue()))))));
    }
  }

  private void show() {
    Caller caller = caller();
    int left = from.getValue();
    int right = to.getValue();
    String before = text(caller, left);
    String after = text(caller, right);
    same.setText(left == right ? "This is one and the same revision." : "These two say the same.");
    same.setVisible(before.equals(after));
    diff.compare(
        new DiffView.Side("Revision " + left, before),
        new DiffView.Side("Revision " + right, after),
        Mode.JSON);
    restore.setText("Restore revision " + right);
    restore.setVisible(caller.allows(Permission.AUTHOR) && right != known.getFirst().number());
    rows();
  }

  private String text(Caller caller, int number) {
    return Written.laidOut(authoring.revision(caller, arn, number).definition()).text();
  }

  private void rows() {
    list.removeAll();
    Moments moments = Moments.here();
    Instant now = Clock.systemUTC().instant();
    for (Revision.Summary each : known) {
      var number = new Span("Revision " + each.number());
      number.addClassName("g-revision-number");
      var who = new Span(People.name(each.by()));
      who.addClassName("g-ellipsis");
      var row = new NativeButton();
      row.addClickListener(
          click -> {
            choose(Math.max(1, each.number() - 1), each.number());
            chosen(true);
          });
      row.add(number, who, moments.span(each.at(), now));
      row.addClassName("g-revision-row");
      if (Objects.equals(each.number(), to.getValue())) {
        row.getElement().setAttribute("aria-current", "true");
      }
      var item = new Div(row);
      item.getElement().setAttribute("role", "listitem");
      list.add(item);
    }
    if (more != null) {
      var next =
          new Button(
              "Show older ones",
              click -> {
                int left = from.getValue();
                int right = to.getValue();
                load(caller());
                choose(left, right);
              });
      next.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
      list.add(next);
    }
  }

  private void restore() {
    int number = to.getValue();
    var dialog =
        new ConfirmDialog(
            "Restore revision " + number + "?",
            "Its definition and its role become the newest revision. What there is now stays in this"
                + " list.",
            "Restore",
            confirm -> {
              Revision.Summary made = authoring.restore(caller(), arn, number);
              Notice.info("Restored as revision " + made.number());
              known.clear();
              more = null;
              load(caller());
              choose(Math.max(1, made.number() - 1), made.number());
            });
    dialog.setCancelable(true);
    dialog.open();
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(
        new Crumb("State machines", Links.stateMachines(account())),
        new Crumb(name, Links.stateMachine(account(), name)),
        new Crumb("Revisions"));
  }
}
