package io.gradus.console.executions;

import io.gradus.asl.graph.StateGraph;
import io.gradus.service.execution.view.CourseComparison;
import io.gradus.service.execution.view.CourseComparison.OfState;
import io.gradus.service.execution.view.StateStay;
import io.gradus.service.execution.view.VisitPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Two executions beside each other, A on the left and B on the right, with what differs. Guarded
/// by the session's lock.
final class Compared {
  private final CompareSide left;
  private final CompareSide right;
  private final StateGraph graph;
  private final boolean otherDefinition;
  private final Set<String> rewritten;
  private final Map<String, StateGraph.Node> leftNodes = new LinkedHashMap<>();
  private final Map<String, StateGraph.Node> rightNodes = new LinkedHashMap<>();
  private final Map<String, StateGraph.Node> leftById = new HashMap<>();
  private final Map<String, StateGraph.Node> rightById = new HashMap<>();
  private CourseComparison comparison;

  /// One state of either definition.
  ///
  /// @param both how it went; null where neither visited it
  /// @param inA whether A's definition has it, which is drawn
  /// @param inB whether B's definition has it
  /// @param rewritten whether both have it, and it is written otherwise
  /// @param inChildren whether neither visited it because child executions do
  record Row(
      String state,
      @Nullable OfState both,
      boolean inA,
      boolean inB,
      boolean rewritten,
      boolean inChildren) {
    CompareMark mark() {
      return CompareMark.of(both);
    }

    /// How much longer B spent in it than A; null where not both were in it to the end.
    @Nullable Duration slower() {
      StateStay a = both == null ? null : both.left();
      StateStay b = both == null ? null : both.right();
      return a == null || b == null || a.isOpen() || b.isOpen() ? null : b.time().minus(a.time());
    }
  }

  Compared(CompareSide left, CompareSide right) {
    this.left = left;
    this.right = right;
    String mine = left.opened().definition();
    String other = right.opened().definition();
    otherDefinition = !mine.equals(other);
    graph = sketch(mine);
    take(graph, leftNodes, leftById);
    take(otherDefinition ? sketch(other) : graph, rightNodes, rightById);
    rewritten = otherDefinition ? StateText.rewritten(mine, other) : Set.of();
    comparison = compare();
  }

  private static StateGraph sketch(String definition) {
    StateGraph drawn = StateGraph.sketch(definition);
    return drawn == null ? new StateGraph(List.of(), List.of()) : drawn;
  }

  private static void take(
      StateGraph graph, Map<String, StateGraph.Node> byName, Map<String, StateGraph.Node> byId) {
    for (StateGraph.Node node : graph.nodes()) {
      byName.putIfAbsent(node.name(), node);
      byId.put(node.id(), node);
    }
  }

  /// Compares anew, after one of them went on.
  void refresh() {
    comparison = compare();
  }

  private CourseComparison compare() {
    return CourseComparison.of(
        left.course(), right.course(), right.forkedAt(left), left.forkedAt(right));
  }

  CompareSide left() {
    return left;
  }

  CompareSide right() {
    return right;
  }

  CourseComparison comparison() {
    return comparison;
  }

  /// The graph of A's definition.
  StateGraph graph() {
    return graph;
  }

  /// Whether the two ran definitions that are not written alike.
  boolean isOtherDefinition() {
    return otherDefinition;
  }

  /// Whether it is one execution twice.
  boolean isOneAndTheSame() {
    return left.row().key().equals(right.row().key());
  }

  /// All states: those of the graph in its order, then those that only B's definition has.
  List<Row> rows() {
    Set<String> names = new LinkedHashSet<>(leftNodes.keySet());
    names.addAll(rightNodes.keySet());
    // What was visited stands in a definition; an unreadable one is no reason to hide it.
    names.addAll(comparison.states().keySet());
    List<Row> rows = new ArrayList<>();
    names.forEach(name -> rows.add(row(name)));
    return rows;
  }

  /// One state; null where there is none of that name.
  @Nullable Row named(@Nullable String state) {
    return state == null || !has(state) ? null : row(state);
  }

  private boolean has(String state) {
    return leftNodes.containsKey(state)
        || rightNodes.containsKey(state)
        || comparison.states().containsKey(state);
  }

  private Row row(String state) {
    OfState both = comparison.states().get(state);
    return new Row(
        state,
        both,
        leftNodes.containsKey(state),
        rightNodes.containsKey(state),
        rewritten.contains(state),
        both == null && isInChildren(state));
  }

  /// The node of a state in the graph; null where it has none.
  StateGraph.@Nullable Node node(@Nullable String state) {
    return state == null ? null : leftNodes.get(state);
  }

  /// The states that lie inside of one, also deeper, in the order of the graph.
  List<Row> inside(String container) {
    StateGraph.Node around = leftNodes.get(container);
    Set<String> ids = new LinkedHashSet<>();
    List<Row> rows = new ArrayList<>();
    if (around != null) {
      ids.add(around.id());
      // A container comes before what is inside of it.
      for (StateGraph.Node node : graph.nodes()) {
        if (node.parent() != null && ids.contains(node.parent())) {
          ids.add(node.id());
          rows.add(row(node.name()));
        }
      }
    }
    return rows;
  }

  /// Whether a state is visited by child executions only: those of a distributed Map around it.
  private boolean isInChildren(String state) {
    return isInChildren(leftNodes.get(state), leftById)
        || isInChildren(rightNodes.get(state), rightById);
  }

  private boolean isInChildren(StateGraph.@Nullable Node node, Map<String, StateGraph.Node> byId) {
    for (StateGraph.Node around = parent(node, byId);
        around != null;
        around = parent(around, byId)) {
      if (left.hasMapRun(around.name()) || right.hasMapRun(around.name())) {
        return true;
      }
    }
    return false;
  }

  private static StateGraph.@Nullable Node parent(
      StateGraph.@Nullable Node node, Map<String, StateGraph.Node> byId) {
    return node == null || node.parent() == null ? null : byId.get(node.parent());
  }

  /// The visits of a state that are put beside each other.
  VisitPair pair(String state, VisitPair.@Nullable Which which) {
    return VisitPair.of(left.visits(state), right.visits(state), which(state, which));
  }

  /// The visits that are meant where none are said.
  VisitPair.Which which(String state, VisitPair.@Nullable Which said) {
    return said == null ? VisitPair.telling(left.visits(state), right.visits(state)) : said;
  }
}
