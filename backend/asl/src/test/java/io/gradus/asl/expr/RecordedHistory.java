package io.gradus.asl.expr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One execution that AWS ran and what its history says.
///
/// @param definition the text that was created
/// @param events by their id
record RecordedHistory(String id, String definition, Map<Integer, JsonNode> events) {
  private static final Pattern STEP = Pattern.compile("\\$\\{(\\w+)[.}].*");

  RecordedHistory {
    events = Map.copyOf(events);
  }

  static List<RecordedHistory> read(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      List<RecordedHistory> all = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        collect(Table.json(Files.readString(file)), all);
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(JsonNode recorded, List<RecordedHistory> all) {
    Map<String, JsonNode> steps = new HashMap<>();
    for (JsonNode step : recorded.path("steps")) {
      steps.put(step.path("id").asString(""), step);
    }
    for (JsonNode match : recorded.path("match")) {
      JsonNode events = match.path("expected").path("events");
      String definition = definition(match.path("actual").path("$ref").asString(""), steps);
      if (events.isArray() && definition != null) {
        Map<Integer, JsonNode> byId = new HashMap<>();
        events.forEach(event -> byId.put(event.path("id").asInt(0), event));
        all.add(new RecordedHistory(recorded.path("id").asString(""), definition, byId));
      }
    }
  }

  /// Follows a history to its execution, its machine and its definition.
  private static @Nullable String definition(String ref, Map<String, JsonNode> steps) {
    String at = ref;
    for (int hops = 0; hops < 4; hops++) {
      JsonNode step = steps.get(at);
      if (step == null) {
        return null;
      }
      JsonNode parameters = step.path("params");
      if (parameters.has("definition")) {
        return parameters.path("definition").asString(null);
      }
      String next =
          parameters.path("executionArn").asString(parameters.path("stateMachineArn").asString(""));
      Matcher matcher = STEP.matcher(next);
      if (!matcher.matches()) {
        return null;
      }
      at = matcher.group(1);
    }
    return null;
  }

  /// What the corpus keeps parsed where it was an object and as text otherwise.
  static JsonNode value(JsonNode recorded) {
    if (!recorded.isString()) {
      return recorded;
    }
    try {
      return Table.json(recorded.stringValue());
    } catch (JacksonException e) {
      return recorded;
    }
  }

  /// The variables assigned on the way to an event.
  Map<String, JsonNode> variablesAt(JsonNode event) {
    List<JsonNode> way = new ArrayList<>();
    JsonNode at = event;
    while (at != null && way.size() <= events.size()) {
      way.addFirst(at);
      at = events.get(at.path("previousEventId").asInt(0));
    }
    Map<String, JsonNode> variables = new HashMap<>();
    for (JsonNode passed : way) {
      variables.putAll(variables(passed.path("stateExitedEventDetails").path("assignedVariables")));
    }
    return variables;
  }

  /// The variables of one exit.
  static Map<String, JsonNode> variables(JsonNode assigned) {
    Map<String, JsonNode> variables = new TreeMap<>();
    assigned.properties().forEach(v -> variables.put(v.getKey(), value(v.getValue())));
    return variables;
  }

  /// The last event of some kind on the way to one, itself included.
  @Nullable JsonNode before(JsonNode event, String kindEnds) {
    JsonNode at = event;
    for (int i = 0; at != null && i <= events.size(); i++) {
      if (at.path("type").asString("").endsWith(kindEnds)) {
        return at;
      }
      at = events.get(at.path("previousEventId").asInt(0));
    }
    return null;
  }

  JsonNode event(int id) {
    return Objects.requireNonNull(events.get(id));
  }
}
