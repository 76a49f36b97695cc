package io.gradus.console.executions;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Status;
import io.gradus.service.execution.MapRunService;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How many of many stand how: a bar of segments, and the numbers of which it is drawn.
final class CountBar extends Div {
  private static final long serialVersionUID = 1L;
  private static final List<Status> DRAWN =
      List.of(
          Status.SUCCEEDED,
          Status.FAILED,
          Status.TIMED_OUT,
          Status.STOPPED,
          Status.RUNNING,
          Status.WAITING,
          Status.NOT_REACHED);

  private final Div bar = new Div();
  private final Div numbers = new Div();
  private final transient Map<Status, Div> segments = new EnumMap<>(Status.class);
  private final transient Map<Status, Span> figures = new EnumMap<>(Status.class);
  private final transient Map<Status, Span> entries = new EnumMap<>(Status.class);
  private final String what;

  /// @param what is counted: `Items`
  CountBar(String what, boolean withNumbers) {
    this.what = what;
    addClassName("g-counts");
    bar.addClassName("g-count-bar");
    bar.getElement().setAttribute("role", "img");
    numbers.addClassName("g-count-numbers");
    for (Status status : DRAWN) {
      Div segment = new Div();
      segment.addClassNames("g-count-segment", "g-status-" + status.key());
      segments.put(status, segment);
      bar.add(segment);
      Span sample = new Span();
      sample.addClassNames("g-count-sample", "g-status-" + status.key());
      Span figure = new Span("0");
      figure.addClassName("g-count-figure");
      figures.put(status, figure);
      Span entry = new Span(sample, figure, new Span(word(status)));
      entry.addClassName("g-count-entry");
      entries.put(status, entry);
      numbers.add(entry);
    }
    add(bar);
    if (withNumbers) {
      add(numbers);
    }
  }

  private static String word(Status status) {
    if (status == Status.WAITING) {
      return "waiting for redrive";
    }
    return status == Status.NOT_REACHED ? "pending" : status.word().toLowerCase(Locale.ROOT);
  }

  /// Shows these.
  void set(MapRunService.Counts counts) {
    List<String> said = new ArrayList<>();
    for (Status status : DRAWN) {
      long count = count(counts, status);
      Div segment = segments.get(status);
      Span figure = figures.get(status);
      Span entry = entries.get(status);
      if (segment == null || figure == null || entry == null) {
        continue;
      }
      segment.setVisible(count > 0);
      segment.getStyle().set("flex-grow", String.valueOf(count));
      figure.setText(Counts.of(count));
      entry.setClassName("g-count-none", count == 0);
      entry.setVisible(count > 0 || status != Status.WAITING);
      if (count > 0) {
        said.add(Counts.of(count) + " " + word(status));
      }
    }
    bar.getElement()
        .setAttribute(
            "aria-label", what + ": " + (said.isEmpty() ? "none yet" : String.join(", ", said)));
  }

  private static long count(MapRunService.Counts counts, Status status) {
    return switch (status) {
      case SUCCEEDED -> counts.succeeded();
      case FAILED -> counts.failed();
      case TIMED_OUT -> counts.timedOut();
      case STOPPED -> counts.aborted();
      case RUNNING -> counts.running();
      case NOT_REACHED -> counts.pending();
      case WAITING -> counts.pendingRedrive();
      case RETRYING, PERSON, CAUGHT -> 0;
    };
  }
}
