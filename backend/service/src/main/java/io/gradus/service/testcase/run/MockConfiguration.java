package io.gradus.service.testcase.run;

import io.gradus.engine.PayloadJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The mock configuration file of Step Functions Local: the test cases of state machines, each
/// naming a mocked response for each state, and the responses.
public final class MockConfiguration {
  private static final String STATE_MACHINES = "StateMachines";
  private static final String TEST_CASES = "TestCases";
  private static final String RESPONSES = "MockedResponses";
  private static final String DELAY = "DelaySeconds";

  private MockConfiguration() {}

  /// Whether a file is one, by its looks.
  static boolean isOne(JsonNode file) {
    return file.has(STATE_MACHINES) || file.has(RESPONSES);
  }

  /// Reads the test cases of a state machine. They have mocks, and neither input nor expectation.
  ///
  /// @param machine which state machine of the file
  /// @param otherwise which one where `machine` is null, if it is there; else the only one
  /// @throws io.gradus.service.Refusal ValidationException
  static List<TestCase> read(JsonNode file, @Nullable String machine, @Nullable String otherwise) {
    JsonNode machines = object(file.get(STATE_MACHINES), "'StateMachines'");
    JsonNode responses = object(file.get(RESPONSES), "'MockedResponses'");
    String name = chosen(machines, machine, otherwise);
    JsonNode described = object(machines.get(name), "The state machine '" + name + "'");
    JsonNode cases = object(described.get(TEST_CASES), "'TestCases' of '" + name + "'");
    List<TestCase> read = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : cases.properties()) {
      ObjectNode json = PayloadJson.MAPPER.createObjectNode();
      json.set("mocks", mocks(each.getKey(), each.getValue(), responses));
      read.add(TestCaseJson.read(each.getKey(), json));
    }
    return read;
  }

  private static String chosen(
      JsonNode machines, @Nullable String machine, @Nullable String otherwise) {
    if (machine != null) {
      if (!machines.has(machine)) {
        throw TestCaseJson.refused(
            "The file has no state machine '" + machine + "', but " + listed(machines));
      }
      return machine;
    }
    if (otherwise != null && machines.has(otherwise)) {
      return otherwise;
    }
    if (machines.size() == 1) {
      return machines.propertyNames().iterator().next();
    }
    throw TestCaseJson.refused(
        "The file has " + listed(machines) + ": say which state machine's test cases are meant");
  }

  private static String listed(JsonNode machines) {
    return machines.isEmpty()
        ? "no state machines"
        : String.join(
            ", ",
            machines.propertyNames().stream()
                .limit(10)
                .map(name -> "'" + JsonDifference.shortened(name) + "'")
                .toList());
  }

  private static ObjectNode mocks(String testCase, JsonNode byState, JsonNode responses) {
    object(byState, "The test case '" + testCase + "'");
    ObjectNode mocks = PayloadJson.MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> each : byState.properties()) {
      String response = each.getValue().isString() ? each.getValue().stringValue() : null;
      if (response == null) {
        throw TestCaseJson.refused(
            "The test case '"
                + testCase
                + "' must name a mocked response for the state '"
                + each.getKey()
                + "'");
      }
      JsonNode found = responses.get(response);
      if (found == null) {
        throw TestCaseJson.refused(
            "The test case '"
                + testCase
                + "' names the mocked response '"
                + response
                + "', which is not there");
      }
      // Read for its faults under its own name, which is where they are in the file.
      NumberedResponses.read("response '" + response + "'", found);
      mocks.set(each.getKey(), found);
    }
    return mocks;
  }

  private static JsonNode object(@Nullable JsonNode json, String what) {
    if (json == null || !json.isObject()) {
      throw TestCaseJson.refused(what + " must be a JSON object");
    }
    return json;
  }

  /// Writes the mocks of test cases as such a file; inputs and expectations have no place in it.
  ///
  /// @throws io.gradus.service.Refusal ValidationException for mocks that Step Functions Local has
  ///   no form for
  public static ObjectNode write(String machine, List<TestCase> testCases) {
    Map<JsonNode, String> names = new LinkedHashMap<>();
    ObjectNode file = PayloadJson.MAPPER.createObjectNode();
    ObjectNode cases = file.putObject(STATE_MACHINES).putObject(machine).putObject(TEST_CASES);
    ObjectNode responses = file.putObject(RESPONSES);
    for (TestCase each : testCases) {
      ObjectNode states = cases.putObject(each.name());
      for (Map.Entry<String, JsonNode> mock : each.mocks().properties()) {
        checkWritable(each, mock.getKey(), mock.getValue());
        String known = names.get(mock.getValue());
        if (known == null) {
          known = free(mock.getKey(), responses);
          names.put(mock.getValue(), known);
          responses.set(known, mock.getValue());
        }
        states.put(mock.getKey(), known);
      }
    }
    return file;
  }

  private static void checkWritable(TestCase testCase, String state, JsonNode mock) {
    boolean numbered =
        mock.isObject() && mock.properties().stream().noneMatch(e -> e.getValue().has(DELAY));
    if (!numbered) {
      throw TestCaseJson.refused(
          "The test case '"
              + testCase.name()
              + "' mocks the state '"
              + state
              + "' by a list or with DelaySeconds; Step Functions Local knows answers by number only."
              + " Export the test cases in their own form instead.");
    }
  }

  private static String free(String state, ObjectNode responses) {
    String base = "Mocked " + state;
    String name = base;
    for (int i = 2; responses.has(name); i++) {
      name = base + " " + i;
    }
    return name;
  }
}
