package io.gradus.asl.graph;

import io.gradus.asl.graph.StateGraph.Edge;
import io.gradus.asl.graph.StateGraph.Kind;
import io.gradus.asl.graph.StateGraph.Node;
import io.gradus.asl.graph.StateGraph.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One machine as it is drawn, whatever it was read from.
///
/// @param startAt the name of its first state as written; null where it says none
record Outline(@Nullable String startAt, List<Entry> states) {
  /// A state with its ways out and the machines inside of it.
  record Entry(
      String name,
      Kind kind,
      boolean end,
      @Nullable String resource,
      String caption,
      List<Way> ways,
      List<Outline> inside) {}

  /// A way out of a state, to a name as it is written.
  record Way(String to, Reason reason, int index, String label) {}

  StateGraph assemble() {
    Assembly assembly = new Assembly();
    assembly.machine(this, null, 0);
    return new StateGraph(assembly.nodes, assembly.edges);
  }

  private static final class Assembly {
    final List<Node> nodes = new ArrayList<>();
    final List<Edge> edges = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    void machine(Outline machine, @Nullable String parent, int branch) {
      Map<String, String> own = new HashMap<>();
      for (Entry state : machine.states()) {
        own.put(state.name(), id(state.name()));
      }
      for (Entry state : machine.states()) {
        String id = own.getOrDefault(state.name(), state.name());
        nodes.add(
            new Node(
                id,
                state.name(),
                state.kind(),
                parent,
                branch,
                state.name().equals(machine.startAt()),
                state.end(),
                state.resource(),
                state.caption()));
        for (Way way : state.ways()) {
          String to = own.get(way.to());
          edges.add(
              new Edge(
                  id,
                  to == null ? way.to() : to,
                  way.reason(),
                  way.index(),
                  way.label(),
                  to == null));
        }
        for (int i = 0; i < state.inside().size(); i++) {
          machine(state.inside().get(i), id, i);
        }
      }
    }

    /// A line break is in no state's name, so an id made with one is nobody's name.
    private String id(String name) {
      String id = name;
      for (int i = 2; !ids.add(id); i++) {
        id = name + "\n" + i;
      }
      return id;
    }
  }
}
