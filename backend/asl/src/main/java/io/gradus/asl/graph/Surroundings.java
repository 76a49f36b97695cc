package io.gradus.asl.graph;

import io.gradus.asl.graph.StateGraph.Edge;
import io.gradus.asl.graph.StateGraph.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A few steps of a graph around one state.
final class Surroundings {
  private Surroundings() {}

  static StateGraph of(StateGraph graph, String id, int before, int after) {
    Map<String, Node> byId =
        graph.nodes().stream().collect(Collectors.toMap(Node::id, Function.identity()));
    List<Edge> sound = graph.edges().stream().filter(edge -> !edge.missing()).toList();
    Set<String> kept = new HashSet<>();
    for (Node at = byId.get(id); at != null; at = byId.get(at.parent())) {
      kept.addAll(walk(at.id(), before, sound, Edge::to, Edge::from));
      kept.addAll(walk(at.id(), after, sound, Edge::from, Edge::to));
    }
    return new StateGraph(
        graph.nodes().stream().filter(node -> kept.contains(node.id())).toList(),
        sound.stream()
            .filter(edge -> kept.contains(edge.from()) && kept.contains(edge.to()))
            .toList());
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
