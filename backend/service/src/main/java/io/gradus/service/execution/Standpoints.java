package io.gradus.service.execution;

import io.gradus.engine.Details;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what an execution had come to when it entered one of its states.
public final class Standpoints {
  /// How many commits are read at a time.
  private static final int COMMITS = 500;

  private final ExecutionLookup lookup;

  /// Reads there.
  public Standpoints(ExecutionLookup lookup) {
    this.lookup = lookup;
  }

  /// What a state of the top level got.
  ///
  /// @param eventId of its entry
  /// @param variables of the top level's scope
  public record Standpoint(long eventId, Payload input, Map<String, Payload> variables) {}

  /// The entry into a state of the top level.
  ///
  /// @param eventId of the entry; null for the last one
  Optional<Standpoint> find(ExecutionKey execution, String state, @Nullable Long eventId) {
    Map<String, Payload> variables = new LinkedHashMap<>();
    @Nullable Long entry = null;
    Map<String, Payload> there = Map.of();
    long from = 1;
    while (true) {
      List<Fact> facts = lookup.journal(execution, from, COMMITS);
      for (Fact fact : facts) {
        note(fact, variables);
        if (fact instanceof Fact.HistoryEvent event) {
          from = Math.max(from, event.id() + 1);
          if (isEntry(event, state) && (eventId == null || eventId == event.id())) {
            entry = event.id();
            there = Map.copyOf(variables);
          }
        }
      }
      if (facts.isEmpty() || (eventId != null && from > eventId)) {
        break;
      }
    }
    if (entry == null) {
      return Optional.empty();
    }
    long found = entry;
    Map<String, Payload> then = there;
    return lookup.events(execution, List.of(found)).stream()
        .findFirst()
        .map(
            event -> new Standpoint(found, ((Details.StateEntered) event.details()).input(), then));
  }

  private static boolean isEntry(Fact.HistoryEvent event, String state) {
    return event.frame().isRoot()
        && event.details() instanceof Details.StateEntered entered
        && entered.name().value().equals(state);
  }

  /// What is assigned stands in the very commit that assigns it, so it needs no second look.
  private static void note(Fact fact, Map<String, Payload> variables) {
    switch (fact) {
      case Fact.Forked forked -> variables.putAll(forked.variables());
      case Fact.HistoryEvent event -> {
        if (event.frame().isRoot() && event.details() instanceof Details.StateExited exited) {
          variables.putAll(exited.assigned());
        }
      }
      case Fact.RetryArmed _,
          Fact.WaitArmed _,
          Fact.ItemsResolved _,
          Fact.MapRunResolved _,
          Fact.MapRunMoved _,
          Fact.BranchFinished _,
          Fact.BranchFailed _,
          Fact.Yielded _ -> {}
    }
  }
}
