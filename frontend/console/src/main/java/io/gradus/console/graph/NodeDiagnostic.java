package io.gradus.console.graph;

import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.graph.StateGraph.Node;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A fault shown on a node.
///
/// @param nodeId an id of [StateGraph]
public record NodeDiagnostic(String nodeId, Severity severity, String message) {
  private static final String STATES = "/States/";

  /// The faults that lie in a state, each at the innermost one; faults of the whole are left out.
  public static List<NodeDiagnostic> of(Collection<Diagnostic> faults, StateGraph graph) {
    Map<String, Node> named = new HashMap<>();
    graph.nodes().forEach(node -> named.putIfAbsent(node.name(), node));
    List<NodeDiagnostic> found = new ArrayList<>();
    for (Diagnostic fault : faults) {
      Node node = node(fault.location(), named);
      if (node != null) {
        found.add(new NodeDiagnostic(node.id(), fault.severity(), fault.message()));
      }
    }
    return found;
  }

  /// The innermost state of a location; a name may have slashes and brackets itself, so the longest
  /// that fits is taken.
  private static @Nullable Node node(String location, Map<String, Node> named) {
    for (int at = location.lastIndexOf(STATES);
        at >= 0;
        at = at == 0 ? -1 : location.lastIndexOf(STATES, at - 1)) {
      String rest = location.substring(at + STATES.length());
      for (int end = rest.length(); end > 0; end--) {
        boolean whole = end == rest.length() || rest.charAt(end) == '/' || rest.charAt(end) == '[';
        Node node = whole ? named.get(rest.substring(0, end)) : null;
        if (node != null) {
          return node;
        }
      }
    }
    return null;
  }
}
