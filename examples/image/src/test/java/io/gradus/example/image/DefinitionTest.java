package io.gradus.example.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The definition, its mocks and the worker name the same things.
class DefinitionTest {
  @TempDir Path temp;
  private JsonNode definition;
  private JsonNode mocks;
  private final TreeMap<String, JsonNode> states = new TreeMap<>();

  @BeforeEach
  void givenTheShippedFiles() throws Exception {
    definition = read("image-tagging.asl.json");
    mocks = read("image-tagging.mocks.json");
    collect(definition);
  }

  @Test
  void thenEachTaskCallsAFunctionThatTheWorkerServes() throws Exception {
    var functions = new ImageFunctions(Given.images(temp.resolve("in")), temp.resolve("out"));
    Set<String> called = new TreeSet<>();
    states.values().stream()
        .filter(state -> state.path("Type").asString().equals("Task"))
        .forEach(state -> called.add(state.path("Arguments").path("FunctionName").asString()));

    assertThat(called).isEqualTo(new TreeSet<>(functions.byName().keySet()));
  }

  @Test
  void thenEachTaskIsMockedAndNothingElse() {
    Set<String> tasks = new TreeSet<>();
    states.forEach(
        (name, state) -> {
          if (state.path("Type").asString().equals("Task")) {
            tasks.add(name);
          }
        });

    assertThat(new TreeSet<>(mocks.propertyNames())).isEqualTo(tasks);
    mocks.forEach(
        attempts ->
            attempts.forEach(
                attempt -> assertThat(attempt.has("return")).isNotEqualTo(attempt.has("throw"))));
  }

  @Test
  void thenAMockedErrorIsOneThatItsStateRetries() {
    for (var mock : mocks.properties()) {
      for (JsonNode attempt : mock.getValue()) {
        if (attempt.has("throw")) {
          assertThat(retried(mock.getKey()))
              .contains(attempt.path("throw").path("error").asString());
        }
      }
    }
  }

  private List<String> retried(String stateName) {
    JsonNode state = Objects.requireNonNull(states.get(stateName));
    List<String> errors = new ArrayList<>();
    state.path("Retry").path(0).path("ErrorEquals").forEach(e -> errors.add(e.asString()));
    return errors;
  }

  private void collect(JsonNode machine) {
    machine
        .path("States")
        .properties()
        .forEach(
            state -> {
              assertThat(states.put(state.getKey(), state.getValue())).isNull();
              state.getValue().path("Branches").forEach(this::collect);
            });
  }

  private static JsonNode read(String file) throws Exception {
    return Given.JSON.readTree(Files.readAllBytes(Path.of(file)));
  }
}
