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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where the selected state leads, each way to be led elsewhere. Fields stay the same components as
/// long as the same ways are shown, so that whoever chose keeps the keyboard.
final class WayFields extends Div {
  private static final long serialVersionUID = 1L;

  /// What stands for the end where states are chosen; no id of a state is empty.
  private static final String END = "";

  private final StateGraphView picture;
  private final transient List<Field> fields = new ArrayList<>();
  private transient List<String> labels = List.of();
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

  /// Shows where a node leads.
  void show(StateGraph graph, Node node) {
    List<Edge> edges = graph.edges().stream().filter(e -> e.from().equals(node.id())).toList();
    boolean goesOn =
        node.kind() != Kind.CHOICE && node.kind() != Kind.SUCCEED && node.kind() != Kind.FAIL;
    boolean ends = goesOn && edges.stream().noneMatch(e -> e.reason() == Reason.NEXT);
    List<String> now = new ArrayList<>();
    if (ends) {
      now.add("Then");
    }
    edges.forEach(edge -> now.add(StatePanel.why(edge)));
    if (!node.id().equals(shown) || !now.equals(labels)) {
      shown = node.id();
      labels = now;
      fields.clear();
      removeAll();
      now.forEach(label -> add(field(label)));
    }
    Map<String, String> names = names(graph, node);
    int at = 0;
    if (ends) {
      fill(fields.get(at++), new Way("end", node.id(), "", 0), names, node.end() ? END : null);
    }
    Map<String, Integer> same = new HashMap<>();
    for (Edge edge : edges) {
      String to = edge.missing() ? edge.to() : names.getOrDefault(edge.to(), edge.to());
      String why = edge.reason().name().toLowerCase(Locale.ROOT);
      int nth = same.merge(why + "\n" + to, 1, Integer::sum) - 1;
      Way way = new Way(why, node.id(), to, nth);
      fill(fields.get(at++), way, names, edge.missing() ? null : edge.to());
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

  private Field field(String label) {
    var field = new Field();
    field.setLabel(label);
    field.addThemeVariants(ComboBoxVariant.LUMO_SMALL);
    field.setWidthFull();
    fields.add(field);
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
    if (way.why().equals("next") || way.why().equals("end")) {
      choices.put(END, "End");
    }
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
