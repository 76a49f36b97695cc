package io.gradus.console.executions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.service.Page;
import io.gradus.service.maprun.ChildRecords;
import io.gradus.service.maprun.ChildRecords.Child;
import io.gradus.service.maprun.ChildRecords.Order;
import io.gradus.service.maprun.MapRunViews;
import io.gradus.service.maprun.MapRunViews.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The children of a Map Run: filtered, searched, page by page, and to take along.
final class MapRunChildren extends Section {
  private static final long serialVersionUID = 1L;
  private static final Map<Order, String> ORDERS =
      Map.of(
          Order.FAILED_FIRST,
          "Failed first",
          Order.NEWEST_FIRST,
          "Newest first",
          Order.IN_ORDER,
          "In order");

  private final transient Reads reads;
  private final transient Map<MapRunQuery.Which, Button> filters =
      new EnumMap<>(MapRunQuery.Which.class);
  private final Select<Order> order = new Select<>();
  private final TextField search = new TextField();
  private final MapRunChildList list;
  private final Button first = new Button("First page");
  private final Button next = new Button("Next page");
  private final Div foot = new Div(first, next);
  private final Div exports = new Div();
  private transient MapRunQuery query = MapRunQuery.ALL;
  private transient @Nullable String following;
  private boolean showing;

  /// Where children are read.
  interface Pages {
    Page<Child> read(MapRunViews.Wanted wanted, @Nullable String after);
  }

  /// Where children are written for other programs.
  interface Exports {
    void write(Set<ExecutionStatus> statuses, Format format, OutputStream out) throws IOException;
  }

  /// Where all of it comes from.
  record Reads(Pages pages, Function<Child, Optional<ChildRecords.Whole>> whole, Exports exports) {}

  /// @param href of a child's own page; null where it has none
  /// @param go shows another list, by way of the address
  MapRunChildren(
      Moments moments,
      MapRunViews.Opened opened,
      Reads reads,
      Function<Child, @Nullable String> href,
      Consumer<MapRunQuery> go) {
    this.reads = reads;
    addClassName("g-map-children");
    list =
        new MapRunChildList(
            moments,
            href,
            child -> new MapRunChildDetail(reads.whole().apply(child), href.apply(child)),
            () -> show(query));
    for (MapRunQuery.Which which : MapRunQuery.Which.values()) {
      Button button = new Button(which.word(), _ -> go.accept(query.withWhich(which)));
      button.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
      filters.put(which, button);
    }
    Div chosen = new Div();
    filters.values().forEach(chosen::add);
    chosen.addClassName("g-children-filter");
    chosen.getElement().setAttribute("role", "group");
    chosen.getElement().setAttribute("aria-label", "Status");
    order.setAriaLabel("Order");
    order.setItems(Order.values());
    order.setItemLabelGenerator(ORDERS::get);
    order.addValueChangeListener(
        change -> {
          if (!showing && change.getValue() != null) {
            go.accept(query.withOrder(change.getValue()));
          }
        });
    search.setPlaceholder("Item, or name begins with");
    search.setAriaLabel("Number of an item, or the beginning of a child's name");
    search.setPrefixComponent(Glyph.Name.SEARCH.glyph());
    search.setClearButtonVisible(true);
    search.setMaxLength(80);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.addValueChangeListener(
        _ -> {
          if (!showing) {
            String text = search.getValue().strip();
            go.accept(query.withSearch(text.isEmpty() ? null : text));
          }
        });
    search.addClassName("g-search");
    first.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    first.addClickListener(_ -> go.accept(query.withAfter(null)));
    next.addClickListener(_ -> go.accept(query.withAfter(following)));
    foot.addClassNames("g-page-foot", "g-children-foot");
    String file = "map-run-" + opened.run().id() + "-failed";
    exports.add(
        new Span("Export what failed: "),
        export("JSON Lines", Format.JSON_LINES, file + ".jsonl", "application/jsonl"),
        export("CSV", Format.CSV, file + ".csv", "text/csv"));
    exports.addClassName("g-children-exports");
    Div head = new Div(new H2("Child executions"), exports);
    head.addClassName("g-children-head");
    Div bar = new Div(search, chosen, order);
    bar.addClassName("g-children-bar");
    add(head, bar, list, foot);
  }

  /// Everything that did not succeed, at the moment of the download.
  private Anchor export(String text, Format format, String fileName, String type) {
    DownloadHandler handler =
        event -> {
          event.setFileName(fileName);
          event.setContentType(type);
          try (OutputStream out = event.getOutputStream()) {
            reads.exports().write(MapRunViews.UNSUCCESSFUL, format, out);
          }
        };
    Anchor anchor = new Anchor(handler, text);
    anchor.addClassName("g-link-button");
    anchor.getElement().setAttribute("aria-label", "Export what failed as " + text);
    return anchor;
  }

  /// Shows this list.
  void show(MapRunQuery asked) {
    query = asked;
    showing = true;
    try {
      filters.forEach(
          (which, button) ->
              button
                  .getElement()
                  .setAttribute("aria-pressed", String.valueOf(which == asked.which())));
      order.setValue(asked.order());
      order.setEnabled(asked.search() == null);
      search.setValue(Objects.requireNonNullElse(asked.search(), ""));
    } finally {
      showing = false;
    }
    Page<Child> page = reads.pages().read(asked.wanted(), asked.after());
    following = page.next();
    list.show(page, nothing(asked));
    first.setVisible(asked.after() != null);
    next.setVisible(following != null);
    foot.setVisible(asked.after() != null || following != null);
  }

  private static EmptyState nothing(MapRunQuery asked) {
    if (asked.search() != null) {
      return new EmptyState(
          "No child execution fits",
          "Search for the number of an item, or for at least eight characters that a child's name"
              + " begins with.");
    }
    return asked.which() == MapRunQuery.Which.ALL
        ? new EmptyState(
            "No child executions yet", "Each item, or batch of items, is given to one of them.")
        : new EmptyState(
            "None of them", "No child execution stands as “" + asked.which().word() + "”.");
  }

  /// Says how many stand how.
  void count(MapRun run) {
    MapProgress p = run.progress();
    label(MapRunQuery.Which.ALL, p.children());
    label(MapRunQuery.Which.FAILED, p.failed());
    label(MapRunQuery.Which.TIMED_OUT, p.timedOut());
    label(MapRunQuery.Which.ABORTED, p.aborted());
    label(MapRunQuery.Which.RUNNING, p.running());
    label(MapRunQuery.Which.SUCCEEDED, p.succeeded());
    exports.setVisible(p.failed() + p.timedOut() + p.aborted() > 0);
    if (list.isEmpty() && p.children() > 0 && query.equals(MapRunQuery.ALL)) {
      show(query);
    }
  }

  private void label(MapRunQuery.Which which, long count) {
    Button button = filters.get(which);
    if (button != null) {
      button.setText(which.word() + " " + Counts.of(count));
    }
  }

  /// The places of those that are listed; also without the session's lock.
  List<Long> listed() {
    return list.listed();
  }

  /// Shows how the children of the page stand now.
  ///
  /// @param page the places of those that would be listed now
  void update(List<Child> now, List<Long> page) {
    list.update(now, page);
  }
}
