package io.gradus.console.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Moments;
import io.gradus.console.part.RowTable;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.statistics.Durations;
import io.gradus.service.statistics.Figures;
import io.gradus.service.statistics.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A chart with its heading, what its looks mean, and its numbers as a table.
final class ChartPanel extends Section {
  private static final long serialVersionUID = 1L;
  private static final List<ExecutionStatus> ENDS =
      List.of(
          ExecutionStatus.SUCCEEDED,
          ExecutionStatus.FAILED,
          ExecutionStatus.TIMED_OUT,
          ExecutionStatus.ABORTED);

  private final transient Moments moments;
  private final Chart chart;
  private final Span note = new Span();
  private final transient List<Column> columns;
  private final RowTable<Figures.Bar> table;
  private final NativeDetails details;
  private final transient Function<Figures, String> label;
  private transient @Nullable Figures shown;

  /// A number of a bar.
  private record Column(Chart.Series series, Function<Figures.Bar, Chart.Value> value) {}

  private ChartPanel(
      String title,
      String kind,
      Moments moments,
      List<Column> columns,
      Div legend,
      Function<Figures, String> label) {
    this.moments = moments;
    this.columns = columns;
    this.label = label;
    chart = new Chart(kind);
    table = new RowTable<>(title);
    details = new NativeDetails("Show as table", table);
    addClassName("g-dash-chart");
    note.addClassName("g-dash-note");
    var head = new Div(new H2(title), note, legend);
    head.addClassName("g-dash-head");
    table.text("Time", "g-nowrap", bar -> time(bar));
    columns.forEach(
        column ->
            table.text(
                column.series().word(),
                "g-number g-nowrap",
                bar -> column.value().apply(bar).text()));
    details.addClassName("g-dash-table");
    // It scrolls, also for whoever has no mouse.
    table.getElement().setAttribute("tabindex", "0");
    table.getElement().setAttribute("role", "group");
    table.getElement().setAttribute("aria-label", title + " as a table");
    details.addToggleListener(
        toggle -> {
          if (toggle.isOpened()) {
            tabulate();
          }
        });
    add(head, chart, details);
  }

  /// How many were started, and how many ended how.
  static ChartPanel outcomes(Moments moments) {
    var legend = new Div();
    legend.addClassName("g-dash-legend");
    var started = new Span(line("started"), new Span("Started"));
    started.addClassName("g-dash-key");
    legend.add(started);
    ENDS.forEach(status -> legend.add(new StatusMark(Status.of(status))));
    List<Column> columns =
        new ArrayList<>(
            List.of(counted(new Chart.Series("started", "Started"), ExecutionStatus.RUNNING)));
    ENDS.forEach(
        status ->
            columns.add(
                counted(
                    new Chart.Series(Status.of(status).key(), Status.of(status).word()), status)));
    return new ChartPanel(
        "Executions by outcome",
        "outcomes",
        moments,
        List.copyOf(columns),
        legend,
        ChartPanel::say);
  }

  /// How long those that ended took.
  static ChartPanel durations(Moments moments) {
    var none = new Div();
    none.setVisible(false);
    return new ChartPanel(
        "Duration",
        "durations",
        moments,
        List.of(
            took("p50", Durations::p50), took("p90", Durations::p90), took("p99", Durations::p99)),
        none,
        figures ->
            "Duration over time. Of the whole time: " + Words.durations(figures.durations()));
  }

  private static Component line(String key) {
    var sample = new Span();
    sample.addClassNames("g-dash-line", "g-dash-line-" + key);
    return sample;
  }

  private static Column counted(Chart.Series series, ExecutionStatus status) {
    return new Column(
        series,
        bar -> {
          long count = bar.outcomes().of(status);
          return new Chart.Value((double) count, Words.count(count));
        });
  }

  private static Column took(String key, Function<Durations, @Nullable Duration> which) {
    return new Column(
        new Chart.Series(key, key),
        bar -> {
          Duration duration = which.apply(bar.durations());
          return new Chart.Value(
              duration == null ? null : Double.valueOf(duration.toNanos() / 1e6),
              Words.duration(duration));
        });
  }

  private static String say(Figures figures) {
    Outcomes all = figures.outcomes();
    return "Executions over time. In all "
        + Words.count(all.started())
        + " started, "
        + Words.count(all.succeeded())
        + " succeeded, "
        + Words.count(all.failed())
        + " failed, "
        + Words.count(all.timedOut())
        + " timed out, "
        + Words.count(all.aborted())
        + " stopped";
  }

  /// Shows these.
  ///
  /// @param beside what stands beside the heading
  void show(Figures figures, String beside) {
    note.setText(beside);
    if (figures.bars().equals(shown == null ? null : shown.bars())) {
      shown = figures;
      return;
    }
    shown = figures;
    chart.show(
        label.apply(figures),
        columns.stream().map(Column::series).toList(),
        figures.bars().stream()
            .map(
                bar ->
                    new Chart.Slot(
                        Words.foot(figures.range(), bar.from(), moments.zone()),
                        Words.time(figures.range(), bar.from(), moments.zone()),
                        columns.stream().map(column -> column.value().apply(bar)).toList()))
            .toList());
    if (details.isOpen()) {
      tabulate();
    }
  }

  private void tabulate() {
    Figures now = shown;
    if (now != null) {
      table.setRows(now.bars().reversed());
    }
  }

  private String time(Figures.Bar bar) {
    Figures now = shown;
    return now == null ? "" : Words.time(now.range(), bar.from(), moments.zone());
  }
}
