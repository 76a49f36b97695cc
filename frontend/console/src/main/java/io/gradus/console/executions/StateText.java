package io.gradus.console.executions;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds what a definition says about one state.
final class StateText {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> PROCESSORS = List.of("ItemProcessor", "Iterator");

  private StateText() {}

  /// The state's JSON text; null where the definition has no such state.
  static @Nullable String of(String definition, String state) {
    try {
      JsonNode found = find(JSON.readTree(definition), state);
      return found == null ? null : found.toString();
    } catch (JacksonException _) {
      return null;
    }
  }

  /// The names of states that both definitions have and that are not written alike; member order
  /// and space do not count. Empty where one of them cannot be read.
  static Set<String> rewritten(String one, String other) {
    Map<String, JsonNode> before = new HashMap<>();
    Map<String, JsonNode> after = new HashMap<>();
    try {
      collect(JSON.readTree(one), before);
      collect(JSON.readTree(other), after);
    } catch (JacksonException _) {
      return Set.of();
    }
    Set<String> found = new HashSet<>();
    before.forEach(
        (name, state) -> {
          JsonNode now = after.get(name);
          if (now != null && !now.equals(state)) {
            found.add(name);
          }
        });
    return found;
  }

  private static void collect(@Nullable JsonNode machine, Map<String, JsonNode> into) {
    if (machine == null) {
      return;
    }
    for (Map.Entry<String, JsonNode> state : machine.path("States").properties()) {
      into.putIfAbsent(state.getKey(), state.getValue());
      for (JsonNode branch : state.getValue().path("Branches").values()) {
        collect(branch, into);
      }
      for (String processor : PROCESSORS) {
        collect(state.getValue().get(processor), into);
      }
    }
  }

  private static @Nullable JsonNode find(@Nullable JsonNode machine, String state) {
    if (machine == null) {
      return null;
    }
    JsonNode states = machine.path("States");
    if (states.has(state)) {
      return states.get(state);
    }
    for (JsonNode each : states.values()) {
      for (JsonNode branch : each.path("Branches").values()) {
        JsonNode found = find(branch, state);
        if (found != null) {
          return found;
        }
      }
      for (String processor : PROCESSORS) {
        JsonNode found = find(each.get(processor), state);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
