package io.gradus.console.executions;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Moments;
import io.gradus.console.part.RowTable;
import io.gradus.service.maprun.Pace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Items done per second over the time of a Map Run, as bars, and as a table for whoever prefers
/// one.
final class PaceChart extends Div {
  private static final long serialVersionUID = 1L;

  private final Div bars = new Div();
  private final Span begin = new Span();
  private final Span top = new Span();
  private final Span end = new Span();
  private final RowTable<Row> table = new RowTable<>("Items per second");
  private final NativeDetails details = new NativeDetails("Show as table", table);
  private transient @Nullable Pace shown;

  private record Row(Instant from, double perSecond) {}

  PaceChart(Moments moments) {
    addClassName("g-pace");
    bars.addClassName("g-pace-bars");
    bars.getElement().setAttribute("role", "img");
    Div axis = new Div(begin, top, end);
    axis.addClassName("g-pace-axis");
    table
        .text("From", "g-nowrap", row -> moments.moment(row.from(), Instant.now()))
        .text("Items per second", "g-number", row -> rate(row.perSecond()));
    details.addClassName("g-pace-table");
    details.addToggleListener(
        toggle -> {
          Pace now = shown;
          if (toggle.isOpened() && now != null) {
            tabulate(now);
          }
        });
    add(bars, axis, details);
  }

  /// Shows this.
  void set(Pace pace, Moments moments, Instant until) {
    if (pace.equals(shown)) {
      return;
    }
    shown = pace;
    double most = pace.perSecond().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    List<Div> drawn = new ArrayList<>();
    for (double rate : pace.perSecond()) {
      Div bar = new Div();
      double part = most == 0 ? 0 : rate / most;
      bar.getStyle().set("height", String.format(Locale.ROOT, "%.1f%%", part * 100));
      bar.setTitle(rate(rate) + " items/s");
      drawn.add(bar);
    }
    bars.removeAll();
    bars.add(drawn.toArray(Div[]::new));
    bars.getElement().setAttribute("aria-label", "Items per second over time, up to " + rate(most));
    begin.setText(moments.brief(pace.from(), until));
    end.setText(moments.brief(until, until));
    top.setText("up to " + rate(most) + " items/s");
    if (details.isOpen()) {
      tabulate(pace);
    }
  }

  private void tabulate(Pace pace) {
    List<Row> rows = new ArrayList<>();
    Instant from = pace.from();
    for (double rate : pace.perSecond()) {
      rows.add(new Row(from, rate));
      from = from.plus(pace.width());
    }
    table.setRows(rows);
  }

  /// `0.4`, `12`, `2,140`.
  static String rate(double perSecond) {
    return perSecond < 10
        ? String.format(Locale.ROOT, perSecond == 0 ? "%.0f" : "%.1f", perSecond)
        : String.format(Locale.ROOT, "%,.0f", perSecond);
  }
}
