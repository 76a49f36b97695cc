package io.gradus.console.executions;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.KeyHint;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.MapRun;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.ExecutionWatch;
import io.gradus.service.execution.view.Attempt;
import io.gradus.service.execution.view.Visit;
import io.gradus.service.maprun.MapRunViews;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One execution: its graph, its states, its events, live. What is selected stands in the address.
@Route("t/:account([0-9]{12})/executions/:machine/:name")
@PermitAll
@StyleSheet("gradus-people.css")
@StyleSheet("gradus-executions.css")
@StyleSheet("gradus-mapruns.css")
public final class ExecutionPage extends TenantPage {
  private static final long serialVersionUID = 1L;

  /// Commits read at a time.
  private static final int BATCH = 2_000;

  /// Children of a Map Run offered at a time.
  private static final int PICKED = 25;

  private final transient ExecutionFinder finder;
  private final transient ExecutionWatch watch;
  private final transient ExecutionService executions;
  private final transient MapRunViews mapRuns;
  private String machine = "";
  private String name = "";
  private transient @Nullable Followed followed;
  private transient @Nullable ExecutionBody body;
  private transient @Nullable LiveUpdate live;
  private transient Selection selection = Selection.NONE;

  /// The moment in the address, which the one that is shown runs ahead of while it is looked for.
  private long addressed;

  private String path = "";

  /// A page over these use cases.
  public ExecutionPage(
      SignedIn signedIn,
      ExecutionFinder finder,
      ExecutionWatch watch,
      ExecutionService executions,
      MapRunViews mapRuns) {
    super(signedIn);
    this.finder = finder;
    this.watch = watch;
    this.executions = executions;
    this.mapRuns = mapRuns;
    addClassNames("g-page-fixed", "g-exec");
  }

  @Override
  public boolean usesRail() {
    return true;
  }

  @Override
  public List<KeyHint> keys() {
    return List.of(
        new KeyHint("↑ ↓ ← →", "from state to state, in the graph"),
        new KeyHint("Enter", "open the state"),
        new KeyHint("Esc", "close it"),
        new KeyHint("[ ]", "one event back, one event on"),
        new KeyHint("L", "live again, or the end"),
        new KeyHint("+ - 0", "zoom the graph"));
  }

  @Override
  public List<Crumb> crumbs() {
    List<Crumb> crumbs = new ArrayList<>();
    crumbs.add(new Crumb("Executions", Links.executions(account())));
    crumbs.add(new Crumb(machine, Links.executionsOf(account(), machine)));
    Followed now = followed;
    ExecutionFinder.Link parent = now == null ? null : now.opened().parent();
    ExecutionLookup.MapChild child = now == null ? null : now.row().mapChild();
    if (parent != null && child != null) {
      crumbs.add(
          new Crumb(
              parent.name(), Links.execution(account(), parent.stateMachine(), parent.name())));
      crumbs.add(
          new Crumb(
              "Map Run of " + child.state(),
              Links.mapRun(
                  account(), parent.stateMachine(), parent.name(), child.mapRunId().toString())));
    }
    crumbs.add(new Crumb(name));
    return List.copyOf(crumbs);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    RouteParameters at = event.getRouteParameters();
    String wantedMachine = at.get("machine").orElse("");
    String wantedName = at.get("name").orElse("");
    selection = Selection.of(event.getLocation().getQueryParameters());
    addressed = selection.moment();
    path = event.getLocation().getPath();
    boolean same = wantedMachine.equals(machine) && wantedName.equals(name) && body != null;
    if (!same) {
      machine = wantedMachine;
      name = wantedName;
      open(caller);
    }
    Followed now = followed;
    if (body != null && now != null) {
      recall(caller, now, selection.moment());
      body.show(selection);
    }
  }

  /// Goes to the moment of an event, for which the journal is read once.
  private void recall(Caller caller, Followed now, long moment) {
    if (moment != 0) {
      long from = now.unrecorded();
      while (from != 0) {
        ExecutionLookup.Outline read = finder.outline(caller, now.row(), from, BATCH);
        now.record(read.facts());
        from = read.isMore() ? now.unrecorded() : 0;
      }
    }
    now.at(moment);
  }

  private void open(Caller caller) {
    unfollow();
    removeAll();
    body = null;
    followed = null;
    try {
      Followed now = new Followed(finder.open(caller, machine, name));
      followed = now;
      readAll(caller, now);
      if (now.hasMapRuns()) {
        now.see(mapRuns.of(caller, now.row()));
      }
      var may =
          new ExecutionBody.May(caller.allows(Permission.RUN), caller.allows(Permission.AUTHOR));
      ExecutionBody composed = new ExecutionBody(now, account(), may, new Deeds());
      body = composed;
      add(composed.parts());
      composed.update(now.live().takeTouched());
      if (isAttached()) {
        getUI().ifPresent(this::follow);
      }
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.EXECUTION_DOES_NOT_EXIST) {
        throw refusal;
      }
      add(
          new PageHeader(name),
          new EmptyState(
              "There is no such execution",
              "No execution of that name of the state machine " + machine + " is kept.",
              new Anchor(Links.executions(account()), "All executions")));
    }
  }

  private void readAll(Caller caller, Followed now) {
    ExecutionLookup.Outline read;
    do {
      read = unread(caller, now);
      now.apply(read.facts());
    } while (read.isMore());
  }

  private ExecutionLookup.Outline unread(Caller caller, Followed now) {
    return finder.outline(caller, now.row(), now.live().events().size() + 1L, BATCH);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    follow(event.getUI());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    unfollow();
  }

  private void follow(UI ui) {
    Followed now = followed;
    // One that is over is followed too: somebody may redrive it.
    if (now == null || live != null) {
      return;
    }
    Caller caller = caller();
    LiveUpdate following =
        new LiveUpdate(
            ui,
            LiveUpdate.CLOSELY,
            moved -> watch.watch(caller, now.row(), moved),
            () -> {
              ExecutionLookup.Outline read = unread(caller, now);
              List<Fact> facts = read.facts();
              // What a Map Run's children do is told by no event of the execution.
              boolean maps = now.hasMapRuns() || facts.stream().anyMatch(ExecutionPage::isMapRun);
              List<MapRun> runs = maps ? mapRuns.of(caller, now.row()) : List.of();
              return facts.isEmpty() && runs.equals(now.mapRuns())
                  ? null
                  : () -> news(now, read, runs);
            });
    live = following;
    // What happened between reading and listening.
    following.moved();
  }

  private static boolean isMapRun(Fact fact) {
    return fact instanceof Fact.HistoryEvent event
        && event.details() instanceof Details.MapRunStarted;
  }

  private void news(Followed now, ExecutionLookup.Outline read, List<MapRun> runs) {
    ExecutionBody shown = body;
    if (shown != null && followed == now) {
      now.see(runs);
      shown.update(now.apply(read.facts()));
      LiveUpdate following = live;
      if (following != null && read.isMore()) {
        following.moved();
      }
    }
  }

  private void unfollow() {
    if (live != null) {
      live.close();
      live = null;
    }
  }

  /// What can be done on the page.
  private final class Deeds implements ExecutionBody.Deeds {
    @Override
    public void go(Selection to) {
      getUI().ifPresent(ui -> ui.navigate(ExecutionPage.class, parameters(), query(to)));
    }

    @Override
    public void travel(long event, boolean settled) {
      Followed now = followed;
      ExecutionBody shown = body;
      if (now == null || shown == null) {
        return;
      }
      recall(caller(), now, event);
      selection = selection.withMoment(event);
      shown.show(selection);
      if (settled && event != addressed) {
        // Leaving the present and coming back are steps; the moments between them are not.
        boolean step = event == 0 || addressed == 0;
        addressed = event;
        Location there = new Location(path, selection.query());
        getUI()
            .ifPresent(
                ui -> {
                  if (step) {
                    ui.getPage().getHistory().pushState(null, there);
                  } else {
                    ui.getPage().getHistory().replaceState(null, there);
                  }
                });
      }
    }

    @Override
    public String href(Selection to) {
      String query = to.query().getQueryString();
      return Links.execution(account(), machine, name) + (query.isEmpty() ? "" : "?" + query);
    }

    @Override
    public Fact.@Nullable HistoryEvent read(long event) {
      Followed now = followed;
      if (now == null || event == 0) {
        return null;
      }
      List<Fact.HistoryEvent> found = finder.events(caller(), now.row(), List.of(event));
      return found.isEmpty() ? null : found.getFirst();
    }

    @Override
    public List<Anchor> children(Attempt attempt) {
      long event = attempt.submittedEvent() != 0 ? attempt.submittedEvent() : attempt.endedEvent();
      Fact.HistoryEvent told = read(event);
      boolean starts =
          told != null
              && switch (told.details()) {
                case Details.TaskSubmitted d -> d.resource().type().equals("states");
                case Details.TaskSucceeded d -> d.resource().type().equals("states");
                default -> false;
              };
      return starts ? ChildLink.of(Payloads.of(told), account()) : List.of();
    }

    @Override
    public MapRunBrief mapRun(MapRun run) {
      MapRunViews.Opened opened = mapRuns.open(caller(), machine, name, run.id().toString());
      return new MapRunBrief(
          run,
          mapRunHref(run),
          (wanted, after) ->
              mapRuns.children(caller(), opened, wanted, new Page.Request(PICKED, after)),
          child -> opened.isStandard() ? Links.execution(account(), machine, child.name()) : null);
    }

    @Override
    public String mapRunHref(MapRun run) {
      return Links.mapRun(account(), machine, name, run.id().toString());
    }

    @Override
    public void again() {
      Followed now = followed;
      if (now != null) {
        String input = Payloads.of(read(1));
        StartDialog.open(caller(), now.opened().stateMachineArn(), input, null);
      }
    }

    @Override
    public void testCase() {
      getUI()
          .ifPresent(
              ui ->
                  ui.navigate(
                      Links.testCases(account(), machine),
                      QueryParameters.simple(Map.of("execution", name))));
    }

    @Override
    public void compare() {
      Followed now = followed;
      if (now != null) {
        CompareDialog.open(caller(), now.opened());
      }
    }

    @Override
    public void fork(Visit visit) {
      Followed now = followed;
      if (now != null) {
        try {
          ForkDialog.open(caller(), now.opened(), visit.state(), visit.enteredEvent());
        } catch (Refusal refusal) {
          Notice.error(refusal.forPeople());
        }
      }
    }

    @Override
    public void stop() {
      Followed now = followed;
      if (now != null) {
        new StopDialog(
                name,
                (error, cause) -> {
                  executions.stop(caller(), now.row().arn(), error, cause);
                  Notice.info("The execution was stopped.");
                })
            .open();
      }
    }

    @Override
    public void redrive() {
      Followed now = followed;
      if (now != null) {
        new FormDialog("Redrive " + name + "?", "Redrive execution")
            .with(
                new Paragraph(
                    "It goes on where it failed or was stopped, with the same input, definition and"
                        + " variables. Tasks that did not succeed are done again; what succeeded"
                        + " stays done."))
            .doing(
                () -> {
                  executions.redrive(caller(), now.row().arn(), null);
                  Notice.info("The execution goes on.");
                })
            .open();
      }
    }
  }

  private RouteParameters parameters() {
    return new RouteParameters(
        new RouteParam("account", account()),
        new RouteParam("machine", machine),
        new RouteParam("name", name));
  }

  private static QueryParameters query(Selection to) {
    return to.query();
  }
}
