package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.Oracle;
import io.gradus.bench.chaos.check.StoredExecution;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What must come out of the [Scenario].
final class ScenarioOracle implements Oracle {
  @Override
  public @Nullable String attempt(
      StoredExecution row, Fact.HistoryEvent scheduled, Payload arguments) {
    JsonNode payload = arguments.json();
    JsonNode key = payload.has("key") ? payload.get("key") : payload.at("/Payload/key");
    return key.isString() ? key.stringValue() : null;
  }

  @Override
  public OptionalLong answeredBy(JsonNode result) {
    return number(result.at("/Payload/call"));
  }

  @Override
  public OptionalLong completedBy(JsonNode result) {
    return number(result.path("by"));
  }

  private static OptionalLong number(JsonNode node) {
    return node.isIntegralNumber() ? OptionalLong.of(node.longValue()) : OptionalLong.empty();
  }

  @Override
  public OptionalInt waitSeconds(StoredExecution row, String state, JsonNode input) {
    return state.equals("Nap") ? OptionalInt.of(input.get("nap").intValue()) : OptionalInt.empty();
  }

  @Override
  public List<String> differences(
      StoredExecution row, JsonNode input, boolean stopAsked, @Nullable JsonNode output) {
    if (row.status() == ExecutionStatus.ABORTED && stopAsked) {
      return List.of();
    }
    if (row.status() == ExecutionStatus.FAILED && input.path("frail").asBoolean(false)) {
      return List.of(); // nobody has redriven it, or the check of redrives says otherwise
    }
    if (row.status() != ExecutionStatus.SUCCEEDED || output == null) {
      return List.of("it is " + row.status());
    }
    if (row.machine().startsWith(Scenario.MACHINE + "/")) {
      List<String> wrong = new ArrayList<>();
      expect(wrong, "item", 2 * input.intValue(), output); // a child of a Map Run
      return wrong;
    }
    return row.machine().equals(Scenario.CHILD)
        ? childDifferences(input, output)
        : differences(input, output);
  }

  private static List<String> childDifferences(JsonNode input, JsonNode output) {
    List<String> wrong = new ArrayList<>();
    expect(wrong, "twice", 2 * input.get("n").intValue(), output.path("twice"));
    return wrong;
  }

  private static List<String> differences(JsonNode input, JsonNode output) {
    int n = input.get("n").intValue();
    List<String> wrong = new ArrayList<>();
    expect(wrong, "both[0]", 4 * n, output.at("/both/0"));
    expect(wrong, "both[1]", n, output.at("/both/1"));
    JsonNode items = input.get("items");
    expect(wrong, "items", items.size(), output.at("/both/2").size());
    for (int i = 0; i < items.size(); i++) {
      expect(wrong, "item " + i, 2 * items.get(i).intValue(), output.at("/both/2/" + i));
    }
    expect(wrong, "hand", 2 * n, output.at("/both/3"));
    if (input.get("child").booleanValue()) {
      expect(wrong, "kid", 2 * n, output.path("kid"));
    }
    expect(wrong, "answer", n, output.path("answer"));
    return wrong;
  }

  private static void expect(List<String> wrong, String what, int expected, JsonNode found) {
    if (!found.isNumber()) {
      wrong.add("expected " + what + " to be " + expected + ", found " + found);
    } else {
      expect(wrong, what, expected, found.intValue());
    }
  }

  private static void expect(List<String> wrong, String what, int expected, int found) {
    if (expected != found) {
      wrong.add("expected " + what + " to be " + expected + ", found " + found);
    }
  }
}
