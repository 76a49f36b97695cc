package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Moments;
import io.gradus.console.part.RowTable;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.engine.MapRun;
import io.gradus.service.execution.MapRunService;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// The Map Runs of an execution, newest first.
final class MapRunTable extends Div {
  private static final long serialVersionUID = 1L;

  private final RowTable<MapRun> table;
  private transient List<MapRun> shown = List.of();

  /// @param href of a Map Run's page
  MapRunTable(Moments moments, Function<MapRun, String> href) {
    addClassName("g-map-runs");
    table =
        new RowTable<MapRun>("Map Runs")
            .column(
                "Status",
                "g-nowrap",
                run -> new StatusMark(Status.of(run.status()), MapRunHeader.word(run)))
            .column(
                "Map Run of", "g-nowrap", run -> new Anchor(href.apply(run), run.state().value()))
            .column("Items", null, MapRunTable::bar)
            .text("Done", "g-number g-nowrap", MapRunTable::done)
            .text("Failed", "g-number", MapRunTable::failed)
            .column("Started", "g-nowrap", r -> moments.span(r.startedAt(), Instant.now()))
            .column("Duration", "g-nowrap", MapRunTable::elapsed);
    add(table);
  }

  /// Shows these, where they are others.
  void show(List<MapRun> runs) {
    if (!Objects.equals(runs, shown)) {
      shown = runs;
      table.setRows(runs);
    }
  }

  private static Component bar(MapRun run) {
    CountBar bar = new CountBar("Items", false);
    bar.set(MapRunService.items(run));
    return bar;
  }

  private static String done(MapRun run) {
    return Counts.of(Throughput.done(run)) + " of " + Counts.of(MapRunService.items(run).total());
  }

  private static String failed(MapRun run) {
    return Counts.of(run.progress().failedItems() + run.progress().timedOutItems());
  }

  private static Component elapsed(MapRun run) {
    Elapsed elapsed = new Elapsed();
    elapsed.set(run.startedAt(), run.stoppedAt());
    return new Span(elapsed);
  }
}
