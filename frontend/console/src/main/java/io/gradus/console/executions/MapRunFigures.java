package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Moments;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.maprun.MapRunViews;
import io.gradus.service.maprun.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The figures of a Map Run: how its items and children stand, how fast it goes, how much may fail.
final class MapRunFigures extends Div {
  private static final long serialVersionUID = 1L;

  private final transient Moments moments;
  private final Span itemsDone = figure();
  private final Span itemsSaid = said();
  private final CountBar items = new CountBar("Items", true);
  private final Span childrenDone = figure();
  private final Span childrenSaid = said();
  private final CountBar children = new CountBar("Child executions", true);
  private final Span rate = figure();
  private final Span left = said();
  private final PaceChart chart;
  private final Span running = figure();
  private final Span limit = said();
  private final Span failed = figure();
  private final Span borne = said();
  private final Div meter = new Div();
  private final Div used = new Div();

  MapRunFigures(Moments moments) {
    this.moments = moments;
    chart = new PaceChart(moments);
    addClassName("g-figures");
    meter.addClassName("g-meter");
    meter.getElement().setAttribute("role", "img");
    used.addClassName("g-meter-used");
    meter.add(used);
    add(
        part("Items", "g-figures-wide", line(itemsDone, itemsSaid), items),
        part("Throughput", "g-figures-tall", line(rate, left), chart),
        part("Child executions", "g-figures-wide", line(childrenDone, childrenSaid), children),
        part("Concurrency", null, line(running, limit)),
        part("Tolerated failures", null, line(failed, borne), meter));
  }

  private static Section part(String title, @Nullable String className, Component... parts) {
    Section part = new Section(new H2(title));
    part.addClassName("g-figure-part");
    if (className != null) {
      part.addClassName(className);
    }
    part.add(parts);
    return part;
  }

  private static Span figure() {
    Span figure = new Span();
    figure.addClassName("g-figure");
    return figure;
  }

  private static Span said() {
    Span said = new Span();
    said.addClassName("g-secondary");
    return said;
  }

  private static Div line(Component... parts) {
    Div line = new Div(parts);
    line.addClassName("g-figure-line");
    return line;
  }

  /// Shows how it stands.
  ///
  /// @param perSecond items done just now; null where that is not known
  void set(MapRun run, @Nullable Double perSecond) {
    MapRunService.Counts itemCounts = MapRunService.items(run);
    items.set(itemCounts);
    itemsDone.setText(share(Throughput.done(run), itemCounts.total(), run.total() != null));
    itemsSaid.setText(
        itemCounts.resultsWritten() > 0
            ? Counts.of(itemCounts.resultsWritten()) + " results written"
            : run.total() == null ? "How many there are is known when all are read" : "");
    MapRunService.Counts childCounts = MapRunService.children(run);
    children.set(childCounts);
    MapProgress progress = run.progress();
    childrenDone.setText(
        share(
            progress.succeeded() + progress.failed() + progress.timedOut() + progress.aborted(),
            childCounts.total(),
            childCounts.pending() > 0 || !progress.settled()));
    childrenSaid.setText(said(progress));
    pace(run, perSecond);
    running.setText(Counts.of(progress.running()));
    limit.setText(
        "running of "
            + (progress.maxConcurrency() == 0
                ? Counts.of(MapProgress.MAX_CONCURRENCY) + " at once"
                : Counts.of(Math.min(progress.maxConcurrency(), MapProgress.MAX_CONCURRENCY))
                    + " at once"));
    tolerance(MapRunViews.borne(run));
  }

  private static String said(MapProgress progress) {
    List<String> said = new ArrayList<>();
    if (progress.children() > 0 && progress.items() > progress.children()) {
      said.add("about %.0f items each".formatted((double) progress.items() / progress.children()));
    }
    if (progress.notRedrivable() > 0) {
      said.add(Counts.of(progress.notRedrivable()) + " cannot be redriven");
    }
    return String.join(" · ", said);
  }

  private static String share(long done, long total, boolean known) {
    return known ? Counts.of(done) + " of " + Counts.of(total) : Counts.of(done);
  }

  private void pace(MapRun run, @Nullable Double perSecond) {
    Instant stopped = run.stoppedAt();
    if (stopped != null) {
      long millis = Math.max(1, Duration.between(run.startedAt(), stopped).toMillis());
      rate.setText(PaceChart.rate(Throughput.done(run) * 1_000.0 / millis));
      left.setText("items/s on average");
      return;
    }
    Duration rest = Throughput.left(run, perSecond);
    rate.setText(perSecond == null ? "…" : PaceChart.rate(perSecond));
    left.setText(
        rest == null ? "items/s now" : "items/s now · about " + Moments.duration(rest) + " left");
  }

  private void tolerance(MapRunViews.Borne now) {
    failed.setText(Counts.of(now.failed()));
    Long most = now.most();
    borne.setText(borne(now, most));
    boolean bounded = most != null && most > 0;
    meter.setVisible(bounded);
    if (bounded) {
      double part = Math.min(1, (double) now.failed() / Objects.requireNonNull(most));
      used.getStyle().set("width", String.format(Locale.ROOT, "%.2f%%", part * 100));
      meter.setClassName("g-meter-broken", now.failed() > most);
      meter
          .getElement()
          .setAttribute(
              "aria-label",
              Counts.of(now.failed()) + " of " + Counts.of(most) + " tolerated failures");
    }
  }

  private static String borne(MapRunViews.Borne now, @Nullable Long most) {
    if (now.count() == null && now.percentage() == null) {
      return "failed; none is tolerated, the first one ends the Map Run";
    }
    if (most == null) {
      return "failed; " + percent(Objects.requireNonNull(now.percentage())) + " tolerated";
    }
    List<String> bounds = new ArrayList<>();
    if (now.count() != null && now.percentage() != null) {
      bounds.add(Counts.of(now.count()) + (now.count() == 1 ? " item" : " items"));
    }
    if (now.percentage() != null) {
      bounds.add(percent(now.percentage()));
    }
    return "failed of "
        + Counts.of(most)
        + " tolerated"
        + (bounds.isEmpty() ? "" : " (" + String.join(" or ", bounds) + ")");
  }

  private static String percent(double share) {
    return share == Math.rint(share)
        ? String.format(Locale.ROOT, "%.0f %%", share)
        : String.format(Locale.ROOT, "%s %%", share);
  }

  /// Shows how fast it went so far.
  void set(Pace pace, Instant until) {
    chart.set(pace, moments, until);
  }
}
