package io.gradus.asl.graph;

import io.gradus.asl.model.Definition;
import io.gradus.asl.parse.DefinitionParser;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A definition as nodes and edges, for drawing it and for walking it. Nodes come in the order the
/// states are written, a container before what is inside it. Edges stay within one machine.
public record StateGraph(List<Node> nodes, List<Edge> edges) {
  public StateGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /// The kind of a state, by its `Type`.
  public enum Kind {
    PASS("Pass"),
    TASK("Task"),
    CHOICE("Choice"),
    WAIT("Wait"),
    SUCCEED("Succeed"),
    FAIL("Fail"),
    PARALLEL("Parallel"),
    MAP("Map");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /// A state.
  ///
  /// @param id the state's name; where a half-written definition uses a name twice, the later one
  ///   has an id of its own
  /// @param parent the id of the Parallel or Map the state is inside of; null at the top
  /// @param branch which branch of a Parallel, from 0; 0 inside a Map and at the top
  /// @param start whether its machine begins here
  /// @param end whether its machine may end here
  /// @param resource what a Task calls; null for other kinds
  /// @param caption a few words about it for people, such as `Lambda · resize` or `2 rules`; may be
  ///   empty
  public record Node(
      String id,
      String name,
      Kind kind,
      @Nullable String parent,
      int branch,
      boolean start,
      boolean end,
      @Nullable String resource,
      String caption) {}

  /// Why an edge is taken.
  public enum Reason {
    NEXT,
    CHOICE,
    DEFAULT,
    CATCH
  }

  /// A way from one state to another.
  ///
  /// @param from a node's id
  /// @param to a node's id; the name that is written where `missing`
  /// @param index which rule or catcher, from 0; 0 for other reasons
  /// @param label the rule's condition or the errors caught, for people; empty for `NEXT`
  /// @param missing whether the machine has no state of the name that is written
  public record Edge(
      String from, String to, Reason reason, int index, String label, boolean missing) {}

  /// The graph of a definition that was parsed.
  public static StateGraph of(Definition definition) {
    return ModelOutline.of(definition.root()).assemble();
  }

  /// The graph of a definition's text, however far it is written: broken JSON, states without a
  /// type and targets that do not exist are drawn as far as they go. Equal to [#of] for a sound
  /// definition. Null where nothing can be drawn.
  public static @Nullable StateGraph sketch(String json) {
    ObjectNode tree = DefinitionParser.sketchTree(json);
    if (tree == null) {
      return null;
    }
    StateGraph graph = SketchOutline.of(tree).assemble();
    return graph.nodes().isEmpty() ? null : graph;
  }

  /// What stands around a state: at most `before` steps back and `after` steps on in its own
  /// machine, and as many around each container that it is inside of. Other containers are empty.
  /// Empty where there is no such state.
  ///
  /// @param id the state's id
  public StateGraph around(String id, int before, int after) {
    return Surroundings.of(this, id, before, after);
  }
}
