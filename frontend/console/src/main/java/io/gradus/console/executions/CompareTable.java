package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import io.gradus.console.part.RoomyColumns;
import io.gradus.console.part.StatusMark;
import io.gradus.engine.StateKind;
import io.gradus.service.execution.view.CourseComparison.OfState;
import io.gradus.service.execution.view.StateStay;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How each state went in both executions, one below the other.
final class CompareTable extends Div {
  private static final long serialVersionUID = 1L;

  /// What cannot be told comes last.
  private static final Comparator<Compared.Row> BY_TIME =
      Comparator.comparing(
              (Compared.Row row) -> Objects.requireNonNullElse(row.slower(), Duration.ZERO).abs())
          .reversed();

  private final Checkbox only = new Checkbox("Only differences");
  private final Select<CompareQuery.Order> order = new Select<>();
  private final Span count = new Span();
  private final Grid<Compared.Row> grid = new Grid<>();
  private final Div none = new Div();
  private transient CompareQuery query = CompareQuery.ALL;
  private transient @Nullable List<Compared.Row> shown;
  private boolean showing;

  /// @param go shows something else, by way of the address
  /// @param href where that is
  CompareTable(Consumer<CompareQuery> go, Function<CompareQuery, String> href) {
    addClassName("g-cmp-states");
    only.addValueChangeListener(
        change -> {
          if (!showing) {
            go.accept(query.withOnlyDifferences(change.getValue()));
          }
        });
    order.setItems(CompareQuery.Order.values());
    order.setItemLabelGenerator(CompareQuery.Order::label);
    order.setAriaLabel("Order of the states");
    order.addValueChangeListener(
        change -> {
          if (!showing && change.getValue() != null) {
            go.accept(query.withOrder(change.getValue()));
          }
        });
    count.addClassName("g-secondary");
    count.getElement().setAttribute("role", "status");
    Div bar = new Div(only, order, count);
    bar.addClassName("g-cmp-bar");
    grid.addClassName("g-grid");
    grid.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    grid.getElement().setAttribute("aria-label", "States");
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.setPartNameGenerator(row -> row.state().equals(query.state()) ? "picked" : null);
    grid.addItemClickListener(click -> go.accept(query.withState(click.getItem().state())));
    columns(href);
    none.addClassName("g-note");
    none.setText("No state differs.");
    add(bar, grid, none);
  }

  private void columns(Function<CompareQuery, String> href) {
    grid.addComponentColumn(row -> row.mark().sign())
        .setHeader("Compared")
        .setWidth("106px")
        .setFlexGrow(0);
    grid.addComponentColumn(row -> name(row, href.apply(query.withState(row.state()))))
        .setHeader("State")
        .setWidth("140px")
        .setFlexGrow(3);
    var a = outcome("A", OfState::left);
    var b = outcome("B", OfState::right);
    var timeA =
        time("Time in A", row -> StayText.time(row.both() == null ? null : row.both().left()));
    var timeB =
        time("Time in B", row -> StayText.time(row.both() == null ? null : row.both().right()));
    var slower = time("B − A", row -> StayText.slower(row.slower()));
    RoomyColumns.of(grid, List.of(a, b, timeA, timeB, slower));
  }

  private Grid.Column<Compared.Row> outcome(
      String side, Function<OfState, @Nullable StateStay> stay) {
    return grid.addComponentColumn(
            row -> {
              OfState both = row.both();
              return both == null ? new Span() : outcome(stay.apply(both), both.kind());
            })
        .setHeader(side)
        .setWidth("130px")
        .setFlexGrow(2);
  }

  private Grid.Column<Compared.Row> time(String heading, Function<Compared.Row, String> text) {
    return grid.addColumn(row -> text.apply(row))
        .setHeader(heading)
        .setWidth("88px")
        .setFlexGrow(0)
        .setTextAlign(ColumnTextAlign.END);
  }

  private static Component outcome(@Nullable StateStay stay, StateKind kind) {
    String words = StayText.outcome(stay);
    String more = StayText.more(stay, kind);
    StatusMark mark = new StatusMark(StayText.status(stay), words);
    mark.addClassName("g-cmp-outcome");
    mark.setTitle(words);
    Div both = new Div(mark);
    if (!more.isEmpty()) {
      Span under = new Span(more);
      under.addClassNames("g-ellipsis", "g-cmp-under");
      under.setTitle(more);
      both.add(under);
    }
    return both;
  }

  /// The name, and on a phone what its columns would have said.
  private static Component name(Compared.Row row, String href) {
    Anchor link = new Anchor(href, row.state());
    link.addClassNames("g-ellipsis", "g-exec-link");
    link.setTitle(row.state());
    Div cell = new Div(link);
    String tag = tag(row);
    if (!tag.isEmpty()) {
      Span shown = new Span(tag);
      shown.addClassNames("g-ellipsis", "g-cmp-under");
      shown.setTitle(tag);
      cell.add(shown);
    }
    OfState both = row.both();
    if (both != null) {
      Span under =
          new Span(
              "A " + side(both.left(), both.kind()) + " · B " + side(both.right(), both.kind()));
      under.addClassNames("g-exec-under", "g-cmp-both");
      cell.add(under);
    }
    return cell;
  }

  private static String side(@Nullable StateStay stay, StateKind kind) {
    String more = StayText.more(stay, kind);
    String time = stay == null ? "" : ", " + StayText.time(stay);
    return StayText.outcome(stay) + (more.isEmpty() ? "" : " (" + more + ")") + time;
  }

  private static String tag(Compared.Row row) {
    if (row.inChildren()) {
      return Standing.IN_CHILDREN;
    }
    if (row.inA() && row.inB()) {
      return row.rewritten() ? "Written otherwise in B's revision" : "";
    }
    return row.inA() ? "Not in B's revision" : "Not in A's revision";
  }

  /// Shows these states as the address wants them.
  void show(List<Compared.Row> rows, CompareQuery wanted) {
    boolean moved = !Objects.equals(query.state(), wanted.state());
    query = wanted;
    showing = true;
    try {
      only.setValue(wanted.onlyDifferences());
      order.setValue(wanted.order());
    } finally {
      showing = false;
    }
    long differing = rows.stream().filter(row -> row.mark().isDifference()).count();
    count.setText(
        differing == 1
            ? "1 of " + Counts.of(rows.size()) + " states differs"
            : Counts.of(differing) + " of " + Counts.of(rows.size()) + " states differ");
    List<Compared.Row> now =
        rows.stream()
            .filter(row -> !wanted.onlyDifferences() || row.mark().isDifference())
            .sorted(wanted.order() == CompareQuery.Order.TIME ? BY_TIME : (_, _) -> 0)
            .toList();
    if (!now.equals(shown)) {
      shown = now;
      grid.setItems(now);
    } else if (moved) {
      grid.getDataProvider().refreshAll();
    }
    grid.setVisible(!now.isEmpty());
    none.setVisible(now.isEmpty());
    if (moved && wanted.state() != null) {
      for (int i = 0; i < now.size(); i++) {
        if (now.get(i).state().equals(wanted.state())) {
          grid.scrollToIndex(i);
        }
      }
    }
  }
}
