package io.gradus.console.executions;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Moments;
import io.gradus.console.part.PageHeader;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.engine.MapRun;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.ExecutionWatch;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.maprun.ChildRecords;
import io.gradus.service.maprun.MapRunViews;
import io.gradus.service.maprun.Pace;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One Map Run, live: how its items stand, how fast it goes, what failed. Which of its children are
/// listed stands in the address.
@Route("t/:account([0-9]{12})/executions/:machine/:name/map-runs/:run")
@PermitAll
@StyleSheet("gradus-people.css")
@StyleSheet("gradus-executions.css")
@StyleSheet("gradus-mapruns.css")
public final class MapRunPage extends TenantPage {
  private static final long serialVersionUID = 1L;

  private static final int PAGE = 50;

  /// While it runs, it is looked at so often also where nothing is told: what does not move has no
  /// throughput.
  private static final Duration TICK = Duration.ofSeconds(5);

  private final transient MapRunViews views;
  private final transient MapRunService mapRuns;
  private final transient ExecutionService executions;
  private final transient ExecutionWatch watch;
  private final transient Throughput throughput = new Throughput();
  private String machine = "";
  private String name = "";
  private String id = "";
  private transient MapRunViews.@Nullable Opened opened;
  private transient @Nullable MapRunHeader header;
  private transient @Nullable MapRunFigures figures;
  private transient volatile @Nullable MapRunChildren children;
  private transient volatile MapRunQuery query = MapRunQuery.ALL;
  private transient volatile @Nullable Drawn pace;
  private transient @Nullable LiveUpdate live;
  private transient @Nullable Thread ticker;

  /// A page over these use cases.
  public MapRunPage(
      SignedIn signedIn,
      MapRunViews views,
      MapRunService mapRuns,
      ExecutionService executions,
      ExecutionWatch watch) {
    super(signedIn);
    this.views = views;
    this.mapRuns = mapRuns;
    this.executions = executions;
    this.watch = watch;
    addClassName("g-map-run");
  }

  @Override
  public List<Crumb> crumbs() {
    MapRunViews.Opened now = opened;
    return List.of(
        new Crumb("Executions", Links.executions(account())),
        new Crumb(machine, Links.executionsOf(account(), machine)),
        new Crumb(name, Links.execution(account(), machine, name)),
        new Crumb(now == null ? "Map Run" : "Map Run of " + now.run().state()));
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    RouteParameters at = event.getRouteParameters();
    String wantedMachine = at.get("machine").orElse("");
    String wantedName = at.get("name").orElse("");
    String wantedRun = at.get("run").orElse("");
    query = MapRunQuery.of(event.getLocation().getQueryParameters());
    boolean same =
        wantedMachine.equals(machine)
            && wantedName.equals(name)
            && wantedRun.equals(id)
            && opened != null;
    if (!same) {
      machine = wantedMachine;
      name = wantedName;
      id = wantedRun;
      open(caller);
    }
    MapRunChildren list = children;
    if (list != null) {
      list.show(query);
    }
  }

  private void open(Caller caller) {
    unfollow();
    removeAll();
    opened = null;
    children = null;
    try {
      Moments moments = Moments.here();
      MapRunViews.Opened now = views.open(caller, machine, name, id);
      opened = now;
      boolean mayRun = caller.allows(Permission.RUN);
      MapRunHeader head = new MapRunHeader(now, account(), mayRun, moments, new Deeds());
      MapRunFigures numbers = new MapRunFigures(moments);
      MapRunChildren list =
          new MapRunChildren(
              moments,
              now,
              new MapRunChildren.Reads(
                  (wanted, after) ->
                      views.children(caller(), now, wanted, new Page.Request(PAGE, after)),
                  child -> views.child(caller(), now, child.index()),
                  (statuses, format, out) -> views.export(caller(), now, statuses, format, out)),
              this::href,
              this::go);
      header = head;
      figures = numbers;
      children = list;
      add(head, numbers, list);
      show(look(caller, now));
      if (isAttached()) {
        getUI().ifPresent(this::follow);
      }
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.EXECUTION_DOES_NOT_EXIST
          && refusal.code() != ErrorCode.RESOURCE_NOT_FOUND) {
        throw refusal;
      }
      add(
          new PageHeader("Map Run"),
          new EmptyState(
              "There is no such Map Run",
              "The execution " + name + " of " + machine + " has no Map Run of that id.",
              new Anchor(Links.execution(account(), machine, name), "The execution")));
    }
  }

  private @Nullable String href(ChildRecords.Child child) {
    MapRunViews.Opened now = opened;
    return now != null && now.isStandard()
        ? Links.execution(account(), machine, child.name())
        : null;
  }

  private void go(MapRunQuery next) {
    getUI()
        .ifPresent(
            ui ->
                ui.navigate(
                    MapRunPage.class,
                    new RouteParameters(
                        new RouteParam("account", account()),
                        new RouteParam("machine", machine),
                        new RouteParam("name", name),
                        new RouteParam("run", id)),
                    next.query()));
  }

  /// What is shown of it.
  ///
  /// @param rows how the children that are listed stand; null where they were not read
  /// @param page the places of those that would be listed now
  private record Look(
      MapRunViews.Opened opened,
      Pace pace,
      boolean redrivable,
      Instant at,
      MapRunQuery asked,
      @Nullable List<ChildRecords.Child> rows,
      List<Long> page) {}

  /// How fast it went, as it was read last: its past does not change from second to second.
  private record Drawn(UUID run, MapRun.Status status, Pace pace, Instant at) {}

  private Look look(Caller caller, MapRunViews.Opened before) {
    MapRunViews.Opened now = views.now(caller, before);
    Drawn drawn = pace;
    Instant at = Instant.now();
    boolean fresh =
        drawn != null
            && drawn.run().equals(now.run().id())
            && drawn.status() == now.run().status()
            && at.isBefore(drawn.at().plus(TICK));
    if (!fresh || drawn == null) {
      drawn = new Drawn(now.run().id(), now.run().status(), views.pace(caller, now), at);
      pace = drawn;
    }
    return new Look(
        now, drawn.pace(), isRedrivable(caller, now), at, MapRunQuery.ALL, null, List.of());
  }

  private boolean isRedrivable(Caller caller, MapRunViews.Opened now) {
    boolean failed =
        now.run().status() == MapRun.Status.FAILED || now.run().status() == MapRun.Status.ABORTED;
    return failed
        && now.execution().mapChild() == null
        && executions.describe(caller, now.execution().arn()).notRedrivable() == null;
  }

  private Look lookAgain(Caller caller, MapRunViews.Opened before) {
    Look look = look(caller, before);
    MapRunQuery asked = query;
    MapRunChildren list = children;
    List<ChildRecords.Child> rows =
        list == null ? List.of() : views.standing(caller, look.opened(), list.listed());
    List<Long> page =
        views
            .children(
                caller,
                look.opened(),
                asked.wanted().withoutPreviews(),
                new Page.Request(PAGE, asked.after()))
            .items()
            .stream()
            .map(ChildRecords.Child::index)
            .toList();
    return new Look(look.opened(), look.pace(), look.redrivable(), look.at(), asked, rows, page);
  }

  private void show(Look look) {
    MapRunHeader head = header;
    MapRunFigures numbers = figures;
    MapRunChildren list = children;
    if (head == null || numbers == null || list == null) {
      return;
    }
    MapRun run = look.opened().run();
    opened = look.opened();
    throughput.see(run, look.at());
    Double perSecond = throughput.perSecond();
    head.set(run, look.redrivable());
    numbers.set(run, perSecond == null ? recent(look.pace()) : perSecond);
    Instant stopped = run.stoppedAt();
    numbers.set(look.pace(), stopped == null ? look.at() : stopped);
    list.count(run);
    List<ChildRecords.Child> rows = look.rows();
    if (rows != null && look.asked().equals(query)) {
      list.update(rows, look.page());
    }
  }

  /// The last span that is over, before the page itself has seen anything.
  private static @Nullable Double recent(Pace pace) {
    int spans = pace.perSecond().size();
    return spans < 2 ? null : pace.perSecond().get(spans - 2);
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
    MapRunViews.Opened now = opened;
    // One that is over is followed too: somebody may redrive it.
    if (now == null || live != null) {
      return;
    }
    Caller caller = caller();
    LiveUpdate following =
        new LiveUpdate(
            ui,
            LiveUpdate.NOW_AND_THEN,
            moved -> watch.watch(caller, now.execution(), moved),
            () -> {
              Look look = lookAgain(caller, now);
              return () -> {
                MapRunViews.Opened shown = opened;
                if (shown != null && shown.arn().equals(look.opened().arn())) {
                  show(look);
                }
              };
            });
    live = following;
    ticker = Thread.ofVirtual().name("map-run-page").start(() -> tick(following));
  }

  private void tick(LiveUpdate following) {
    try {
      while (true) {
        Thread.sleep(TICK);
        MapRunViews.Opened now = opened;
        if (now != null && now.run().status() == MapRun.Status.RUNNING) {
          following.moved();
        }
      }
    } catch (InterruptedException _) {
      // The page is closed.
    }
  }

  private void unfollow() {
    if (live != null) {
      live.close();
      live = null;
    }
    if (ticker != null) {
      ticker.interrupt();
      ticker = null;
    }
  }

  private final class Deeds implements MapRunHeader.Deeds {
    @Override
    public void edit() {
      MapRunViews.Opened now = opened;
      if (now != null) {
        MapRunDialogs.limits(now.run(), change -> mapRuns.update(caller(), now.arn(), change))
            .open();
      }
    }

    @Override
    public void redrive() {
      MapRunViews.Opened now = opened;
      if (now != null) {
        MapRunDialogs.redrive(
                now.run(), name, () -> executions.redrive(caller(), now.execution().arn(), null))
            .open();
      }
    }
  }
}
