package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import io.gradus.asl.parse.DefinitionParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The data flow of every state that AWS's recorded histories pass through: from the recorded
/// input, result and variables to the recorded output, variables or failure. Skipped where no
/// corpus is set.
class RecordedExpressionsTest {
  private static final Pattern PREFIX =
      Pattern.compile(
          "An error occurred while executing the state '.*' \\(entered at the event id #(\\d+)\\)\\. ");

  private final Map<String, Integer> compared = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();

  @Test
  void everyRecordedStateHandsOnWhatAwsHandedOn() {
    Path corpus = corpus();
    for (RecordedHistory history : RecordedHistory.read(corpus)) {
      Definition definition = DefinitionParser.parse(history.definition()).definition();
      if (definition != null) {
        history.events().values().forEach(event -> compare(history, definition, event));
      }
    }
    System.out.println("states compared with AWS: " + compared);
    assertThat(differences).isEmpty();
  }

  private static Path corpus() {
    String set = System.getenv("GRADUS_CONFORMANCE_CASES");
    assumeTrue(
        set != null && Files.isDirectory(Path.of(set)),
        "SKIPPED: set GRADUS_CONFORMANCE_CASES to a corpus to compare with AWS");
    Path cases = Path.of(String.valueOf(set)).resolve("dev");
    return Files.isDirectory(cases) ? cases : Path.of(String.valueOf(set));
  }

  private void compare(RecordedHistory history, Definition definition, JsonNode event) {
    if (event.has("stateExitedEventDetails")) {
      JsonNode entered = history.before(event, "StateEntered");
      if (entered != null && name(entered).equals(name(event))) {
        exited(history, state(definition, name(event)), entered, event);
      }
    } else if (event.has("executionFailedEventDetails")) {
      Matcher entry =
          PREFIX.matcher(event.path("executionFailedEventDetails").path("cause").asString(""));
      if (entry.lookingAt()) {
        JsonNode entered = history.event(Integer.parseInt(entry.group(1)));
        failed(history, state(definition, name(entered)), entered, event);
      }
    }
  }

  private static String name(JsonNode event) {
    JsonNode details =
        event.has("stateExitedEventDetails")
            ? event.path("stateExitedEventDetails")
            : event.path("stateEnteredEventDetails");
    return details.path("name").asString("");
  }

  private static @Nullable State state(Definition definition, String name) {
    StateName known = new StateName(name);
    return definition.has(known) ? definition.state(known) : null;
  }

  private void exited(
      RecordedHistory history, @Nullable State state, JsonNode entered, JsonNode exited) {
    if (state == null || !isKnowable(history, state, exited)) {
      return;
    }
    JsonNode details = exited.path("stateExitedEventDetails");
    Scope scope = scope(history, entered);
    JsonNode result = result(history, state, exited);
    Object expected =
        List.of(
            RecordedHistory.value(details.path("output")),
            RecordedHistory.variables(details.path("assignedVariables")));
    Object actual;
    try {
      Flow.Outcome outcome = outcome(state, result, scope);
      Map<String, JsonNode> assigned = new TreeMap<>();
      outcome.assigned().forEach((name, value) -> assigned.put(name, reread(value)));
      actual = List.of(reread(outcome.output()), assigned);
    } catch (EvaluationFailure failure) {
      actual = failure.error() + ": " + failure.causeText();
    }
    note(history, state, expected, actual);
  }

  /// As the corpus has it: read from text.
  private static JsonNode reread(JsonNode value) {
    return Table.json(value.toString());
  }

  private void failed(
      RecordedHistory history, @Nullable State state, JsonNode entered, JsonNode failed) {
    JsonNode details = failed.path("executionFailedEventDetails");
    String error = details.path("error").asString("");
    if (!(state instanceof State.Pass || state instanceof State.Choice)
        || !error.startsWith("States.")
        || error.equals("States.NoChoiceMatched")
        || error.equals("States.DataLimitExceeded")) {
      return;
    }
    String cause = PREFIX.matcher(details.path("cause").asString("")).replaceFirst("");
    String actual;
    try {
      actual = outcome(state, null, scope(history, entered)).toString();
    } catch (EvaluationFailure failure) {
      actual = failure.error() + ": " + failure.causeText().replaceFirst("in the input '.*'", "");
    }
    note(history, state, error + ": " + cause.replaceFirst("in the input '.*'", ""), actual);
  }

  private void note(RecordedHistory history, State state, Object expected, Object actual) {
    compared.merge(state.language() + " " + state.getClass().getSimpleName(), 1, Integer::sum);
    if (!expected.equals(actual)) {
      differences.add(
          "%n%s %s%n  AWS  %s%n  ours %s"
              .formatted(history.id(), state.name().value(), expected, actual));
    }
  }

  private static Flow.Outcome outcome(State state, @Nullable JsonNode result, Scope scope) {
    Flow flow = Flow.of(state);
    JsonNode effective = flow.effectiveInput(state.data(), scope);
    if (state instanceof State.Choice choice) {
      for (var rule : choice.rules()) {
        if (flow.holds(choice, rule, effective, scope)) {
          return flow.chosen(choice, rule, effective, scope);
        }
      }
      return flow.chosen(choice, null, effective, scope);
    }
    return flow.outcome(state, effective, result, scope);
  }

  /// The result the history tells of; null for a state without one.
  private static @Nullable JsonNode result(RecordedHistory history, State state, JsonNode exited) {
    if (!(state instanceof State.Task)) {
      return null;
    }
    JsonNode succeeded = history.event(exited.path("previousEventId").asInt(0));
    for (String details :
        List.of(
            "taskSucceededEventDetails",
            "lambdaFunctionSucceededEventDetails",
            "activitySucceededEventDetails")) {
      if (succeeded.has(details)) {
        return RecordedHistory.value(succeeded.path(details).path("output"));
      }
    }
    return null;
  }

  /// Whether all that the state's expressions see is in the recording.
  private static boolean isKnowable(RecordedHistory history, State state, JsonNode exited) {
    String written = state.toString();
    boolean unknowable =
        written.contains("$$")
            || written.contains("$states.context")
            || written.matches("(?s).*(MathRandom|UUID|\\$uuid|\\$random|\\$now|\\$millis).*")
            || written.contains("${");
    return switch (state) {
      case State.Pass _, State.Choice _, State.Wait _, State.Succeed _ -> !unknowable;
      case State.Task _ -> !unknowable && result(history, state, exited) != null;
      case State.Fail _, State.Parallel _, State.MapState _ -> false;
    };
  }

  private static Scope scope(RecordedHistory history, JsonNode entered) {
    Map<String, JsonNode> variables = history.variablesAt(entered);
    return new Scope(
        RecordedHistory.value(entered.path("stateEnteredEventDetails").path("input")),
        () -> Table.json("{}"),
        variables::get,
        Table.NOW,
        new Random(1)::nextLong,
        StageTrace.NONE);
  }

  /// The choice operators are recorded as pairs of an input and the branch taken.
  @Test
  void everyRecordedChoiceTakesTheBranchAwsTook() throws java.io.IOException {
    Path corpus = corpus();
    int branches = 0;
    try (var files = Files.list(corpus)) {
      for (Path file : files.filter(f -> f.toString().contains("choice_operators")).toList()) {
        branches += branches(Table.json(Files.readString(file)));
      }
    }
    System.out.println("choices compared with AWS: " + branches);
    assertThat(differences).isEmpty();
    assertThat(branches).isPositive();
  }

  private int branches(JsonNode recorded) {
    List<JsonNode> definitions = new ArrayList<>();
    List<JsonNode> inputs = new ArrayList<>();
    for (JsonNode step : recorded.path("steps")) {
      step.path("params").optional("definition").ifPresent(definitions::add);
      step.path("params").optional("input").ifPresent(inputs::add);
    }
    JsonNode cases = recorded.path("match").path(0).path("expected");
    for (int i = 0; i < cases.size(); i++) {
      Definition definition = DefinitionParser.parse(definitions.get(i).stringValue()).definition();
      assertThat(definition).isNotNull();
      if (definition != null
          && definition.state(definition.root().startAt()) instanceof State.Choice choice) {
        Scope scope = Table.scope(inputs.get(i).stringValue());
        Flow flow = Flow.of(choice);
        boolean taken = flow.holds(choice, choice.rules().getFirst(), scope.input(), scope);
        String branch = cases.get(i).path("output").path("TestResult.$").asString("");
        if (taken != branch.equals("ConditionTrue")) {
          differences.add(recorded.path("id") + " " + inputs.get(i) + " AWS: " + branch);
        }
      }
    }
    return cases.size();
  }
}
