package io.gradus.console.machines.studio;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.ComboBoxVariant;
import com.vaadin.flow.component.html.Div;
import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.graph.StateGraph.Edge;
import io.gradus.asl.graph.StateGraph.Kind;
import io.gradus.asl.graph.StateGraph.Node;
import io.gradus.asl.graph.StateGraph.Reason;
import io.gradus.console.graph.StateGraphView;
import io.gradus.console.graph.StateGraphView.Way;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What comes after the selected state, to be led elsewhere; where rules and catchers lead is
/// chosen with them. It stays the same component as long as the same state is shown, so that
/// whoever chose keeps the keyboard.
final class WayFields extends Div {
  private static final long serialVersionUID = 1L;

  /// What stands for the end where states are chosen; no id of a state is empty.
  private static final String END = "";

  private final StateGraphView picture;
  private @Nullable Field field;
  private @Nullable String shown;

  private static final class Field extends ComboBox<String> {
    private static final long serialVersionUID = 1L;
    private transient @Nullable Way way;
    private transient Map<String, String> names = Map.of();
  }

  /// @param picture leads the ways elsewhere
  WayFields(StateGraphView picture) {
    this.picture = picture;
    addClassName("g-state-ways");
  }

  /// Shows nothing.
  void hide() {
    removeAll();
    field = null;
    shown = null;
  }

  /// Shows what comes after a node; nothing where nothing can.
  void show(StateGraph graph, Node node) {
    boolean goesOn =
        node.kind() != Kind.CHOICE && node.kind() != Kind.SUCCEED && node.kind() != Kind.FAIL;
    if (!node.id().equals(shown) || goesOn != (field != null)) {
      shown = node.id();
      removeAll();
      field = goesOn ? field() : null;
    }
    Field then = field;
    if (then == null) {
      return;
    }
    Map<String, String> names = names(graph, node);
    Edge next =
        graph.edges().stream()
            .filter(edge -> edge.from().equals(node.id()) && edge.reason() == Reason.NEXT)
            .findFirst()
            .orElse(null);
    if (next == null) {
      fill(then, new Way("end", node.id(), "", 0), names, node.end() ? END : null);
    } else {
      String to = next.missing() ? next.to() : names.getOrDefault(next.to(), next.to());
      fill(then, new Way("next", node.id(), to, 0), names, next.missing() ? null : next.to());
    }
  }

  /// The states beside a node, by id.
  private static Map<String, String> names(StateGraph graph, Node node) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Node each : graph.nodes()) {
      if (Objects.equals(each.parent(), node.parent()) && each.branch() == node.branch()) {
        names.put(each.id(), each.name());
      }
    }
    return names;
  }

  private Field field() {
    var field = new Field();
    field.setLabel("Then");
    field.addThemeVariants(ComboBoxVariant.LUMO_SMALL);
    field.setWidthFull();
    add(field);
    field.addValueChangeListener(
        change -> {
          Way way = field.way;
          if (!change.isFromClient() || way == null) {
            return;
          }
          if (change.getValue() == null) {
            field.setValue(change.getOldValue()); // a way leads somewhere
          } else {
            picture.lead(way, change.getValue().equals(END) ? null : change.getValue());
          }
        });
    return field;
  }

  private static void fill(
      Field field, Way way, Map<String, String> names, @Nullable String leadsTo) {
    Map<String, String> choices = new LinkedHashMap<>(names);
    choices.put(END, "End");
    field.way = way;
    // What is open to be chosen from is left alone.
    if (!choices.equals(field.names)) {
      field.names = choices;
      field.setItemLabelGenerator(id -> choices.getOrDefault(id, id));
      field.setItems(choices.keySet());
    }
    field.setPlaceholder(leadsTo == null && !way.to().isEmpty() ? "No state " + way.to() : "");
    field.setValue(leadsTo);
  }
}
