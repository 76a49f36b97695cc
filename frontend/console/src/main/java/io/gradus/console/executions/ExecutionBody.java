package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.splitlayout.SplitLayout;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import io.gradus.console.graph.NodeStatus;
import io.gradus.console.graph.StateGraphView;
import io.gradus.console.part.Moments;
import io.gradus.engine.Fact;
import io.gradus.engine.MapRun;
import io.gradus.service.execution.view.Attempt;
import io.gradus.service.execution.view.Visit;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The parts of an execution's page, and how they follow what is selected and what happens.
final class ExecutionBody {
  private final Followed followed;
  private final Deeds deeds;
  private final boolean mayRun;
  private final ExecutionHeader header;
  private final StateGraphView graph = new StateGraphView();
  private final Legend legend = new Legend();
  private final Inspector inspector;
  private final Timeline timeline;
  private final EventTable events;
  private final StepList steps;
  private final Div lower = new Div();
  private final MomentBar moment;
  private final MomentBar phoneMoment;
  private final MomentKeys momentKeys;
  private final Div frame = new Div();
  private final Tabs panes = new Tabs();
  private final Span pauseKey = band("pause", "ended, until the redrive");
  private final Div key = bands();
  private final Map<Selection.Pane, Tab> byPane = new EnumMap<>(Selection.Pane.class);
  private final Tabs lowerTabs = new Tabs();
  private final Tab timelineTab = new Tab("Timeline");
  private final Tab eventsTab = new Tab("Events");
  private final Tab mapRunsTab = new Tab("Map Runs");
  private final MapRunTable mapRuns;
  private Selection selection = Selection.NONE;
  private boolean showing;
  private long momentShown;

  /// What can be done on the page.
  interface Deeds {
    /// Shows another selection, by way of the address.
    void go(Selection selection);

    /// Shows the moment of an event; 0 the latest.
    ///
    /// @param settled whether it is to stay, and so stands in the address
    void travel(long event, boolean settled);

    /// Where a selection is.
    String href(Selection selection);

    /// An event with its payloads; null where it is not there.
    Fact.@Nullable HistoryEvent read(long event);

    /// The executions that an attempt started.
    List<Anchor> children(Attempt attempt);

    /// A Map Run of it, with its children.
    MapRunBrief mapRun(MapRun run);

    /// Where a Map Run's page is.
    String mapRunHref(MapRun run);

    /// Starts another with the same input.
    void again();

    /// Starts another before that visit of a state.
    void fork(Visit visit);

    /// Asks which one to compare it with.
    void compare();

    /// Makes a test case of it.
    void testCase();

    /// Asks whether and how to stop it.
    void stop();

    /// Asks whether to take it up again where it failed.
    void redrive();
  }

  /// What the reader may do with the execution.
  ///
  /// @param author whether they may make a test case of it
  record May(boolean run, boolean author) {}

  ExecutionBody(Followed followed, String account, May may, Deeds deeds) {
    this.followed = followed;
    this.deeds = deeds;
    this.mayRun = may.run();
    header = new ExecutionHeader(followed.opened(), account, may, deeds);
    graph.setGraph(followed.graph());
    graph.setFileName(followed.row().name());
    graph.addSelectListener(event -> selectNode(event.nodeId(), event.opened()));
    inspector =
        new Inspector(
            followed,
            new InspectorContent(
                followed,
                deeds::read,
                id -> deeds.go(selection.withEvent(id).withPane(Selection.Pane.EVENTS)),
                deeds::children,
                deeds::mapRun),
            deeds::go,
            // A child of a Map Run is begun by its Map Run alone.
            mayRun && followed.row().mapChild() == null ? deeds::fork : null);
    timeline = new Timeline(followed);
    timeline.addSelectListener(event -> selectVisit(event.visit()));
    timeline.addMomentListener(event -> deeds.travel(event.event(), event.settled()));
    momentKeys = new MomentKeys(this::step, () -> deeds.travel(0, true));
    moment = new MomentBar(event -> deeds.travel(event, true));
    phoneMoment = new MomentBar(event -> deeds.travel(event, true)).onPhone();
    events =
        new EventTable(
            followed,
            deeds::read,
            new EventTable.Doing(
                id -> deeds.go(selection.withEvent(id)),
                id -> deeds.travel(id, true),
                id -> deeds.href(Selection.NONE.withEvent(id).withPane(Selection.Pane.EVENTS))));
    mapRuns = new MapRunTable(Moments.here(), deeds::mapRunHref);
    steps =
        new StepList(
            followed,
            state -> deeds.go(selection.withState(state, null, 0).withPane(Selection.Pane.DATA)));
    compose();
  }

  private void compose() {
    Div canvas = new Div(graph, legend);
    canvas.addClassName("g-exec-graph");
    SplitLayout upper = new SplitLayout(canvas, inspector);
    upper.setSplitterPosition(67);
    upper.addClassName("g-exec-upper");
    lowerTabs.add(timelineTab, eventsTab, mapRunsTab);
    mapRunsTab.setVisible(false);
    lowerTabs.addClassName("g-tabs");
    lowerTabs.addSelectedChangeListener(
        change -> {
          if (!showing) {
            deeds.go(selection.withPane(pane(change.getSelectedTab())));
          }
        });
    Div bar = new Div(moment, lowerTabs, key);
    bar.addClassName("g-exec-bar");
    lower.addClassName("g-exec-lower");
    lower.add(bar, timeline, events, mapRuns);
    SplitLayout both = new SplitLayout(upper, lower, SplitLayout.Orientation.VERTICAL);
    both.setSplitterPosition(71);
    both.addClassName("g-exec-split");
    for (Selection.Pane pane : Selection.Pane.values()) {
      Tab tab = new Tab(pane.label());
      tab.setVisible(pane != Selection.Pane.MAP_RUNS);
      byPane.put(pane, tab);
      panes.add(tab);
    }
    panes.addClassNames("g-tabs", "g-exec-panes");
    panes.addSelectedChangeListener(
        change ->
            byPane.forEach(
                (pane, tab) -> {
                  if (!showing && tab.equals(change.getSelectedTab())) {
                    deeds.go(selection.withPane(pane));
                  }
                }));
    frame.addClassName("g-exec-frame");
    frame.add(steps, both);
  }

  private Selection.@Nullable Pane pane(@Nullable Tab tab) {
    if (eventsTab.equals(tab)) {
      return Selection.Pane.EVENTS;
    }
    return mapRunsTab.equals(tab) ? Selection.Pane.MAP_RUNS : null;
  }

  /// What the timeline's bands mean.
  private Div bands() {
    Div key = new Div();
    key.addClassName("g-exec-key");
    for (String[] each :
        new String[][] {
          {"run", "running"},
          {"done", "succeeded"},
          {"wait", "waiting"},
          {"retry", "retry wait"},
          {"callback", "callback wait"},
          {"fail", "failed attempt"}
        }) {
      key.add(band(each[0], each[1]));
    }
    pauseKey.setVisible(false);
    key.add(pauseKey);
    return key;
  }

  private static Span band(String kind, String words) {
    Span sample = new Span();
    sample.addClassNames("g-band", "g-band-" + kind);
    return new Span(sample, new Span(words));
  }

  Component[] parts() {
    return new Component[] {momentKeys, header, panes, phoneMoment, frame};
  }

  /// Shows what changed.
  void update(Collection<Visit> changed) {
    stand();
    timeline.update(changed);
    pauseKey.setVisible(!followed.live().pauses().isEmpty());
    boolean mapped = !followed.mapRuns().isEmpty();
    mapRunsTab.setVisible(mapped);
    Tab mapRunsPane = byPane.get(Selection.Pane.MAP_RUNS);
    if (mapRunsPane != null) {
      mapRunsPane.setVisible(mapped);
    }
    mapRuns.show(followed.mapRuns());
    if (shownPane() == Selection.Pane.EVENTS) {
      events.update();
    }
    inspector.update();
  }

  /// Shows how everything stood at the moment that is shown.
  private void stand() {
    momentShown = followed.moment();
    Map<String, NodeStatus> statuses =
        new Standing(Moments.here(), Instant.now(), followed.course().pauses()).nodes(followed);
    header.update(followed, mayRun);
    graph.setStatuses(statuses);
    graph.setTaken(followed.taken());
    legend.update(statuses.values(), followed.graph().nodes().size());
    steps.update(statuses);
    boolean runs = !followed.live().status().isTerminal();
    moment.show(followed.live().events(), momentShown, runs);
    phoneMoment.show(followed.live().events(), momentShown, runs);
    events.mark(momentShown);
  }

  /// So many events back or on. Going on from the last is going to the latest.
  private void step(int by, boolean settled) {
    long last = followed.live().events().size();
    long to = (followed.isPast() ? followed.moment() : last) + by;
    boolean latest = to > last || (by == 0 && !followed.isPast());
    deeds.travel(latest ? 0 : Math.max(1, to), settled);
  }

  /// Shows this selection.
  void show(Selection now) {
    selection = now;
    if (momentShown != followed.moment()) {
      stand();
    }
    timeline.showMoment(momentShown);
    showing = true;
    try {
      boolean all = shownPane() == Selection.Pane.EVENTS;
      boolean runs = shownPane() == Selection.Pane.MAP_RUNS;
      lowerTabs.setSelectedTab(all ? eventsTab : runs ? mapRunsTab : timelineTab);
      timeline.setVisible(!all && !runs);
      key.setVisible(!all && !runs);
      mapRuns.setVisible(runs);
      events.setVisible(all);
      Selection.Pane pane = Objects.requireNonNullElse(now.pane(), usual(now));
      panes.setSelectedTab(byPane.get(pane));
      frame.getElement().setAttribute("data-pane", pane.wireName());
      phoneMoment.getElement().setAttribute("data-pane", pane.wireName());
    } finally {
      showing = false;
    }
    inspector.show(now);
    Visit visit = followed.visit(now);
    graph.select(nodeOf(now.state()));
    timeline.select(visit);
    if (shownPane() == Selection.Pane.EVENTS) {
      events.update();
      events.open(now.event());
    }
  }

  /// What a phone shows where the address does not say: a link to a state leads to the state.
  private static Selection.Pane usual(Selection selection) {
    return selection.state() == null ? Selection.Pane.STEPS : Selection.Pane.DATA;
  }

  private Selection.@Nullable Pane shownPane() {
    return selection.pane();
  }

  private @Nullable String nodeOf(@Nullable String state) {
    return followed.graph().nodes().stream()
        .filter(node -> node.name().equals(state))
        .map(node -> node.id())
        .findFirst()
        .orElse(null);
  }

  private void selectNode(@Nullable String id, boolean opened) {
    String state =
        followed.graph().nodes().stream()
            .filter(node -> node.id().equals(id))
            .map(node -> node.name())
            .findFirst()
            .orElse(null);
    Selection next = selection.withState(state, null, 0);
    deeds.go(
        opened && selection.pane() == Selection.Pane.GRAPH
            ? next.withPane(Selection.Pane.DATA)
            : next);
  }

  private void selectVisit(int number) {
    List<Visit> visits = followed.live().visits();
    if (number >= 0 && number < visits.size()) {
      Visit visit = visits.get(number);
      deeds.go(selection.withState(visit.state(), visit.frame().value(), visit.enteredEvent()));
    }
  }
}
