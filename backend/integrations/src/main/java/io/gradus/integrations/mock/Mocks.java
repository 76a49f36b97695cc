package io.gradus.integrations.mock;

import io.gradus.asl.model.StateName;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Given results for the tasks of one execution, by the name of their state:
///
/// ```json
/// {"Charge": [{"throw": {"error": "Busy", "cause": "try later"}}, {"return": {"paid": true}}]}
/// ```
///
/// The first answer is for the first attempt, the next for its retry, and so on; the last repeats.
/// One answer may stand without its list. A state that is not named is called as usual.
public final class Mocks {
  /// The most answers one state may have.
  private static final int MAX_ANSWERS = 100;

  private final Map<StateName, List<TaskOutcome>> answers;

  private Mocks(Map<StateName, List<TaskOutcome>> answers) {
    this.answers = answers;
  }

  /// Reads mocks for a definition that is not at hand.
  ///
  /// @param json the mocks' object
  /// @throws InvalidMocks with every fault, if it is not such an object
  public static Mocks parse(String json) throws InvalidMocks {
    return parse(json, _ -> true);
  }

  /// Reads mocks for a definition.
  ///
  /// @param isTask whether a definition has a Task of that name; a mock for anything else is a
  ///   fault
  /// @throws InvalidMocks with every fault, if it is not an object of mocks for such states
  public static Mocks parse(String json, Predicate<StateName> isTask) throws InvalidMocks {
    try {
      return of(PayloadJson.MAPPER.readTree(json), isTask);
    } catch (JacksonException _) {
      throw new InvalidMocks(List.of("The mocks are not valid JSON"));
    }
  }

  /// The same as [#parse(String, Predicate)], of what is already read.
  public static Mocks of(JsonNode mocks, Predicate<StateName> isTask) throws InvalidMocks {
    if (!mocks.isObject()) {
      throw new InvalidMocks(List.of("The mocks must be an object with a member for each state"));
    }
    var faults = new ArrayList<String>();
    var answers = new LinkedHashMap<StateName, List<TaskOutcome>>();
    for (Map.Entry<String, JsonNode> entry : mocks.properties()) {
      var state = new StateName(entry.getKey());
      if (!isTask.test(state)) {
        faults.add("The definition has no Task named '" + state + "'");
      }
      answers.put(state, answers(state, entry.getValue(), faults));
    }
    if (!faults.isEmpty()) {
      throw new InvalidMocks(faults);
    }
    return new Mocks(answers);
  }

  /// What the call of a state is to come to; empty where it is to be made.
  ///
  /// @param retry how often the state was retried before
  public Optional<TaskOutcome> answer(StateName state, int retry) {
    List<TaskOutcome> given = answers.get(state);
    return given == null
        ? Optional.empty()
        : Optional.of(given.get(Math.min(retry, given.size() - 1)));
  }

  /// The states that have answers.
  public Set<StateName> states() {
    return Set.copyOf(answers.keySet());
  }

  private static List<TaskOutcome> answers(StateName state, JsonNode node, List<String> faults) {
    if (!node.isArray()) {
      return List.copyOf(one(state, 0, node, faults));
    }
    if (node.isEmpty() || node.size() > MAX_ANSWERS) {
      faults.add("The mock of '%s' must have 1 to %d answers".formatted(state, MAX_ANSWERS));
      return List.of();
    }
    var outcomes = new ArrayList<TaskOutcome>();
    for (int i = 0; i < node.size(); i++) {
      outcomes.addAll(one(state, i, node.get(i), faults));
    }
    return List.copyOf(outcomes);
  }

  /// One outcome, or none and a fault.
  private static List<TaskOutcome> one(
      StateName state, int index, JsonNode node, List<String> faults) {
    String where = "Answer %d of '%s'".formatted(index, state);
    if (!node.isObject() || node.size() != 1 || !(node.has("return") || node.has("throw"))) {
      faults.add(where + " must be an object with exactly one of 'return' and 'throw'");
      return List.of();
    }
    JsonNode returned = node.get("return");
    if (returned != null) {
      return List.of(new TaskOutcome.Succeeded(Payload.of(returned)));
    }
    JsonNode thrown = node.get("throw");
    if (!thrown.isObject() || !thrown.path("error").isString()) {
      faults.add(where + ": 'throw' must be an object with the text 'error'");
      return List.of();
    }
    for (String member : thrown.propertyNames()) {
      if (!member.equals("error") && !member.equals("cause")) {
        faults.add(where + ": 'throw' has an unknown member '" + member + "'");
        return List.of();
      }
    }
    JsonNode cause = thrown.get("cause");
    if (cause != null && !cause.isString() && !cause.isNull()) {
      faults.add(where + ": 'cause' must be text");
      return List.of();
    }
    return List.of(Failures.failed(thrown.path("error").stringValue(), text(cause)));
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node == null || node.isNull() ? null : node.stringValue();
  }
}
