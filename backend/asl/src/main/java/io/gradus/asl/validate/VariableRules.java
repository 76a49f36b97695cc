package io.gradus.asl.validate;

import io.gradus.asl.parse.Diagnostic.Code;
import io.gradus.asl.parse.Faults;
import io.gradus.asl.parse.Location;
import io.gradus.asl.validate.Outline.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/// Names that `Assign` gives to variables: well formed, not reserved, and not those that a scope
/// around may have set by then, which inner scopes can read but not set.
final class VariableRules {
  /// Characters of a variable's name; AWS's quota.
  private static final int MAX_NAME = 80;

  private final Faults faults;

  private VariableRules(Faults faults) {
    this.faults = faults;
  }

  static void check(Outline definition, Faults faults) {
    new VariableRules(faults).scope(definition, Set.of());
  }

  private void scope(Outline machine, Set<String> outside) {
    Set<String> around = machine.boundary() ? Set.of() : outside;
    Map<String, Set<String>> assigned = new HashMap<>();
    for (Step step : machine.steps()) {
      Set<String> names = assigned.computeIfAbsent(step.name(), _ -> new HashSet<>());
      assigned(
          step,
          (name, at) -> {
            names.add(name);
            name(name, around.contains(name), at);
          });
    }
    for (Step step : machine.steps()) {
      if (!step.inner().isEmpty()) {
        Set<String> set = new HashSet<>(around);
        before(machine, step).forEach(each -> set.addAll(assigned.getOrDefault(each, Set.of())));
        step.inner().forEach(inner -> scope(inner, set));
      }
    }
  }

  /// The states that may have run before a state is entered; itself only if it is on a loop.
  private static Set<String> before(Outline machine, Step step) {
    Map<String, List<String>> sources = new HashMap<>();
    for (Step each : machine.steps()) {
      for (String next : TransitionRules.successors(each)) {
        sources.computeIfAbsent(next, _ -> new ArrayList<>()).add(each.name());
      }
    }
    Set<String> found = new HashSet<>();
    Deque<String> ahead = new ArrayDeque<>(sources.getOrDefault(step.name(), List.of()));
    while (!ahead.isEmpty()) {
      String name = ahead.pop();
      if (found.add(name)) {
        ahead.addAll(sources.getOrDefault(name, List.of()));
      }
    }
    return found;
  }

  private void name(String name, boolean taken, Location at) {
    if (name.equals("states")) {
      faults.error(
          Code.RESERVED_VARIABLE_NAME, "Cannot assign to reserved variable '$states'.", at);
    } else if (!isIdentifier(name)) {
      faults.error(
          Code.INVALID_VARIABLE_NAME,
          "Invalid variable name '%s': the variable name contains invalid characters."
              .formatted(name),
          at);
    } else if (name.codePointCount(0, name.length()) > MAX_NAME) {
      faults.error(
          Code.INVALID_VARIABLE_NAME,
          "Invalid variable name '%s': the variable name exceeds the %d-character limit."
              .formatted(name, MAX_NAME),
          at);
    } else if (taken) {
      faults.error(
          Code.INVALID_VARIABLE_NAME,
          "Invalid variable name '%s': the variable is assigned in an outer scope.".formatted(name),
          at);
    }
  }

  private static boolean isIdentifier(String name) {
    if (name.isEmpty() || !Character.isUnicodeIdentifierStart(name.codePointAt(0))) {
      return false;
    }
    return name.codePoints()
        .allMatch(c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  /// Every variable a state assigns, by itself, by a rule or by a catcher.
  private static void assigned(Step step, BiConsumer<String, Location> visitor) {
    assigned(step.node(), step.at(), step.jsonata(), visitor);
    for (String field : new String[] {"Choices", "Catch"}) {
      JsonNode array = step.node().get(field);
      for (int i = 0; array != null && array.isArray() && i < array.size(); i++) {
        assigned(array.get(i), step.at().field(field).index(i), step.jsonata(), visitor);
      }
    }
  }

  private static void assigned(
      JsonNode holder, Location at, boolean jsonata, BiConsumer<String, Location> visitor) {
    JsonNode assign = holder.get("Assign");
    if (assign == null || !assign.isObject()) {
      return;
    }
    for (String member : assign.propertyNames()) {
      String name =
          !jsonata && member.endsWith(".$") ? member.substring(0, member.length() - 2) : member;
      visitor.accept(name, at.field("Assign").field(member));
    }
  }
}
