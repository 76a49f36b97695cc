package io.gradus.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.Grid.SelectionMode;
import java.util.List;
import java.util.function.Consumer;

/// The keys of a list: `J` and `K` move down and up, `Enter` opens. They act outside of fields.
@Tag("gradus-list-keys")
@JsModule("./part/gradus-list-keys.ts")
public final class ListKeys extends Component {
  private static final long serialVersionUID = 1L;

  /// Keys for the grid of a page.
  ///
  /// @param open called with the row that `Enter` is pressed on
  public <T> ListKeys(Grid<T> grid, Consumer<T> open) {
    grid.setSelectionMode(SelectionMode.SINGLE);
    getElement()
        .addEventListener(
            "list-key",
            event -> act(grid, event.getEventData().path("event.detail").asString(""), open))
        .addEventData("event.detail");
  }

  private static <T> void act(Grid<T> grid, String key, Consumer<T> open) {
    List<T> rows = grid.getGenericDataView().getItems().toList();
    int at = grid.asSingleSelect().getOptionalValue().map(rows::indexOf).orElse(-1);
    switch (key) {
      case "j" -> select(grid, rows, Math.min(at + 1, rows.size() - 1));
      case "k" -> select(grid, rows, Math.max(at - 1, 0));
      default -> {
        if (at >= 0) {
          open.accept(rows.get(at));
        }
      }
    }
  }

  private static <T> void select(Grid<T> grid, List<T> rows, int at) {
    if (at >= 0 && at < rows.size()) {
      grid.select(rows.get(at));
      grid.scrollToIndex(at);
    }
  }
}
