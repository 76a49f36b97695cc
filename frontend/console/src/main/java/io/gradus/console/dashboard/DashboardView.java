package io.gradus.console.dashboard;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Moments;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.Refreshing;
import io.gradus.console.part.Segments;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.statistics.Figures;
import io.gradus.service.statistics.Range;
import io.gradus.service.statistics.StateSampling;
import io.gradus.service.statistics.StatisticsService;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How the executions of a tenant, or of one state machine, went over a time. What is shown stands
/// in the address.
@Route("t/:account([0-9]{12})/dashboard")
@PermitAll
@StyleSheet("gradus-people.css")
@StyleSheet("gradus-studio.css")
@StyleSheet("gradus-dashboard.css")
public final class DashboardView extends TenantPage {
  private static final long serialVersionUID = 1L;
  private static final int MOST_MACHINES = 1_000;
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /// A bucket settles within this after its end, unless there is much to catch up with.
  private static final long CATCHING_UP_SECONDS = 1_800;

  private final transient StatisticsService statistics;
  private final transient StateSampling sampling;
  private final transient StateMachineService machines;
  private final transient Moments moments = Moments.here();
  private final PageHeader header = new PageHeader("Dashboard");
  private final Span counted = new Span();
  private final ComboBox<String> machine = new ComboBox<>();
  private final Segments<Range> ranges;
  private final Tiles tiles = new Tiles(moments);
  private final Div body = new Div();
  private final ChartPanel outcomes = ChartPanel.outcomes(moments);
  private final ChartPanel durations = ChartPanel.durations(moments);
  private final TablePanel table;
  private transient volatile DashboardQuery query =
      new DashboardQuery(Range.DAY, null, DashboardQuery.By.FAILURES);
  private transient volatile @Nullable Reading shown;
  private transient volatile @Nullable Caller reader;
  private boolean showing;

  /// A page over these use cases.
  public DashboardView(
      SignedIn signedIn,
      StatisticsService statistics,
      StateSampling sampling,
      StateMachineService machines) {
    super(signedIn);
    this.statistics = statistics;
    this.sampling = sampling;
    this.machines = machines;
    addClassName("g-dash");
    Map<Range, String> words = new LinkedHashMap<>();
    Arrays.stream(Range.values()).forEach(range -> words.put(range, word(range)));
    ranges = new Segments<>("Time", words, range -> go(query.with(range)));
    machine.setPlaceholder("All state machines");
    machine.setAriaLabel("State machine");
    machine.setClearButtonVisible(true);
    machine.addClassName("g-dash-machine");
    machine.addValueChangeListener(
        change -> {
          if (!showing) {
            go(query.of(change.getValue()));
          }
        });
    counted.addClassName("g-dash-counted");
    counted.getElement().setAttribute("role", "status");
    header.setActions(counted, machine, ranges);
    body.addClassName("g-dash-body");
    table = new TablePanel(by -> go(query.by(by)), this::ofMachine, this::ofExecution);
    add(header, tiles, body);
    Refreshing.of(this, PAUSE, this::news);
  }

  @Override
  public List<Crumb> crumbs() {
    String one = query.machine();
    return one == null
        ? List.of(new Crumb("Dashboard"))
        : List.of(new Crumb("Dashboard", Links.dashboard(account())), new Crumb(one));
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    query = DashboardQuery.of(event.getLocation().getQueryParameters());
    reader = caller;
    showHead(caller);
    try {
      show(Reading.of(statistics, sampling, caller, query, null));
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.STATE_MACHINE_DOES_NOT_EXIST) {
        throw refusal;
      }
      shown = null;
      counted.setText("");
      tiles.removeAll();
      body.removeAll();
      body.add(
          new EmptyState(
              "No such state machine",
              "There is and was no state machine named “" + query.machine() + "”.",
              new Anchor(Links.dashboard(account()), "All state machines")));
    }
  }

  private void showHead(Caller caller) {
    String one = query.machine();
    List<String> names =
        machines.upTo(caller, MOST_MACHINES).stream().map(StateMachine.Summary::name).toList();
    showing = true;
    try {
      machine.setItems(
          Stream.concat(names.stream(), Stream.ofNullable(one).filter(n -> !names.contains(n)))
              .toList());
      machine.setValue(one);
    } finally {
      showing = false;
    }
    ranges.show(query.range());
    header.setHeading(one == null ? "Dashboard" : one);
    String range = Words.range(query.range());
    if (one == null) {
      header.setMeta("All state machines, " + range);
    } else if (!names.contains(one)) {
      header.setMeta(range);
    } else {
      header.setMeta(
          new Span(range),
          new Anchor(Links.stateMachine(account(), one), "Definition"),
          new Anchor(Links.executionsOf(account(), one), "Executions"));
    }
  }

  private void show(Reading now) {
    shown = now;
    Figures figures = now.figures();
    counted.setText(counted(figures));
    tiles.show(figures, account());
    if (figures.outcomes().started() == 0 && figures.outcomes().ended() == 0) {
      body.removeAll();
      body.add(nothing(figures));
      return;
    }
    if (outcomes.getParent().isEmpty()) {
      body.removeAll();
      body.add(outcomes, durations, table);
    }
    outcomes.show(figures, "per " + bar(figures.range()));
    durations.show(figures, Words.durations(figures.durations()));
    table.show(now, query);
  }

  private static EmptyState nothing(Figures figures) {
    return figures.countedTo() == null
        ? new EmptyState(
            "Nothing is counted yet",
            "Executions are counted once a minute. The first figures stand here in a moment.")
        : new EmptyState(
            "No executions in this time",
            "None was started or ended in the "
                + Words.range(figures.range())
                + ". What is started now is counted within a minute.");
  }

  private String counted(Figures figures) {
    Instant at = figures.countedTo();
    if (at == null) {
      return "";
    }
    Instant settled = figures.settledTo();
    String text = "Counted " + moments.brief(at, Instant.now());
    return settled != null && settled.isBefore(at.minusSeconds(CATCHING_UP_SECONDS))
        ? text + "; what was before is being counted up to " + moments.brief(settled, at)
        : text;
  }

  private @Nullable Runnable news() {
    Reading before = shown;
    DashboardQuery asked = query;
    Caller who = reader;
    if (before == null || who == null) {
      return null;
    }
    Reading now = Reading.of(statistics, sampling, who, asked, before);
    return now.equals(before)
        ? null
        : () -> {
          if (asked.equals(query)) {
            show(now);
          }
        };
  }

  private void go(DashboardQuery next) {
    getUI()
        .ifPresent(
            ui ->
                ui.navigate(
                    DashboardView.class,
                    new RouteParameters(new RouteParam("account", account())),
                    next.query()));
  }

  private String ofMachine(String name) {
    return Links.dashboardOf(account(), name) + "&range=" + query.range().key();
  }

  private String ofExecution(String name, String state) {
    String one = query.machine();
    return Links.execution(account(), one == null ? "" : one, name)
        + "?state="
        + Links.encoded(state);
  }

  private static String word(Range range) {
    return switch (range) {
      case HOUR -> "1 h";
      case DAY -> "24 h";
      case WEEK -> "7 d";
      case MONTH -> "30 d";
    };
  }

  private static String bar(Range range) {
    return switch (range) {
      case HOUR -> "5 min";
      case DAY -> "30 min";
      case WEEK -> "3 h";
      case MONTH -> "12 h";
    };
  }
}
