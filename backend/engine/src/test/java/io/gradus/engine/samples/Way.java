package io.gradus.engine.samples;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.State;
import java.util.LinkedHashSet;
import java.util.Set;

/// One of the ways through a state.
///
/// @param number which rule, catcher or retrier, from 0; 0 for the other kinds
record Way(String state, Kind kind, int number) {
  /// What happens there.
  enum Kind {
    /// The state's work is done and it hands its output on; a Fail ends the machine.
    DONE,
    RULE,
    DEFAULT,
    CATCH,
    /// Retried, and then done.
    RETRY,
    /// Retried as often as allowed, and still failed.
    EXHAUSTED,
    NO_ITEM,
    ONE_ITEM,
    SEVERAL_ITEMS
  }

  static Set<Way> of(Definition definition) {
    Set<Way> ways = new LinkedHashSet<>();
    for (State state : definition.allStates().values()) {
      String name = state.name().value();
      switch (state) {
        case State.Choice choice -> {
          for (int i = 0; i < choice.rules().size(); i++) {
            ways.add(new Way(name, Kind.RULE, i));
          }
          if (choice.fallback() != null) {
            ways.add(new Way(name, Kind.DEFAULT, 0));
          }
        }
        case State.MapState map -> {
          ways.add(new Way(name, Kind.DONE, 0));
          ways.add(new Way(name, Kind.NO_ITEM, 0));
          ways.add(new Way(name, Kind.ONE_ITEM, 0));
          ways.add(new Way(name, Kind.SEVERAL_ITEMS, 0));
          errors(name, map.onError(), ways);
        }
        case State.Task task -> {
          ways.add(new Way(name, Kind.DONE, 0));
          errors(name, task.onError(), ways);
        }
        case State.Parallel parallel -> {
          ways.add(new Way(name, Kind.DONE, 0));
          errors(name, parallel.onError(), ways);
        }
        case State.Pass _, State.Wait _, State.Succeed _, State.Fail _ ->
            ways.add(new Way(name, Kind.DONE, 0));
      }
    }
    return ways;
  }

  private static void errors(String name, ErrorPolicy policy, Set<Way> ways) {
    for (int i = 0; i < policy.retriers().size(); i++) {
      if (policy.retriers().get(i).maxAttempts() > 0) {
        ways.add(new Way(name, Kind.RETRY, i));
      }
      ways.add(new Way(name, Kind.EXHAUSTED, i));
    }
    for (int i = 0; i < policy.catchers().size(); i++) {
      ways.add(new Way(name, Kind.CATCH, i));
    }
  }

  @Override
  public String toString() {
    return switch (kind) {
      case RULE, CATCH, RETRY, EXHAUSTED -> state + " " + kind + " " + number;
      case DONE, DEFAULT, NO_ITEM, ONE_ITEM, SEVERAL_ITEMS -> state + " " + kind;
    };
  }
}
