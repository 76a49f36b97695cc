package io.gradus.runtime.task;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Given results of named states, by attempt; the last one repeats.
///
/// ```
/// {"Charge": [{"throw": {"error": "Busy", "cause": "try later"}}, {"return": {"paid": true}}]}
/// ```
public final class Mocks {
  /// No state is mocked.
  public static final Mocks NONE = new Mocks(Map.of());

  private final Map<StateName, List<TaskOutcome>> byState;

  private Mocks(Map<StateName, List<TaskOutcome>> byState) {
    this.byState = Map.copyOf(byState);
  }

  /// @param json null for none
  /// @throws IllegalArgumentException with a sentence for the caller when it is not of that form
  public static Mocks parse(byte @Nullable [] json) {
    if (json == null) {
      return NONE;
    }
    JsonNode root;
    try {
      root = PayloadJson.MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("Mocks must be valid JSON", e);
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException("Mocks must be an object of state names");
    }
    Map<StateName, List<TaskOutcome>> byState = new HashMap<>();
    root.properties()
        .forEach(e -> byState.put(new StateName(e.getKey()), outcomes(e.getKey(), e.getValue())));
    return new Mocks(byState);
  }

  private static List<TaskOutcome> outcomes(String state, JsonNode given) {
    if (!given.isArray() || given.isEmpty()) {
      throw new IllegalArgumentException(
          "Mocks of state '" + state + "' must be a list of at least one result");
    }
    List<TaskOutcome> outcomes = new ArrayList<>();
    for (JsonNode one : given) {
      outcomes.add(outcome(state, one));
    }
    return List.copyOf(outcomes);
  }

  private static TaskOutcome outcome(String state, JsonNode given) {
    JsonNode result = given.get("return");
    JsonNode thrown = given.get("throw");
    if (given.size() != 1 || (result == null && thrown == null)) {
      throw new IllegalArgumentException(
          "Each mock of state '" + state + "' must have exactly one of 'return' and 'throw'");
    }
    if (result != null) {
      return new TaskOutcome.Succeeded(Payload.of(result));
    }
    JsonNode error = thrown.get("error");
    JsonNode cause = thrown.get("cause");
    if (error == null || !error.isString() || (cause != null && !cause.isString())) {
      throw new IllegalArgumentException(
          "A 'throw' of state '" + state + "' must have a string 'error' and may have a 'cause'");
    }
    return new TaskOutcome.Failed(
        FailureKind.FAILED,
        new ErrorName(error.stringValue()),
        cause == null ? null : cause.stringValue());
  }

  /// What the state's task gives.
  ///
  /// @param retry how often the state was retried before
  public Optional<TaskOutcome> outcome(StateName state, int retry) {
    List<TaskOutcome> outcomes = byState.get(state);
    if (outcomes == null) {
      return Optional.empty();
    }
    return Optional.of(outcomes.get(Math.min(retry, outcomes.size() - 1)));
  }
}
