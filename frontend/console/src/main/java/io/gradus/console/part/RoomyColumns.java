package io.gradus.console.part;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import java.util.function.IntConsumer;

/// Columns that a phone has no room for: they are shown while the window is wider than that.
public final class RoomyColumns {
  /// Wider windows are no phones, in pixels.
  private static final int PHONE = 700;

  private RoomyColumns() {}

  /// Shows these columns of a grid only where there is room.
  public static void of(Grid<?> grid, List<? extends Grid.Column<?>> roomy) {
    of(grid, roomy, List.of());
  }

  /// Shows the ones where there is room and the others where there is none.
  public static void of(
      Grid<?> grid, List<? extends Grid.Column<?>> roomy, List<? extends Grid.Column<?>> narrow) {
    grid.addAttachListener(
        attach -> {
          Page page = attach.getUI().getPage();
          IntConsumer fit =
              width -> {
                roomy.forEach(column -> column.setVisible(width > PHONE));
                narrow.forEach(column -> column.setVisible(width <= PHONE));
              };
          fit.accept(page.getExtendedClientDetails().getWindowInnerWidth());
          Registration resized =
              page.addBrowserWindowResizeListener(size -> fit.accept(size.getWidth()));
          grid.addDetachListener(
              detach -> {
                resized.remove();
                detach.unregisterListener();
              });
        });
  }
}
