package io.gradus.console.executions;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.asl.graph.StateGraph;
import io.gradus.console.graph.NodeComparison;
import io.gradus.console.graph.NodeSign;
import io.gradus.console.graph.NodeStatus;
import io.gradus.console.graph.StateGraphView;
import io.gradus.console.part.Status;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.FrameId;
import io.gradus.service.execution.view.CourseComparison.OfState;
import io.gradus.service.execution.view.Line;
import io.gradus.service.execution.view.StateStay;
import io.gradus.service.execution.view.Visit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The graph of A's definition, with how each state went in both.
final class CompareGraph extends Div {
  private static final long serialVersionUID = 1L;

  private final StateGraphView graph = new StateGraphView();
  private final Div legend = new Div();
  private final transient Map<CompareMark, Span> counts = new EnumMap<>(CompareMark.class);

  /// @param select is given the state that was selected; null for none
  CompareGraph(Compared compared, Consumer<@Nullable String> select) {
    addClassName("g-exec-graph");
    graph.setGraph(compared.graph());
    graph.setLabel("Graph of A's state machine");
    graph.setFileName(compared.left().row().name() + "-compared");
    graph.addSelectListener(
        event ->
            select.accept(
                compared.graph().nodes().stream()
                    .filter(node -> node.id().equals(event.nodeId()))
                    .map(StateGraph.Node::name)
                    .findFirst()
                    .orElse(null)));
    legend.addClassName("g-legend");
    for (CompareMark mark : CompareMark.values()) {
      Span count = new Span();
      counts.put(mark, count);
      legend.add(new Div(mark.sign(), count));
    }
    add(legend, graph);
  }

  /// Marks the node of a state; null marks none.
  void select(@Nullable String nodeId) {
    graph.select(nodeId);
  }

  /// Shows how the states went.
  void update(Compared compared) {
    Map<String, NodeSign> signs = new HashMap<>();
    for (StateGraph.Node node : compared.graph().nodes()) {
      Compared.Row row = compared.named(node.name());
      NodeSign sign = row == null ? null : sign(row);
      if (sign != null) {
        signs.put(node.id(), sign);
      }
    }
    terminal(signs, NodeComparison.START, begun(compared.left()), begun(compared.right()));
    terminal(signs, NodeComparison.END, atEnd(compared.left()), atEnd(compared.right()));
    graph.setStatuses(signs);
    graph.setTaken(compared.left().traced().taken(), compared.right().traced().taken());
    count(compared.rows());
  }

  private void count(List<Compared.Row> rows) {
    Map<CompareMark, Integer> found = new EnumMap<>(CompareMark.class);
    rows.forEach(row -> found.merge(row.mark(), 1, Integer::sum));
    counts.forEach(
        (mark, count) -> {
          int number = found.getOrDefault(mark, 0);
          count.setText(Counts.of(number));
          count.getParent().ifPresent(line -> line.setVisible(number > 0));
        });
  }

  private static @Nullable NodeSign sign(Compared.Row row) {
    NodeComparison.Mark mark = row.mark().onNode();
    OfState both = row.both();
    if (mark == null || both == null) {
      return row.inChildren() ? NodeStatus.of(Status.NOT_REACHED, Standing.IN_CHILDREN) : null;
    }
    return new NodeComparison(mark, line(both));
  }

  /// What a node says below its name.
  private static String line(OfState both) {
    StateStay left = both.left();
    StateStay right = both.right();
    if (left == null || right == null) {
      StateStay only = left == null ? right : left;
      return StayText.outcome(only) + " · " + StayText.time(only);
    }
    return left.isLike(right)
        ? "A " + StayText.time(left) + " · B " + StayText.time(right)
        : "A "
            + StayText.brief(left, right, both.kind())
            + " · B "
            + StayText.brief(right, left, both.kind());
  }

  private static void terminal(
      Map<String, NodeSign> signs, String key, boolean left, boolean right) {
    if (left || right) {
      NodeComparison.Mark mark =
          !right
              ? NodeComparison.Mark.LEFT
              : left ? NodeComparison.Mark.SAME : NodeComparison.Mark.RIGHT;
      signs.put(key, new NodeComparison(mark, null));
    }
  }

  private static boolean begun(CompareSide side) {
    return !side.course().visits().isEmpty();
  }

  /// Whether it ended after a state that is no end of its own.
  private static boolean atEnd(CompareSide side) {
    Line line = side.course().line(FrameId.ROOT);
    Visit last = line == null ? null : line.current();
    return last != null
        && side.course().status() == ExecutionStatus.SUCCEEDED
        && switch (last.kind()) {
          case SUCCEED, FAIL -> false;
          case PASS, TASK, CHOICE, WAIT, PARALLEL, MAP -> true;
        };
  }
}
