package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.engine.MapRun;
import io.gradus.service.Page;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.maprun.ChildRecords.Child;
import io.gradus.service.maprun.ChildRecords.Order;
import io.gradus.service.maprun.MapRunViews;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A Map Run as the inspector of its Map shows it: how its items stand, and its children to pick
/// one from, a page at a time.
final class MapRunBrief extends Div {
  private static final long serialVersionUID = 1L;

  private final transient Pages pages;
  private final transient Function<Child, @Nullable String> href;
  private final StatusMark mark = new StatusMark(Status.RUNNING);
  private final CountBar bar = new CountBar("Items", true);
  private final transient Map<MapRunQuery.Which, Button> filters =
      new EnumMap<>(MapRunQuery.Which.class);
  private final UnorderedList list = new UnorderedList();
  private final Paragraph nothing = new Paragraph();
  private final Button first = small("First page");
  private final Button next = small("Next page");
  private transient MapRunQuery.Which which = MapRunQuery.Which.ALL;
  private transient @Nullable String following;

  /// Where children are read.
  interface Pages {
    Page<Child> read(MapRunViews.Wanted wanted, @Nullable String after);
  }

  /// @param address of the Map Run's own page
  /// @param href of a child's own page; null where it has none
  MapRunBrief(MapRun run, String address, Pages pages, Function<Child, @Nullable String> href) {
    this.pages = pages;
    this.href = href;
    addClassName("g-map-brief");
    Anchor open = new Anchor(address, "Open the Map Run");
    Div head = new Div(mark, open);
    head.addClassName("g-map-brief-head");
    Div chosen = new Div();
    chosen.addClassName("g-children-filter");
    chosen.getElement().setAttribute("role", "group");
    chosen.getElement().setAttribute("aria-label", "Status of child executions");
    for (MapRunQuery.Which each : MapRunQuery.Which.values()) {
      Button button = small(each.word());
      button.addClickListener(
          _ -> {
            which = each;
            show(null);
          });
      filters.put(each, button);
      chosen.add(button);
    }
    first.addClickListener(_ -> show(null));
    next.addClickListener(_ -> show(following));
    list.getElement().setAttribute("aria-label", "Child executions");
    nothing.addClassName("g-note");
    Div foot = new Div(first, next);
    foot.addClassName("g-children-foot");
    add(head, bar, chosen, list, nothing, foot);
    update(run);
    show(null);
  }

  private static Button small(String text) {
    Button button = new Button(text);
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  /// Says how it stands now.
  void update(MapRun run) {
    mark.set(Status.of(run.status()), MapRunHeader.word(run));
    bar.set(MapRunService.items(run));
  }

  private void show(@Nullable String after) {
    filters.forEach(
        (each, button) ->
            button.getElement().setAttribute("aria-pressed", String.valueOf(each == which)));
    Page<Child> page =
        pages.read(new MapRunViews.Wanted(which.statuses(), Order.FAILED_FIRST, null), after);
    list.removeAll();
    page.items().forEach(child -> list.add(row(child)));
    list.setVisible(!page.items().isEmpty());
    nothing.setVisible(page.items().isEmpty());
    nothing.setText("There is no such child execution.");
    following = page.next();
    first.setVisible(after != null);
    next.setVisible(following != null);
  }

  private ListItem row(Child child) {
    String to = href.apply(child);
    String number = (child.items() == 1 ? "Item " : "Batch ") + Counts.of(child.index());
    Component name = to == null ? new Span(number) : new Anchor(to, number);
    ListItem row = new ListItem(new StatusMark(Status.of(child.status())), name);
    String error = child.error();
    Span said = new Span(error == null ? child.preview() : error);
    said.addClassNames("g-child-text", error == null ? "g-secondary" : "g-child-error");
    said.setTitle(said.getText());
    row.add(said);
    return row;
  }
}
