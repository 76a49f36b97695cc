package io.gradus.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A dense table of rows between hairlines, for lists that fit on a page. On a phone each row is a
/// small sheet of its own, its cells under each other with their headings.
public final class RowTable<T> extends Div {
  private static final long serialVersionUID = 1L;

  private final transient List<Column<T>> columns = new ArrayList<>();
  private final NativeTableRow headings = new NativeTableRow();
  private final NativeTableBody body;
  private transient @Nullable Predicate<T> sought;

  private record Column<T>(
      String heading, @Nullable String className, Function<T, Component> cell) {}

  /// @param label what the rows are, for those who do not see the table's place
  public RowTable(String label) {
    addClassName("g-rows");
    var table = new NativeTable();
    table.getElement().setAttribute("aria-label", label);
    table.getHead().add(headings);
    body = table.addBody();
    add(table);
  }

  /// Adds a column.
  ///
  /// @param className of its cells, several with spaces between them; null for none
  public RowTable<T> column(
      String heading, @Nullable String className, Function<T, Component> cell) {
    columns.add(new Column<>(heading, className, cell));
    var head = new NativeTableHeaderCell(heading);
    head.getElement().setAttribute("scope", "col");
    if (heading.isEmpty()) {
      head.add(unseen("Actions"));
    }
    if (className != null) {
      head.addClassNames(className.split(" "));
    }
    headings.add(head);
    return this;
  }

  /// Adds a column of plain text.
  public RowTable<T> text(String heading, @Nullable String className, Function<T, String> cell) {
    return column(heading, className, item -> new Span(cell.apply(item)));
  }

  /// Marks the row that somebody came for, and brings it into view. To be said before the rows are
  /// shown.
  public RowTable<T> pointingAt(Predicate<T> cameFor) {
    sought = cameFor;
    return this;
  }

  /// Shows these rows and no others.
  public void setRows(List<T> items) {
    body.removeAll();
    addRows(items);
  }

  /// Shows these rows too, below the others.
  public void addRows(List<T> items) {
    items.forEach(item -> addRow(item, null));
  }

  /// Shows one more row.
  ///
  /// @param className null for none
  public NativeTableRow addRow(T item, @Nullable String className) {
    var row = new NativeTableRow();
    if (className != null) {
      row.addClassName(className);
    }
    for (Column<T> column : columns) {
      var cell = new NativeTableCell(column.cell().apply(item));
      cell.getElement().setAttribute("data-label", column.heading());
      if (column.className() != null) {
        cell.addClassNames(column.className().split(" "));
      }
      row.add(cell);
    }
    body.add(row);
    if (sought != null && sought.test(item)) {
      row.getElement().setAttribute("aria-current", "true");
      // Who came by the keyboard goes on from here.
      row.getElement().setAttribute("tabindex", "-1");
      row.getElement()
          .executeJs("this.scrollIntoView({block: 'center'}); this.focus({preventScroll: true})");
    }
    return row;
  }

  /// Shows one more row, which opens: a button in its first cell shows more below it, or hides it
  /// again.
  ///
  /// @param label of the button
  /// @param more made anew each time
  public void addOpenable(T item, String label, Supplier<Component> more) {
    NativeTableRow row = addRow(item, "g-openable");
    var open = new Button(Glyph.Name.RIGHT.glyph());
    open.addThemeVariants(ButtonVariant.LUMO_ICON, ButtonVariant.LUMO_TERTIARY_INLINE);
    open.setAriaLabel(label);
    open.getElement().setAttribute("aria-expanded", "false");
    ((HasComponents) row.getComponentAt(0)).add(open);
    var toggle = new Toggle(row, open, more);
    open.addClickListener(click -> toggle.flip());
    // The whole row is easier to hit than its button; links in it lead where they say, and text in
    // it can still be marked.
    row.getElement()
        .addEventListener("click", click -> toggle.flip())
        .setFilter("!event.target.closest('a,button,vaadin-button') && !getSelection().toString()");
  }

  private final class Toggle {
    private final NativeTableRow row;
    private final Button open;
    private final Supplier<Component> more;
    private @Nullable NativeTableRow below;

    private Toggle(NativeTableRow row, Button open, Supplier<Component> more) {
      this.row = row;
      this.open = open;
      this.more = more;
    }

    private void flip() {
      NativeTableRow shown = below;
      if (shown == null) {
        below = addBelow(row, more.get());
      } else {
        shown.removeFromParent();
        below = null;
      }
      open.setIcon((shown == null ? Glyph.Name.DOWN : Glyph.Name.RIGHT).glyph());
      open.getElement().setAttribute("aria-expanded", shown == null ? "true" : "false");
    }
  }

  private NativeTableRow addBelow(NativeTableRow row, Component content) {
    var cell = new NativeTableCell(content);
    cell.setColspan(columns.size());
    var below = new NativeTableRow(cell);
    below.addClassName("g-rows-detail");
    body.addComponentAtIndex(body.indexOf(row) + 1, below);
    return below;
  }

  private static Span unseen(String text) {
    var span = new Span(text);
    span.addClassName("g-unseen");
    return span;
  }
}
