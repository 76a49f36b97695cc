package io.gradus.console.executions;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.splitlayout.SplitLayout;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import io.gradus.asl.graph.StateGraph;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.KeyHint;
import io.gradus.console.session.Links;
import io.gradus.console.session.NothingThere;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.engine.Fact;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.execution.ExecutionWatch;
import io.gradus.service.execution.view.Visit;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Two executions beside each other: where they part, how each state went in both, and what it got
/// and gave. What is selected stands in the address. It follows both while they run.
@Route("t/:account([0-9]{12})/executions/:machine/:name/compare/:otherMachine/:otherName")
@PermitAll
@StyleSheet("gradus-people.css")
@StyleSheet("gradus-executions.css")
@StyleSheet("gradus-compare.css")
public final class ComparePage extends TenantPage {
  private static final long serialVersionUID = 1L;

  private final transient ExecutionFinder finder;
  private final transient ExecutionWatch watch;
  private final transient List<LiveUpdate> live = new ArrayList<>();
  private RouteParameters at = RouteParameters.empty();
  private transient @Nullable Parts parts;
  private transient CompareQuery query = CompareQuery.ALL;

  /// What the page is composed of, for two executions.
  private record Parts(
      Compared compared,
      CompareHead head,
      Paragraph parting,
      Tabs panes,
      Map<CompareQuery.Pane, Tab> byPane,
      Div frame,
      CompareGraph graph,
      CompareTable table,
      CompareData data) {}

  /// A page over these use cases.
  public ComparePage(SignedIn signedIn, ExecutionFinder finder, ExecutionWatch watch) {
    super(signedIn);
    this.finder = finder;
    this.watch = watch;
    addClassNames("g-page-fixed", "g-exec", "g-cmp");
  }

  @Override
  public boolean usesRail() {
    return true;
  }

  @Override
  public List<KeyHint> keys() {
    return List.of(
        new KeyHint("↑ ↓ ← →", "from state to state, in the graph"),
        new KeyHint("Enter", "show what both got"),
        new KeyHint("+ - 0", "zoom the graph"));
  }

  @Override
  public List<Crumb> crumbs() {
    String machine = parameter("machine");
    String name = parameter("name");
    return List.of(
        new Crumb("Executions", Links.executions(account())),
        new Crumb(machine, Links.executionsOf(account(), machine)),
        new Crumb(name, Links.execution(account(), machine, name)),
        new Crumb("Compared with " + parameter("otherName")));
  }

  private String parameter(String name) {
    return at.get(name).orElse("");
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    query = CompareQuery.of(event.getLocation().getQueryParameters());
    RouteParameters wanted = event.getRouteParameters();
    Parts now = parts;
    if (now == null || !wanted.equals(at)) {
      at = wanted;
      now = open(caller);
    }
    show(now);
  }

  private Parts open(Caller caller) {
    unfollow();
    removeAll();
    parts = null;
    CompareSide left = read(caller, parameter("machine"), parameter("name"));
    CompareSide right = read(caller, parameter("otherMachine"), parameter("otherName"));
    Parts composed = compose(new Compared(left, right));
    parts = composed;
    update(composed);
    if (isAttached()) {
      getUI().ifPresent(this::follow);
    }
    return composed;
  }

  private CompareSide read(Caller caller, String machine, String name) {
    try {
      return CompareSide.read(caller, finder, machine, name);
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.EXECUTION_DOES_NOT_EXIST) {
        throw NothingThere.execution(account(), machine, name);
      }
      throw refusal;
    }
  }

  private Parts compose(Compared compared) {
    CompareHead head =
        new CompareHead(
            compared,
            account(),
            this::swap,
            side -> Payloads.failure(event(side, side.course().endEvent())));
    Paragraph parting = new Paragraph();
    parting.getElement().setAttribute("role", "status");
    Div told = new Div(parting);
    told.addClassName("g-cmp-told");
    revisions(compared).forEach(told::add);
    CompareGraph graph = new CompareGraph(compared, this::select);
    CompareTable table = new CompareTable(this::go, this::href);
    CompareData data = new CompareData(compared, new Reading(), this::go);
    SplitLayout upper = new SplitLayout(graph, table);
    upper.setSplitterPosition(40);
    upper.addClassName("g-exec-upper");
    SplitLayout both = new SplitLayout(upper, data, SplitLayout.Orientation.VERTICAL);
    both.setSplitterPosition(58);
    both.addClassName("g-exec-split");
    Div frame = new Div(both);
    frame.addClassNames("g-exec-frame", "g-cmp-frame");
    Map<CompareQuery.Pane, Tab> byPane = new EnumMap<>(CompareQuery.Pane.class);
    Tabs panes = new Tabs();
    for (CompareQuery.Pane pane : CompareQuery.Pane.values()) {
      Tab tab = new Tab(pane.label());
      byPane.put(pane, tab);
      panes.add(tab);
    }
    panes.addClassNames("g-tabs", "g-exec-panes");
    panes.addSelectedChangeListener(
        change ->
            byPane.forEach(
                (pane, tab) -> {
                  if (tab.equals(change.getSelectedTab()) && pane != pane(query)) {
                    go(query.withPane(pane));
                  }
                }));
    add(head, told, panes, frame);
    return new Parts(compared, head, parting, panes, byPane, frame, graph, table, data);
  }

  /// Says that they ran different definitions, with the way to what became of it.
  private List<Component> revisions(Compared compared) {
    ExecutionFinder.Row left = compared.left().row();
    ExecutionFinder.Row right = compared.right().row();
    if (!left.stateMachine().equals(right.stateMachine())) {
      return List.of(
          new Paragraph(
              "They are of different state machines; states are matched by their names."));
    }
    if (left.revision() == right.revision()) {
      return List.of();
    }
    String alike = compared.isOtherDefinition() ? "" : ", which say the same";
    Anchor compare =
        new Anchor(
            Links.revisions(account(), left.stateMachine(), left.revision(), right.revision()),
            "Compare the revisions");
    return List.of(
        new Paragraph(
            new Span(
                "A ran revision %d, B revision %d%s. "
                    .formatted(left.revision(), right.revision(), alike)),
            compare));
  }

  private void update(Parts now) {
    now.head().update();
    now.graph().update(now.compared());
    now.parting().removeAll();
    for (PartingText.Piece piece : PartingText.of(now.compared())) {
      now.parting()
          .add(
              piece.state()
                  ? new Anchor(href(query.withState(piece.text())), piece.text())
                  : new Span(piece.text()));
    }
  }

  private void show(Parts now) {
    now.table().show(now.compared().rows(), query);
    now.data().show(query);
    StateGraph.Node node = now.compared().node(query.state());
    now.graph().select(node == null ? null : node.id());
    CompareQuery.Pane pane = pane(query);
    now.panes().setSelectedTab(now.byPane().get(pane));
    now.frame().getElement().setAttribute("data-pane", pane.name().toLowerCase(Locale.ROOT));
  }

  /// What a phone shows where the address does not say: a link to a state leads to its data.
  private static CompareQuery.Pane pane(CompareQuery query) {
    CompareQuery.Pane said = query.pane();
    return said != null
        ? said
        : query.state() == null ? CompareQuery.Pane.STATES : CompareQuery.Pane.DATA;
  }

  private void select(@Nullable String state) {
    go(query.withState(state));
  }

  private void go(CompareQuery to) {
    getUI().ifPresent(ui -> ui.navigate(ComparePage.class, at, to.query()));
  }

  private String href(CompareQuery to) {
    String query = to.query().getQueryString();
    return Links.comparison(
            account(),
            parameter("machine"),
            parameter("name"),
            parameter("otherMachine"),
            parameter("otherName"))
        + (query.isEmpty() ? "" : "?" + query);
  }

  private void swap() {
    RouteParameters swapped =
        new RouteParameters(
            new RouteParam("account", account()),
            new RouteParam("machine", parameter("otherMachine")),
            new RouteParam("name", parameter("otherName")),
            new RouteParam("otherMachine", parameter("machine")),
            new RouteParam("otherName", parameter("name")));
    QueryParameters same = query.query();
    getUI().ifPresent(ui -> ui.navigate(ComparePage.class, swapped, same));
  }

  private Fact.@Nullable HistoryEvent event(CompareSide side, long id) {
    if (id == 0) {
      return null;
    }
    List<Fact.HistoryEvent> found = finder.events(caller(), side.row(), List.of(id));
    return found.isEmpty() ? null : found.getFirst();
  }

  private final class Reading implements CompareData.Reader {
    @Override
    public Fact.@Nullable HistoryEvent read(CompareSide side, long event) {
      return event(side, event);
    }

    @Override
    public String href(CompareSide side, @Nullable Visit visit, CompareQuery.Tab tab) {
      Selection.Tab there =
          switch (tab) {
            case INPUT -> Selection.Tab.INPUT;
            case OUTPUT -> Selection.Tab.OUTPUT;
            case ERROR -> Selection.Tab.ERROR;
            case DEFINITION -> Selection.Tab.DEFINITION;
          };
      Selection selection = Selection.NONE.withTab(there);
      if (visit != null) {
        selection = selection.withState(visit.state(), visit.frame().value(), visit.enteredEvent());
      }
      return Links.execution(account(), side.row().stateMachine(), side.row().name())
          + "?"
          + selection.query().getQueryString();
    }
  }

  @Override
  protected void onAttach(AttachEvent event) {
    follow(event.getUI());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    unfollow();
  }

  /// Those that are over are followed too: somebody may redrive them.
  private void follow(UI ui) {
    Parts now = parts;
    if (now == null || !live.isEmpty()) {
      return;
    }
    Caller caller = caller();
    for (CompareSide side : List.of(now.compared().left(), now.compared().right())) {
      LiveUpdate following =
          new LiveUpdate(
              ui,
              LiveUpdate.NOW_AND_THEN,
              moved -> watch.watch(caller, side.row(), moved),
              () -> {
                ExecutionLookup.Outline read = side.unread(caller, finder);
                return read.facts().isEmpty() ? null : () -> news(now, side, read);
              });
      live.add(following);
      // What happened between reading and listening.
      following.moved();
    }
  }

  private void news(Parts now, CompareSide side, ExecutionLookup.Outline read) {
    if (now.equals(parts)) {
      side.apply(read);
      now.compared().refresh();
      update(now);
      show(now);
      if (read.isMore()) {
        live.forEach(LiveUpdate::moved);
      }
    }
  }

  private void unfollow() {
    live.forEach(LiveUpdate::close);
    live.clear();
  }
}
