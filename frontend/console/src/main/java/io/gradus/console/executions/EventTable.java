package io.gradus.console.executions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.gradus.console.editor.JsonView;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.console.part.RoomyColumns;
import io.gradus.engine.Fact;
import io.gradus.service.execution.view.EventIndex;
import io.gradus.service.execution.view.Visit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every event of an execution. Rows are drawn from the index in memory; an event's payload is read
/// when it is opened.
final class EventTable extends Div {
  private static final long serialVersionUID = 1L;
  private static final String WIDE = "14em";

  /// How often an open event is drawn again whose payload got lost.
  private static final int REDRAWS = 3;

  /// The grid brings the end of a row into view that is higher than itself, which an event with its
  /// payload is; its beginning is what is looked for. The payload grows for a moment, and rows that
  /// come late push it away. From then on it is looked after: rows that come and go may take it
  /// with them, at any time. Says that they did; or, once another event is brought here, that they
  /// did not.
  private static final String ROW_FIRST =
      """
      const end = performance.now() + 10000;
      let until = performance.now() + 1500;
      const turn = (this.gradusTurn ?? 0) + 1;
      this.gradusTurn = turn;
      if ($1) {
        this.gradusLeft = false;
        ['wheel', 'pointerdown', 'keydown'].forEach(
          type => addEventListener(type, () => { this.gradusLeft = true; }, {once: true, capture: true}));
      }
      const found = () => [...this.$.items.children].find(each => each.index === $0);
      const isWhole = row => [...row.children].some(
        cell => cell._content?.isConnected && cell._content.querySelector('.g-event-details'));
      return new Promise(told => {
        const bring = row => {
          const table = this.$.table.getBoundingClientRect();
          const top = row?.getBoundingClientRect().top;
          if (!row || top > table.bottom - 40) {
            this.scrollToIndex($0);
          } else {
            this.$.table.scrollTop -= Math.max(0, this.$.header.getBoundingClientRect().bottom - top);
          }
        };
        const settle = () => {
          const row = found();
          const now = performance.now();
          if (!row || !isWhole(row)) {
            until = Math.min(end, now + 1500);
          }
          if (!this.gradusLeft && this.gradusTurn === turn && now < until) {
            bring(row);
            requestAnimationFrame(settle);
          } else {
            look(0);
          }
        };
        const look = missed => {
          const row = found();
          if (!this.isConnected || this.gradusTurn !== turn) {
            told(true);
          } else if (row && !isWhole(row) && missed > 0) {
            told(false);
          } else {
            if (!row && !this.gradusLeft && performance.now() < end) {
              bring(row);
            }
            setTimeout(look, 300, row && !isWhole(row) ? 1 : 0);
          }
        };
        settle();
      });
      """;

  private final transient Followed followed;
  private final transient LongFunction<Fact.@Nullable HistoryEvent> read;
  private final transient LongConsumer show;
  private final transient Moments moments;
  private final Grid<Long> grid = new Grid<>();
  private final ComboBox<String> type = new ComboBox<>();
  private final ComboBox<String> state = new ComboBox<>();
  private final IntegerField number = new IntegerField();
  private final Checkbox newestFirst = new Checkbox("Newest first");
  private final Span count = new Span();
  private long[] shown = {};
  private int folded = -1;
  private long opened;
  private long moment;

  /// What is done with an event.
  ///
  /// @param open is told which event was opened; 0 for none
  /// @param show shows the moment of an event
  /// @param href where an event is linked to
  record Doing(LongConsumer open, LongConsumer show, LongFunction<String> href) {}

  /// @param read an event with its payloads; null where it is not there
  EventTable(Followed followed, LongFunction<Fact.@Nullable HistoryEvent> read, Doing doing) {
    this.followed = followed;
    this.read = read;
    this.show = doing.show();
    LongConsumer open = doing.open();
    this.moments = Moments.here();
    addClassName("g-events");
    filter(type, "Event type");
    filter(state, "State");
    newestFirst.addValueChangeListener(_ -> refilter());
    number.setPlaceholder("Event number");
    number.setAriaLabel("Go to event");
    number.setMin(1);
    number.setWidth("9em");
    number.setI18n(
        new IntegerField.IntegerFieldI18n()
            .setBadInputErrorMessage("Not a number")
            .setMinErrorMessage("The first is 1")
            .setMaxErrorMessage("There are not so many"));
    number.addValueChangeListener(
        change -> {
          Integer wanted = change.getValue();
          if (change.isFromClient() && wanted != null && wanted >= 1 && wanted <= index().size()) {
            open.accept(wanted.longValue());
          }
        });
    count.addClassName("g-secondary");
    Div bar = new Div(type, state, number, newestFirst, count);
    bar.addClassName("g-events-bar");
    grid.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    grid.addClassName("g-grid");
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.getElement().setAttribute("aria-label", "Events");
    columns(doing.href());
    grid.setPartNameGenerator(
        id -> moment == 0 || id < moment ? null : id == moment ? "at-moment" : "after-moment");
    grid.setItemDetailsRenderer(new ComponentRenderer<>(this::details));
    grid.addItemClickListener(
        click -> open.accept(Objects.equals(click.getItem(), opened) ? 0L : click.getItem()));
    grid.setItems(
        query ->
            Arrays.stream(
                    shown,
                    Math.min(shown.length, query.getOffset()),
                    Math.min(shown.length, query.getOffset() + query.getLimit()))
                .boxed(),
        _ -> shown.length);
    add(bar, grid);
  }

  private void filter(ComboBox<String> box, String what) {
    box.setPlaceholder(what);
    box.setAriaLabel(what);
    box.setClearButtonVisible(true);
    box.setWidth(WIDE);
    box.addValueChangeListener(_ -> refilter());
  }

  private void columns(LongFunction<String> href) {
    grid.addComponentColumn(
            id -> {
              Anchor link = new Anchor(href.apply(id), String.valueOf(id));
              link.setTitle("Link to event " + id);
              return link;
            })
        .setHeader("Event")
        .setWidth("84px")
        .setFlexGrow(0);
    var time =
        grid.addColumn(id -> moments.precise(index().time(id)))
            .setHeader("Time")
            .setWidth("124px")
            .setFlexGrow(0);
    var what = grid.addColumn(id -> index().type(id)).setHeader("Type").setFlexGrow(1);
    var where = grid.addColumn(id -> stateOf(id)).setHeader("State").setFlexGrow(1);
    var place = grid.addColumn(id -> placeOf(id)).setHeader("Branch or item").setFlexGrow(1);
    var all = grid.addComponentColumn(this::inTwoLines).setHeader("Type").setFlexGrow(1);
    RoomyColumns.of(grid, List.of(time, what, where, place), List.of(all));
  }

  /// What a phone shows of an event.
  private Div inTwoLines(Long id) {
    var under =
        new Span(
            Stream.of(moments.precise(index().time(id)), stateOf(id), placeOf(id))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · ")));
    under.addClassNames("g-secondary", "g-ellipsis");
    return new Div(new Span(index().type(id)), under);
  }

  private String placeOf(long id) {
    Visit visit = visitOf(id);
    return visit == null ? "" : followed.place(visit.frame());
  }

  private EventIndex index() {
    return followed.live().events();
  }

  private @Nullable Visit visitOf(long id) {
    int number = index().visit(id);
    return number < 0 ? null : followed.live().visits().get(number);
  }

  private String stateOf(long id) {
    Visit visit = visitOf(id);
    return visit == null ? "" : visit.state();
  }

  private Div details(Long id) {
    Div details = new Div();
    details.addClassName("g-event-details");
    Fact.HistoryEvent event = read.apply(id);
    if (event != null) {
      JsonView view = new JsonView("Event " + id, "event-" + id + ".json");
      view.setPayload(EventText.of(event));
      Button moment =
          new Button("Show this moment", Glyph.Name.CLOCK.glyph(), _ -> show.accept(id));
      moment.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
      view.addAction(moment);
      details.add(view);
    }
    return details;
  }

  /// Shows what came since.
  void update() {
    if (folded == index().size()) {
      return;
    }
    List<String> states =
        followed.graph().nodes().stream().map(node -> node.name()).distinct().toList();
    if (folded < 0) {
      state.setItems(states);
    }
    if (folded < 0 || type.getListDataView().getItemCount() != index().types().size()) {
      String chosen = type.getValue();
      type.setItems(index().types());
      type.setValue(chosen);
    }
    refilter();
  }

  private void refilter() {
    folded = index().size();
    number.setMax(Math.max(1, folded));
    String wantedType = type.getValue();
    String wantedState = state.getValue();
    LongStream ids = LongStream.rangeClosed(1, folded);
    if (wantedType != null) {
      ids = ids.filter(id -> index().type(id).equals(wantedType));
    }
    if (wantedState != null) {
      ids = ids.filter(id -> stateOf(id).equals(wantedState));
    }
    shown = ids.toArray();
    if (newestFirst.getValue()) {
      for (int i = 0, j = shown.length - 1; i < j; i++, j--) {
        long swapped = shown[i];
        shown[i] = shown[j];
        shown[j] = swapped;
      }
    }
    count.setText(
        shown.length == folded
            ? Counts.events(folded)
            : Counts.of(shown.length) + " of " + Counts.events(folded));
    grid.getDataProvider().refreshAll();
  }

  /// Marks the event whose moment the page shows, and those that came after it; 0 marks none.
  void mark(long event) {
    if (moment != event) {
      moment = event;
      grid.getDataProvider().refreshAll();
    }
  }

  /// Shows the events of one state only; null shows all.
  void only(@Nullable String name) {
    state.setValue(name);
  }

  /// Opens an event and brings it into view; 0 closes it.
  void open(long id) {
    if (opened == id) {
      return;
    }
    if (opened != 0) {
      grid.setDetailsVisible(opened, false);
    }
    opened = id;
    if (id != 0 && id <= index().size() && position(id) < 0) {
      // A link to an event leads to it, whatever was filtered before.
      type.clear();
      state.clear();
    }
    int at = position(id);
    if (id != 0 && at >= 0) {
      grid.setDetailsVisible(id, true);
      grid.scrollToIndex(at);
      bring(id, REDRAWS);
    }
  }

  private void bring(long id, int redraws) {
    grid.getElement()
        .executeJs(ROW_FIRST, position(id), redraws == REDRAWS)
        .then(
            Boolean.class,
            whole -> {
              if (!whole && opened == id && redraws > 0) {
                grid.getDataProvider().refreshItem(id);
                bring(id, redraws - 1);
              }
            });
  }

  private int position(long id) {
    for (int i = 0; i < shown.length; i++) {
      if (shown[i] == id) {
        return i;
      }
    }
    return -1;
  }
}
