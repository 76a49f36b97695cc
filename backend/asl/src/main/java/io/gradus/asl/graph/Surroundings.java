package io.gradus.asl.graph;

import io.gradus.asl.graph.StateGraph.Edge;
import io.gradus.asl.graph.StateGraph.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// A few steps of a graph around one state.
final class Surroundings {
  private Surroundings() {}

  static StateGraph of(StateGraph graph, String id, int before, int after) {
    List<Edge> sound = graph.edges().stream().filter(edge -> !edge.missing()).toList();
    Set<String> kept = walk(id, before, sound, Edge::to, Edge::from);
    kept.addAll(walk(id, after, sound, Edge::from, Edge::to));
    Node center =
        graph.nodes().stream().filter(node -> node.id().equals(id)).findFirst().orElse(null);
    if (center == null) {
      return new StateGraph(List.of(), List.of());
    }
    return new StateGraph(
        graph.nodes().stream()
            .filter(node -> kept.contains(node.id()))
            .map(node -> alone(node, center))
            .toList(),
        sound.stream()
            .filter(edge -> kept.contains(edge.from()) && kept.contains(edge.to()))
            .toList());
  }

  /// Edges stay within one machine, so every node that was reached has the center's parent.
  private static Node alone(Node node, Node center) {
    assert Objects.equals(node.parent(), center.parent());
    return new Node(
        node.id(),
        node.name(),
        node.kind(),
        null,
        0,
        node.start() && node.parent() == null,
        node.end() && node.parent() == null,
        node.resource(),
        node.caption());
  }

  private static Set<String> walk(
      String id,
      int steps,
      List<Edge> edges,
      Function<Edge, String> near,
      Function<Edge, String> far) {
    Set<String> reached = new HashSet<>(Set.of(id));
    Set<String> rim = reached;
    for (int i = 0; i < steps && !rim.isEmpty(); i++) {
      Set<String> next = new HashSet<>();
      for (Edge edge : edges) {
        if (rim.contains(near.apply(edge)) && !reached.contains(far.apply(edge))) {
          next.add(far.apply(edge));
        }
      }
      reached.addAll(next);
      rim = next;
    }
    return reached;
  }
}
