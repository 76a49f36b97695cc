package io.gradus.bench.chaos.check;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The times that a definition says in plain numbers, by the name of the state. Names are unique in
/// a definition.
final class DefinitionTimes {
  private final Map<String, Integer> waits = new HashMap<>();
  private final Map<String, Integer> retries = new HashMap<>();
  private final Map<String, Integer> timeouts = new HashMap<>();

  DefinitionTimes(String definition) {
    read(JsonMapper.shared().readTree(definition));
  }

  private void read(JsonNode machine) {
    for (Map.Entry<String, JsonNode> state : machine.path("States").properties()) {
      String name = state.getKey();
      JsonNode body = state.getValue();
      note(waits, name, body.path("Seconds"));
      note(timeouts, name, body.path("TimeoutSeconds"));
      note(timeouts, name, body.path("HeartbeatSeconds"));
      for (JsonNode retrier : body.path("Retry")) {
        JsonNode interval = retrier.path("IntervalSeconds");
        // With jitter it may be done again at once.
        boolean jitter = retrier.path("JitterStrategy").asString("").equals("FULL");
        retries.merge(name, jitter ? 0 : interval.asInt(1), Math::min);
      }
      read(body.path("ItemProcessor"));
      body.path("Branches").forEach(this::read);
    }
  }

  private static void note(Map<String, Integer> into, String name, JsonNode seconds) {
    if (seconds.isInt()) {
      into.merge(name, seconds.intValue(), Math::min);
    }
  }

  /// 0 where the definition has no plain number.
  int waitSeconds(String state) {
    return waits.getOrDefault(state, 0);
  }

  /// The shortest pause before a retry.
  int retrySeconds(String state) {
    return retries.getOrDefault(state, 0);
  }

  /// How long a task's attempt may take before it times out.
  int timeoutSeconds(String state) {
    return timeouts.getOrDefault(state, 0);
  }
}
