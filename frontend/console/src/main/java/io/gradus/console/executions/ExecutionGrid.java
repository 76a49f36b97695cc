package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Moments;
import io.gradus.console.part.RoomyColumns;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.engine.ExecutionKey;
import io.gradus.service.execution.ExecutionFinder.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rows of the list of executions, read as one scrolls; `J`, `K` and `Enter` go through them,
/// `X` picks one.
@JsModule("./executions/list-keys.ts")
final class ExecutionGrid extends Div {
  private static final long serialVersionUID = 1L;

  private final Grid<Row> grid = new Grid<>();
  private transient KeysetPages<Row> pages =
      new KeysetPages<>(_ -> new io.gradus.service.Page<>(List.of(), null));
  private transient @Nullable Row newest;
  private transient @Nullable Row here;
  private final transient Map<ExecutionKey, Row> picked = new LinkedHashMap<>();
  private final Grid.Column<Row> choice;
  private transient Consumer<Collection<Row>> pickChanged = _ -> {};
  private int at = -1;

  /// @param open shows a row's execution
  /// @param href where that is
  ExecutionGrid(Moments moments, Consumer<Row> open, Function<Row, String> href, Runnable search) {
    addClassName("g-execs-grid");
    grid.addClassName("g-grid");
    grid.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    grid.getElement().setAttribute("aria-label", "Executions");
    grid.setPageSize(50);
    choice =
        grid.addComponentColumn(this::box)
            .setHeader(unseen("Select"))
            .setWidth("44px")
            .setFlexGrow(0);
    choice.setVisible(false);
    grid.addComponentColumn(row -> new StatusMark(Status.of(row.status())))
        .setHeader("Status")
        .setWidth("128px")
        .setFlexGrow(0);
    grid.addComponentColumn(row -> name(row, href.apply(row), moments))
        .setHeader("Name")
        .setWidth("200px")
        .setFlexGrow(2);
    var machine =
        grid.addComponentColumn(ExecutionGrid::machine)
            .setHeader("State machine")
            .setWidth("160px")
            .setFlexGrow(2);
    var started =
        grid.addComponentColumn(row -> moments.span(row.startedAt(), Instant.now()))
            .setHeader("Started")
            .setWidth("150px")
            .setFlexGrow(0);
    var duration =
        grid.addComponentColumn(ExecutionGrid::duration)
            .setHeader("Duration")
            .setWidth("116px")
            .setFlexGrow(0);
    var error =
        grid.addComponentColumn(row -> error(row.error())).setHeader("Error").setFlexGrow(2);
    var events =
        grid.addColumn(row -> Counts.of(row.events()))
            .setHeader("Events")
            .setWidth("84px")
            .setFlexGrow(0)
            .setTextAlign(ColumnTextAlign.END);
    RoomyColumns.of(grid, List.of(machine, started, duration, error, events));
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.addItemClickListener(click -> stand(click.getItem()));
    grid.setPartNameGenerator(this::part);
    grid.addItemDoubleClickListener(click -> open.accept(click.getItem()));
    add(grid);
    getElement().addEventListener("list-next", _ -> move(1));
    getElement().addEventListener("list-previous", _ -> move(-1));
    getElement()
        .addEventListener(
            "list-open",
            _ -> {
              if (here != null) {
                open.accept(here);
              }
            });
    getElement()
        .addEventListener(
            "list-select",
            _ -> {
              if (here != null && choice.isVisible()) {
                pick(here, !picked.containsKey(here.key()));
              }
            });
    getElement().addEventListener("list-search", _ -> search.run());
    addAttachListener(_ -> getElement().executeJs("window.gradusListKeys(this)"));
  }

  private boolean isHere(Row row) {
    return here != null && row.key().equals(here.key());
  }

  /// Lets rows be picked.
  ///
  /// @param changed told which ones are
  void pickable(Consumer<Collection<Row>> changed) {
    pickChanged = changed;
    choice.setVisible(true);
  }

  /// Marks that everything which is listed is meant, and not single rows of it.
  void setAllMeant(boolean all) {
    setClassName("g-all-meant", all);
  }

  /// Lets go of what was picked, without telling.
  void pickNone() {
    List<Row> before = List.copyOf(picked.values());
    picked.clear();
    before.forEach(grid.getDataProvider()::refreshItem);
  }

  private void pick(Row row, boolean pick) {
    if (pick) {
      picked.put(row.key(), row);
    } else {
      picked.remove(row.key());
    }
    grid.getDataProvider().refreshItem(row);
    pickChanged.accept(List.copyOf(picked.values()));
  }

  private Component box(Row row) {
    Checkbox box = new Checkbox(picked.containsKey(row.key()));
    box.addClassName("g-pick");
    box.setAriaLabel("Select " + row.name());
    box.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            pick(row, change.getValue());
          }
        });
    return box;
  }

  private @Nullable String part(Row row) {
    String here = isHere(row) ? "here" : "";
    String chosen = picked.containsKey(row.key()) ? "picked" : "";
    String both = (here + " " + chosen).strip();
    return both.isEmpty() ? null : both;
  }

  private static Span unseen(String text) {
    Span span = new Span(text);
    span.addClassName("g-unseen");
    return span;
  }

  private static Component error(@Nullable String error) {
    Span shown = new Span(error == null ? "" : error);
    shown.addClassNames("g-mono", "g-ellipsis", "g-secondary");
    if (error != null) {
      shown.setTitle(error);
    }
    return shown;
  }

  /// The name, and on a phone what its columns would have said.
  private static Component name(Row row, String href, Moments moments) {
    Anchor link = new Anchor(href, row.name());
    link.addClassNames("g-mono", "g-ellipsis", "g-exec-link");
    link.setTitle(row.name());
    Span under =
        new Span(
            row.stateMachine()
                + " · "
                + moments.moment(row.startedAt(), Instant.now())
                + (row.error() == null ? "" : " · " + row.error()));
    under.addClassNames("g-exec-under", "g-ellipsis");
    return new Div(link, under);
  }

  private static Component machine(Row row) {
    Span name = new Span(row.stateMachine());
    name.setTitle(row.stateMachine());
    Span revision = new Span(" r" + row.revision());
    revision.addClassName("g-tertiary");
    Span both = new Span(name, revision);
    both.addClassName("g-ellipsis");
    return both;
  }

  private static Component duration(Row row) {
    Instant stopped = row.stoppedAt();
    if (stopped != null) {
      return new Span(Moments.duration(Duration.between(row.startedAt(), stopped)));
    }
    Elapsed elapsed = new Elapsed();
    elapsed.set(row.startedAt(), null);
    return elapsed;
  }

  /// Shows another list.
  void show(KeysetPages<Row> list) {
    pages = list;
    at = -1;
    here = null;
    picked.clear();
    List<Row> first = list.rows(0, 1);
    newest = first.isEmpty() ? null : first.getFirst();
    grid.setItems(query -> pages.rows(query.getOffset(), query.getLimit()).stream());
    grid.getLazyDataView().setIdentifierProvider(Row::key);
  }

  boolean isEmpty() {
    return newest == null;
  }

  /// Shows how rows of the head of the list stand now.
  ///
  /// @return how many of them are newer than what is shown
  int update(List<Row> head) {
    Row top = newest;
    if (top == null) {
      return 0;
    }
    Map<ExecutionKey, Row> shown = new HashMap<>();
    pages.rows(0, head.size()).forEach(row -> shown.put(row.key(), row));
    int fresh = 0;
    for (Row row : head) {
      Row before = shown.get(row.key());
      if (before == null && row.startedAt().isAfter(top.startedAt())) {
        fresh++;
      } else if (before != null && !before.equals(row)) {
        grid.getDataProvider().refreshItem(row);
      }
    }
    return fresh;
  }

  private void move(int by) {
    int next = Math.max(0, at + by);
    List<Row> row = pages.rows(next, 1);
    if (!row.isEmpty()) {
      at = next;
      stand(row.getFirst());
      grid.scrollToIndex(next);
    }
  }

  /// Marks the row that `Enter` and `X` mean.
  private void stand(Row row) {
    Row before = here;
    here = row;
    if (before != null) {
      grid.getDataProvider().refreshItem(before);
    }
    grid.getDataProvider().refreshItem(row);
  }
}
