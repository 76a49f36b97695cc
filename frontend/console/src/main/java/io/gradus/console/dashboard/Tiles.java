package io.gradus.console.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Links;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.statistics.Figures;
import io.gradus.service.statistics.Outcomes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The figures that matter most, each of which leads to what it counts.
final class Tiles extends Div {
  private static final long serialVersionUID = 1L;

  private final transient Moments moments;

  Tiles(Moments moments) {
    this.moments = moments;
    addClassName("g-dash-tiles");
  }

  /// Shows these.
  void show(Figures figures, String account) {
    Outcomes all = figures.outcomes();
    Figures.Open open = figures.open();
    String since = "since " + Words.since(figures.from(), moments.zone());
    removeAll();
    add(
        tile(
            new Span("Started"),
            Words.count(all.started()),
            new Span(since),
            executions(figures, account, null)));
    add(
        ended(
            figures,
            account,
            ExecutionStatus.SUCCEEDED,
            all.ended() == 0
                ? "none ended"
                : Words.share((double) all.succeeded() / all.ended()) + " of those that ended"));
    add(
        ended(
            figures,
            account,
            ExecutionStatus.FAILED,
            Words.share(all.failureRate()) + " failed or timed out"));
    add(ended(figures, account, ExecutionStatus.TIMED_OUT, ""));
    add(ended(figures, account, ExecutionStatus.ABORTED, ""));
    add(
        tile(
            new StatusMark(Status.RUNNING, "Open now"),
            Words.count(open.executions()) + (open.exact() ? "" : "+"),
            new Span(open.exact() ? "running" : "running; not all were counted"),
            figures.express() ? null : list(figures, account) + "status=running"));
    var overdue =
        new Span(open.overdue() == 0 ? "none overdue" : Words.count(open.overdue()) + " overdue");
    if (open.overdue() > 0) {
      overdue.addClassName("g-dash-overdue");
    }
    add(
        tile(
            new StatusMark(Status.PERSON, "Approvals open"),
            Words.count(open.approvals()),
            overdue,
            Links.approvals(account) + "?tab=all"));
  }

  private Component ended(Figures figures, String account, ExecutionStatus status, String below) {
    return tile(
        new StatusMark(Status.of(status)),
        Words.count(figures.outcomes().of(status)),
        new Span(below),
        executions(figures, account, status));
  }

  /// The list of those that were started in the time; null where no list has them.
  private static @Nullable String executions(
      Figures figures, String account, @Nullable ExecutionStatus status) {
    if (figures.express()) {
      return null;
    }
    String from = "from=" + Links.encoded(figures.from().toString());
    return list(figures, account)
        + (status == null ? "" : "status=" + status.name().toLowerCase(Locale.ROOT) + "&")
        + from;
  }

  private static String list(Figures figures, String account) {
    String machine = figures.stateMachine();
    return machine == null
        ? Links.executions(account) + "?"
        : Links.executionsOf(account, machine) + "&";
  }

  private static Component tile(Component label, String figure, Span below, @Nullable String href) {
    var number = new Span(figure);
    number.addClassName("g-dash-figure");
    below.addClassName("g-dash-below");
    Div tile = new Div(label, number, below);
    tile.addClassName("g-dash-tile");
    if (href == null) {
      return tile;
    }
    Anchor link = new Anchor(href);
    link.addClassName("g-dash-tile");
    link.add(label, number, below);
    return link;
  }
}
