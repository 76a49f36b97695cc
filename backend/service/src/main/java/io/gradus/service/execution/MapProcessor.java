package io.gradus.service.execution;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a definition says about the children of a Map.
public final class MapProcessor {
  /// The type of children that have a history.
  public static final String STANDARD = "STANDARD";

  private static final JsonMapper JSON = JsonMapper.shared();

  private MapProcessor() {}

  /// The definition that the children of a Map run, as text; the whole where there is no such Map.
  ///
  /// @param state the Map's name
  public static String of(String definition, String state) {
    ObjectNode processor = processor(definition, state);
    return processor == null ? definition : JSON.writeValueAsString(processor);
  }

  /// The type of a Map's children, `STANDARD` or `EXPRESS`.
  public static String executionType(String definition, String state) {
    ObjectNode processor = processor(definition, state);
    return processor == null
        ? STANDARD
        : processor.path("ProcessorConfig").path("ExecutionType").asString(STANDARD);
  }

  /// With the query language that it has from around it.
  private static @Nullable ObjectNode processor(String definition, String state) {
    try {
      JsonNode root = JSON.readTree(definition);
      Deque<JsonNode> machines = new ArrayDeque<>();
      machines.push(root);
      while (!machines.isEmpty()) {
        JsonNode machine = machines.pop();
        for (var entry : machine.path("States").properties()) {
          for (JsonNode inner : entry.getValue().path("Branches").values()) {
            machines.push(inner);
          }
          for (String name : new String[] {"ItemProcessor", "Iterator"}) {
            JsonNode inner = entry.getValue().path(name);
            if (inner instanceof ObjectNode found) {
              if (entry.getKey().equals(state)) {
                JsonNode language = root.path("QueryLanguage");
                return language.isMissingNode() || found.has("QueryLanguage")
                    ? found
                    : found.deepCopy().set("QueryLanguage", language);
              }
              machines.push(inner);
            }
          }
        }
      }
    } catch (JacksonException _) {
      // A definition that is no JSON has no Map.
    }
    return null;
  }
}
