package io.gradus.asl.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A parsed definition: its root machine, and every state of every nested machine by name (names
/// are unique in a whole definition, AWS refuses others).
public final class Definition {
  private final StateMachine root;
  private final Map<StateName, State> index;
  private final Map<StateName, Definition> processors = new ConcurrentHashMap<>();

  public Definition(StateMachine root) {
    this.root = root;
    Map<StateName, State> all = new HashMap<>();
    collect(root, all);
    this.index = Collections.unmodifiableMap(all);
  }

  public StateMachine root() {
    return root;
  }

  /// The state of that name, at any depth.
  ///
  /// @throws IllegalArgumentException if there is none
  public State state(StateName name) {
    State state = index.get(name);
    if (state == null) {
      throw new IllegalArgumentException("expected a state named '" + name + "', found none");
    }
    return state;
  }

  public boolean has(StateName name) {
    return index.containsKey(name);
  }

  public Map<StateName, State> allStates() {
    return index;
  }

  /// The processor of a Map, as a definition of its own.
  ///
  /// @throws IllegalArgumentException if there is no such Map
  public Definition processorOf(StateName map) {
    return processors.computeIfAbsent(
        map,
        name -> {
          if (state(name) instanceof State.MapState state) {
            return new Definition(state.processor());
          }
          throw new IllegalArgumentException("expected a Map named '" + name + "'");
        });
  }

  /// The same with Maps that run their iterations themselves: for where there are no child
  /// executions.
  public Definition withoutChildren() {
    return new Definition(withoutChildren(root));
  }

  private static StateMachine withoutChildren(StateMachine machine) {
    Map<StateName, State> states = new LinkedHashMap<>();
    machine.states().forEach((name, state) -> states.put(name, withoutChildren(state)));
    return new StateMachine(
        machine.startAt(), states, machine.language(), machine.comment(), machine.timeoutSeconds());
  }

  private static State withoutChildren(State state) {
    return switch (state) {
      case State.MapState m ->
          new State.MapState(
              m.name(),
              m.comment(),
              m.language(),
              m.data(),
              m.map().inline(),
              withoutChildren(m.processor()),
              m.onError(),
              m.then());
      case State.Parallel p ->
          new State.Parallel(
              p.name(),
              p.comment(),
              p.language(),
              p.data(),
              p.branches().stream().map(Definition::withoutChildren).toList(),
              p.onError(),
              p.then());
      case State.Pass _,
          State.Task _,
          State.Choice _,
          State.Wait _,
          State.Succeed _,
          State.Fail _ ->
          state;
    };
  }

  private static void collect(StateMachine machine, Map<StateName, State> into) {
    for (State state : machine.states().values()) {
      into.put(state.name(), state);
      switch (state) {
        case State.Parallel p -> p.branches().forEach(b -> collect(b, into));
        case State.MapState m -> collect(m.processor(), into);
        case State.Pass _,
            State.Task _,
            State.Choice _,
            State.Wait _,
            State.Succeed _,
            State.Fail _ -> {}
      }
    }
  }
}
