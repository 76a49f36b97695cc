package io.gradus.asl.graph;

import io.gradus.asl.model.ChoiceRule;
import io.gradus.asl.model.Definition;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateMachine;
import io.gradus.asl.model.StateName;
import io.gradus.asl.model.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A definition as nodes and edges, for drawing it and for walking it. Nodes come in the order the
/// states are written, a container before what is inside it. Edges stay within one machine; an edge
/// to a state that does not exist is left out.
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
  /// @param parent the Parallel or Map the state is inside of; null at the top
  /// @param branch which branch of a Parallel, from 0; 0 inside a Map and at the top
  /// @param start whether its machine begins here
  /// @param end whether its machine may end here
  /// @param resource what a Task calls; null for other kinds
  public record Node(
      String name,
      Kind kind,
      @Nullable String parent,
      int branch,
      boolean start,
      boolean end,
      @Nullable String resource) {}

  /// Why an edge is taken.
  public enum Reason {
    NEXT,
    CHOICE,
    DEFAULT,
    CATCH
  }

  /// A way from one state to another.
  ///
  /// @param index which rule or catcher, from 0; 0 for other reasons
  /// @param label the rule's condition or the errors caught, for people; empty for `NEXT`
  public record Edge(String from, String to, Reason reason, int index, String label) {}

  public static StateGraph of(Definition definition) {
    List<Node> nodes = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    machine(definition.root(), null, 0, nodes, edges);
    return new StateGraph(nodes, edges);
  }

  private static void machine(
      StateMachine machine,
      @Nullable String parent,
      int branch,
      List<Node> nodes,
      List<Edge> edges) {
    for (State state : machine.states().values()) {
      String name = state.name().value();
      boolean start = state.name().equals(machine.startAt());
      String resource = state instanceof State.Task task ? task.resource().arn() : null;
      nodes.add(new Node(name, kind(state), parent, branch, start, ends(state), resource));
      edges(state, machine, edges);
      switch (state) {
        case State.Parallel parallel -> {
          for (int i = 0; i < parallel.branches().size(); i++) {
            machine(parallel.branches().get(i), name, i, nodes, edges);
          }
        }
        case State.MapState map -> machine(map.processor(), name, 0, nodes, edges);
        case State.Pass _, State.Task _, State.Choice _, State.Wait _ -> {}
        case State.Succeed _, State.Fail _ -> {}
      }
    }
  }

  private static void edges(State state, StateMachine machine, List<Edge> edges) {
    List<Edge> own = new ArrayList<>();
    switch (state) {
      case State.Pass pass -> next(state, pass.then(), own);
      case State.Wait wait -> next(state, wait.then(), own);
      case State.Task task -> {
        next(state, task.then(), own);
        catches(state, task.onError(), own);
      }
      case State.Parallel parallel -> {
        next(state, parallel.then(), own);
        catches(state, parallel.onError(), own);
      }
      case State.MapState map -> {
        next(state, map.then(), own);
        catches(state, map.onError(), own);
      }
      case State.Choice choice -> choice(choice, own);
      case State.Succeed _, State.Fail _ -> {}
    }
    own.stream()
        .filter(edge -> machine.states().containsKey(new StateName(edge.to())))
        .forEach(edges::add);
  }

  private static void next(State state, Transition then, List<Edge> edges) {
    if (then instanceof Transition.Next(StateName to)) {
      edges.add(new Edge(state.name().value(), to.value(), Reason.NEXT, 0, ""));
    }
  }

  private static void catches(State state, ErrorPolicy policy, List<Edge> edges) {
    for (int i = 0; i < policy.catchers().size(); i++) {
      ErrorPolicy.Catcher catcher = policy.catchers().get(i);
      String errors =
          catcher.errors().stream().map(Object::toString).collect(Collectors.joining(", "));
      String to = catcher.next().value();
      edges.add(new Edge(state.name().value(), to, Reason.CATCH, i, ConditionText.bounded(errors)));
    }
  }

  private static void choice(State.Choice choice, List<Edge> edges) {
    String from = choice.name().value();
    for (int i = 0; i < choice.rules().size(); i++) {
      ChoiceRule rule = choice.rules().get(i);
      String label = ConditionText.of(rule.condition());
      edges.add(new Edge(from, rule.next().value(), Reason.CHOICE, i, label));
    }
    if (choice.fallback() != null) {
      edges.add(new Edge(from, choice.fallback().value(), Reason.DEFAULT, 0, "Default"));
    }
  }

  private static boolean ends(State state) {
    return switch (state) {
      case State.Pass pass -> pass.then() instanceof Transition.End;
      case State.Task task -> task.then() instanceof Transition.End;
      case State.Wait wait -> wait.then() instanceof Transition.End;
      case State.Parallel parallel -> parallel.then() instanceof Transition.End;
      case State.MapState map -> map.then() instanceof Transition.End;
      case State.Choice _ -> false;
      case State.Succeed _, State.Fail _ -> true;
    };
  }

  private static Kind kind(State state) {
    return switch (state) {
      case State.Pass _ -> Kind.PASS;
      case State.Task _ -> Kind.TASK;
      case State.Choice _ -> Kind.CHOICE;
      case State.Wait _ -> Kind.WAIT;
      case State.Succeed _ -> Kind.SUCCEED;
      case State.Fail _ -> Kind.FAIL;
      case State.Parallel _ -> Kind.PARALLEL;
      case State.MapState _ -> Kind.MAP;
    };
  }
}
