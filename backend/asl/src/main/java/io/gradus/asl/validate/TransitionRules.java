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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Every transition leads to a state of its own scope, every state is reached, and the workflow can
/// end.
///
/// AWS's order: dangling targets first, then a missing end, which hides unreachable states.
final class TransitionRules {
  /// Where a state can go.
  private record Target(String name, Location at) {}

  private final Faults faults;

  private TransitionRules(Faults faults) {
    this.faults = faults;
  }

  static void check(Outline definition, Faults faults) {
    TransitionRules rules = new TransitionRules(faults);
    definition.each(rules::targets);
    if (rules.cannotEnd(definition)) {
      faults.nowhere(Code.MISSING_END_STATE, "Workflow has no terminal state");
    } else {
      definition.each(rules::reachability);
    }
  }

  private void targets(Outline machine) {
    Set<String> names = names(machine);
    if (names.isEmpty()) {
      return;
    }
    String startAt = startAt(machine);
    if (startAt != null && !names.contains(startAt)) {
      missing(startAt, machine.at().field("StartAt"));
    }
    for (Step step : machine.steps()) {
      for (Target target : targets(step)) {
        if (!names.contains(target.name())) {
          missing(target.name(), target.at());
        }
      }
    }
  }

  private void missing(String name, Location at) {
    faults.error(Code.MISSING_TRANSITION_TARGET, "Missing 'Next' target: " + name, at);
  }

  /// Only the top level must be able to end, and only a sound one is accused of it: a state that
  /// leads nowhere is a fault already.
  private boolean cannotEnd(Outline root) {
    return !root.steps().isEmpty()
        && root.steps().stream().noneMatch(Step::isTerminal)
        && root.steps().stream().noneMatch(step -> targets(step).isEmpty());
  }

  private void reachability(Outline machine) {
    String startAt = startAt(machine);
    if (startAt == null) {
      return;
    }
    Map<String, Step> steps = new HashMap<>();
    machine.steps().forEach(step -> steps.put(step.name(), step));
    Set<String> reached = new HashSet<>();
    Deque<String> ahead = new ArrayDeque<>(List.of(startAt));
    while (!ahead.isEmpty()) {
      Step step = steps.get(ahead.pop());
      if (step != null && reached.add(step.name())) {
        targets(step).forEach(target -> ahead.push(target.name()));
      }
    }
    for (Step step : machine.steps()) {
      if (!reached.contains(step.name())) {
        faults.error(
            Code.MISSING_TRANSITION_TARGET,
            "State \"%s\" is not reachable.".formatted(step.name()),
            step.at());
      }
    }
  }

  /// The names of the states that a state can lead to, dangling ones included.
  static List<String> successors(Step step) {
    return targets(step).stream().map(Target::name).toList();
  }

  private static List<Target> targets(Step step) {
    List<Target> targets = new ArrayList<>();
    add(targets, step.node(), "Next", step.at());
    all(targets, step, "Choices");
    add(targets, step.node(), "Default", step.at());
    all(targets, step, "Catch");
    return targets;
  }

  private static void all(List<Target> targets, Step step, String field) {
    JsonNode array = step.node().get(field);
    for (int i = 0; array != null && array.isArray() && i < array.size(); i++) {
      add(targets, array.get(i), "Next", step.at().field(field).index(i));
    }
  }

  private static void add(List<Target> targets, JsonNode holder, String field, Location at) {
    JsonNode name = holder.get(field);
    if (name != null && name.isString()) {
      targets.add(new Target(name.stringValue(), at.field(field)));
    }
  }

  private static Set<String> names(Outline machine) {
    Set<String> names = new HashSet<>();
    JsonNode states = machine.node().get("States");
    if (states != null && states.isObject()) {
      names.addAll(states.propertyNames());
    }
    return names;
  }

  private static @Nullable String startAt(Outline machine) {
    JsonNode startAt = machine.node().get("StartAt");
    return startAt != null && startAt.isString() ? startAt.stringValue() : null;
  }
}
