package io.gradus.console.executions;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.graph.NodeStatus;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/// How many states of a graph stand how.
final class Legend extends Div {
  private static final long serialVersionUID = 1L;

  private final transient Map<Status, Entry> entries = new EnumMap<>(Status.class);
  private final Span inChildren = new Span();
  private final Div childrenLine = new Div(new Span(Standing.IN_CHILDREN), inChildren);

  private record Entry(Div line, Span count) {}

  Legend() {
    addClassName("g-legend");
    for (Status status : Status.values()) {
      Span count = new Span();
      Div line = new Div(new StatusMark(status), count);
      line.setVisible(false);
      entries.put(status, new Entry(line, count));
      add(line);
    }
    childrenLine.addClassName("g-legend-children");
    add(childrenLine);
  }

  /// Counts anew. What only child executions visit is none of the execution's own states: whether
  /// it was reached is theirs to say.
  ///
  /// @param states how many there are, reached or not
  void update(Collection<NodeStatus> statuses, int states) {
    Map<Status, Integer> found = new EnumMap<>(Status.class);
    int others = 0;
    for (NodeStatus status : statuses) {
      if (Standing.IN_CHILDREN.equals(status.line())) {
        others++;
      } else {
        found.merge(status.status(), 1, Integer::sum);
      }
    }
    found.merge(Status.NOT_REACHED, states - statuses.size(), Integer::sum);
    inChildren.setText(String.valueOf(others));
    childrenLine.setVisible(others > 0);
    entries.forEach(
        (status, entry) -> {
          int number = found.getOrDefault(status, 0);
          entry.count().setText(String.valueOf(number));
          entry.line().setVisible(number > 0);
        });
  }
}
