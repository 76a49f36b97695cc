package io.gradus.console.executions;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds what a definition says about one state.
final class StateText {
  private static final JsonMapper JSON = JsonMapper.shared();

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
      for (String processor : new String[] {"ItemProcessor", "Iterator"}) {
        JsonNode found = find(each.get(processor), state);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
