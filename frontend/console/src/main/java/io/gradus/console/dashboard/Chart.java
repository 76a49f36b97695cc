package io.gradus.console.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Numbers over time, drawn by the browser. Whoever does not see it is told its label, and has the
/// table beside it.
@Tag("gradus-chart")
@JsModule("./statistics/gradus-chart.ts")
public final class Chart extends Component implements HasStyle {
  private static final long serialVersionUID = 1L;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String kind;

  /// What is drawn in one way.
  ///
  /// @param key of its look
  record Series(String key, String word) {}

  /// One time.
  ///
  /// @param foot what stands below it
  /// @param title of what is told of it
  /// @param values in the order of the series; null for none
  record Slot(String foot, String title, List<Value> values) {}

  /// A number and how people read it.
  record Value(@Nullable Double number, String text) {}

  /// @param kind `outcomes` or `durations`
  Chart(String kind) {
    this.kind = kind;
    getElement().setAttribute("role", "img");
  }

  /// Draws these.
  void show(String label, List<Series> series, List<Slot> slots) {
    getElement().setAttribute("aria-label", label);
    ArrayNode drawn = JSON.arrayNode();
    series.forEach(each -> drawn.addObject().put("key", each.key()).put("word", each.word()));
    ArrayNode times = JSON.arrayNode();
    for (Slot slot : slots) {
      ObjectNode time = times.addObject().put("foot", slot.foot()).put("title", slot.title());
      ArrayNode values = time.putArray("values");
      ArrayNode texts = time.putArray("texts");
      for (Value value : slot.values()) {
        values.add(value.number());
        texts.add(value.text());
      }
    }
    getElement().callJsFunction("show", kind, drawn, times);
  }
}
