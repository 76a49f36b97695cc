package io.gradus.console.executions;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.KeyHint;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.batch.Batch;
import io.gradus.service.batch.BatchService;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionWatch;
import io.gradus.service.savedview.SavedViewService;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The executions of all state machines, newest first. What is filtered stands in the address.
@Route("t/:account([0-9]{12})/executions")
@PermitAll
@StyleSheet("gradus-executions.css")
@StyleSheet("gradus-people.css")
public final class ExecutionsPage extends TenantPage {
  private static final long serialVersionUID = 1L;
  private static final int MOST_MACHINES = 1_000;
  private static final int HEAD = 50;

  private final transient ExecutionFinder finder;
  private final transient ExecutionWatch watch;
  private final transient StateMachineService machines;
  private final transient BatchService batches;
  private final transient Moments moments = Moments.here();
  private final ExecutionFilters filters = new ExecutionFilters(moments.zone(), this::go);
  private final ViewBar views;
  private final ExecutionGrid grid;
  private final Button start =
      new Button("Start execution…", Glyph.Name.PLAY.glyph(), _ -> chooseMachine());
  private final Button news = new Button("", _ -> refresh());
  private final Div empty = new Div();
  private final PickedBar picked =
      new PickedBar(this::pickAll, this::act, this::compare, this::pickNone);
  private transient Collection<ExecutionFinder.Row> rows = List.of();
  private transient ExecutionFinder.@Nullable Wanted all;
  private transient ListQuery query = ListQuery.ALL;
  private transient List<StateMachine.Summary> known = List.of();
  private transient @Nullable LiveUpdate live;
  private boolean pickable;

  /// A page over these use cases.
  public ExecutionsPage(
      SignedIn signedIn,
      ExecutionFinder finder,
      ExecutionWatch watch,
      StateMachineService machines,
      BatchService batches,
      SavedViewService savedViews) {
    super(signedIn);
    this.finder = finder;
    this.watch = watch;
    this.machines = machines;
    this.batches = batches;
    views = new ViewBar(savedViews, this::caller, this::go);
    grid = new ExecutionGrid(moments, this::open, this::href, filters::search);
    addClassNames("g-page-fixed", "g-execs");
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    news.addClassName("g-news");
    news.setVisible(false);
    empty.addClassName("g-execs-empty");
    add(new PageHeader("Executions", start), views, filters, news, grid, empty, picked, foot());
  }

  private Div foot() {
    Div foot = new Div(new Span("Times in " + moments.zone().getId()));
    foot.addClassName("g-foot");
    Span keys = new Span();
    keys.addClassName("g-foot-keys");
    for (String[] each :
        new String[][] {
          {"J", ""}, {"K", "move"}, {"X", "select"}, {"Enter", "open"}, {"/", "search"}
        }) {
      var key = new com.vaadin.flow.dom.Element("kbd").setText(each[0]);
      keys.getElement().appendChild(key, new com.vaadin.flow.dom.Element("span").setText(each[1]));
    }
    foot.add(keys);
    return foot;
  }

  @Override
  public List<KeyHint> keys() {
    return List.of(
        new KeyHint("J K", "next and previous execution"),
        new KeyHint("X", "select it"),
        new KeyHint("Enter", "open it"));
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Executions"));
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    query = ListQuery.of(event.getLocation().getQueryParameters());
    known = machines.upTo(caller, MOST_MACHINES);
    views.show(caller, query);
    filters.show(query, known.stream().map(StateMachine.Summary::name).toList());
    boolean mayRun = caller.allows(Permission.RUN);
    start.setVisible(mayRun && !known.isEmpty());
    if (mayRun && !pickable) {
      pickable = true;
      grid.pickable(this::pick);
    }
    refresh();
  }

  private void refresh() {
    Caller caller = caller();
    ExecutionFinder.Wanted wanted = query.wanted(Instant.now(), moments.zone());
    KeysetPages<ExecutionFinder.Row> pages =
        new KeysetPages<>(request -> finder.newest(caller, wanted, request));
    grid.show(pages);
    pick(List.of());
    news.setVisible(false);
    boolean none = grid.isEmpty();
    grid.setVisible(!none);
    empty.setVisible(none);
    empty.removeAll();
    if (none) {
      empty.add(nothing());
    }
  }

  private EmptyState nothing() {
    if (!query.isAll()) {
      Button drop = new Button("Do not filter by " + query.last(), _ -> go(query.withoutLast()));
      return new EmptyState(
          "No execution fits", "None of the executions that are kept fits every filter.", drop);
    }
    if (known.isEmpty()) {
      Button create =
          new Button(
              "Create a state machine", _ -> UI.getCurrent().navigate(Links.create(account())));
      return new EmptyState(
          "No executions yet",
          "Each run of a state machine is an execution. There is no state machine to run yet.",
          create);
    }
    Button run = new Button("Start execution…", _ -> chooseMachine());
    return new EmptyState(
        "No executions yet",
        "Each run of a state machine is an execution, and stands here from its start.",
        run);
  }

  private void pick(Collection<ExecutionFinder.Row> now) {
    rows = now;
    all = null;
    grid.setAllMeant(false);
    picked.showPicked(now.size());
  }

  private void pickNone() {
    grid.pickNone();
    pick(List.of());
  }

  /// What is started from now on is not meant.
  private void pickAll() {
    Instant now = Instant.now();
    ExecutionFinder.Wanted wanted = query.wanted(now, moments.zone());
    Instant before = wanted.startedBefore();
    ExecutionFinder.Wanted until =
        new ExecutionFinder.Wanted(
            wanted.stateMachine(),
            wanted.statuses(),
            wanted.startedFrom(),
            before == null || before.isAfter(now) ? now : before,
            wanted.namePrefix(),
            wanted.error());
    Batch.DryRun found =
        batches.dryRun(
            caller(),
            new Batch.Draft(Batch.Action.REDRIVE, new Batch.Selection.Matching(until), null, null));
    grid.pickNone();
    all = until;
    grid.setAllMeant(true);
    picked.showAll(found.selected(), found.more());
  }

  private void act(Batch.Action action) {
    ExecutionFinder.Wanted matching = all;
    Batch.Selection selection =
        matching == null
            ? new Batch.Selection.Picked(rows.stream().map(ExecutionFinder.Row::arn).toList())
            : new Batch.Selection.Matching(matching);
    try {
      Batch.DryRun forecast =
          batches.dryRun(caller(), new Batch.Draft(action, selection, null, null));
      new BatchDialog(action, selection, forecast, this::create).open();
    } catch (Refusal refusal) {
      Notice.error(refusal.message());
    }
  }

  /// The one that was picked first is A.
  private void compare() {
    List<ExecutionFinder.Row> two = List.copyOf(rows);
    if (two.size() == 2) {
      ExecutionFinder.Row a = two.getFirst();
      ExecutionFinder.Row b = two.getLast();
      String href =
          Links.comparison(account(), a.stateMachine(), a.name(), b.stateMachine(), b.name());
      getUI().ifPresent(ui -> ui.navigate(href));
    }
  }

  private void create(Batch.Draft draft) {
    Batch batch = batches.create(caller(), draft);
    getUI().ifPresent(ui -> ui.navigate(Links.batch(account(), batch.id())));
  }

  private void go(ListQuery next) {
    getUI()
        .ifPresent(
            ui ->
                ui.navigate(
                    ExecutionsPage.class,
                    new RouteParameters(new RouteParam("account", account())),
                    next.query()));
  }

  private String href(ExecutionFinder.Row row) {
    return Links.execution(account(), row.stateMachine(), row.name());
  }

  private void open(ExecutionFinder.Row row) {
    getUI().ifPresent(ui -> ui.navigate(href(row)));
  }

  private void chooseMachine() {
    String only = query.machine();
    for (StateMachine.Summary each : known) {
      if (each.name().equals(only) || known.size() == 1) {
        StartDialog.open(caller(), each.arn(), null, null);
        return;
      }
    }
    new MachineChooser(known, each -> StartDialog.open(caller(), each.arn(), null, null)).open();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    Caller caller = caller();
    live =
        new LiveUpdate(
            event.getUI(),
            LiveUpdate.NOW_AND_THEN,
            moved -> watch.watchAll(caller, moved),
            () -> {
              ListQuery asked = query;
              List<ExecutionFinder.Row> head =
                  finder
                      .newest(
                          caller,
                          asked.wanted(Instant.now(), moments.zone()),
                          new Page.Request(HEAD, null))
                      .items();
              return () -> {
                if (asked.equals(query)) {
                  news(head);
                }
              };
            });
  }

  /// Rows stay where they are under the pointer: what is new is told, and shown when asked for.
  private void news(List<ExecutionFinder.Row> head) {
    if (grid.isEmpty()) {
      if (!head.isEmpty()) {
        refresh();
      }
      return;
    }
    int fresh = grid.update(head);
    news.setVisible(fresh > 0);
    news.setText(fresh >= HEAD ? HEAD + " and more new" : fresh + " new");
  }

  @Override
  protected void onDetach(DetachEvent event) {
    if (live != null) {
      live.close();
      live = null;
    }
  }
}
