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

  /// @param around the names that scopes around have set when this machine starts
  private void scope(Outline machine, Set<String> around) {
    Map<String, List<Step>> assigning = new HashMap<>();
    for (Step step : machine.steps()) {
      assigned(
          step,
          (name, at) -> {
            assigning.computeIfAbsent(name, _ -> new ArrayList<>()).add(step);
            name(name, around.contains(name), at);
          });
    }
    if (machine.steps().stream().allMatch(step -> step.inner().isEmpty())) {
      return;
    }
    Map<String, Set<String>> seen = seen(machine, assigning);
    for (Step step : machine.steps()) {
      for (Outline inner : step.inner()) {
        scope(inner, inner.boundary() ? Set.of() : set(step, around, seen));
      }
    }
  }

  private static Set<String> set(Step step, Set<String> around, Map<String, Set<String>> seen) {
    Set<String> set = new HashSet<>(around);
    seen.forEach(
        (name, states) -> {
          if (states.contains(step.name())) {
            set.add(name);
          }
        });
    return set;
  }

  /// For each name that is assigned both here and further inside: the states entered after it may
  /// have been set. Other names cannot clash, so that they cost nothing.
  private static Map<String, Set<String>> seen(Outline machine, Map<String, List<Step>> assigning) {
    Set<String> inside = new HashSet<>();
    machine.steps().forEach(step -> step.inner().forEach(inner -> names(inner, inside)));
    Map<String, Step> steps = new HashMap<>();
    machine.steps().forEach(step -> steps.put(step.name(), step));
    Map<String, Set<String>> seen = new HashMap<>();
    assigning.forEach(
        (name, assigners) -> {
          if (inside.contains(name)) {
            seen.put(name, after(assigners, steps));
          }
        });
    return seen;
  }

  private static void names(Outline machine, Set<String> into) {
    machine.each(each -> each.steps().forEach(step -> assigned(step, (name, _) -> into.add(name))));
  }

  private static Set<String> after(List<Step> assigners, Map<String, Step> steps) {
    Set<String> reached = new HashSet<>();
    Deque<Step> ahead = new ArrayDeque<>(assigners);
    while (!ahead.isEmpty()) {
      for (String next : TransitionRules.successors(ahead.pop())) {
        Step step = steps.get(next);
        if (step != null && reached.add(next)) {
          ahead.push(step);
        }
      }
    }
    return reached;
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
