package io.gradus.console.graph;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/// The types of states, to be dragged onto a graph whose text is being written, or chosen for
/// behind the selected state. It asks nothing of the server.
@Tag("gradus-palette")
@JsModule("./graph/gradus-palette.ts")
public final class StatePalette extends Component implements HasStyle {
  private static final long serialVersionUID = 1L;

  /// @param graph where states are put
  public StatePalette(StateGraphView graph) {
    getElement().executeJs("this.graph = $0", graph.getElement());
  }
}
