package io.gradus.service.testcase.run;

import io.gradus.engine.PayloadJson;
import io.gradus.service.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A file of test cases: `{"testCases": {"NAME": CASE, …}}`, or the mock configuration of Step
/// Functions Local.
///
/// @param mocksOnly whether it is a mock configuration, whose cases say nothing of input and
///   expectation
public record CaseFile(List<TestCase> testCases, boolean mocksOnly) {
  private static final String TEST_CASES = "testCases";

  public CaseFile {
    testCases = List.copyOf(testCases);
  }

  /// Reads one.
  ///
  /// @param machine which state machine of a mock configuration; null for the one of the name
  ///   `otherwise`, or else the only one
  /// @throws io.gradus.service.Refusal ValidationException, InvalidName
  public static CaseFile read(String text, @Nullable String machine, @Nullable String otherwise) {
    JsonNode file;
    try {
      file = PayloadJson.MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw TestCaseJson.refused("The file is not JSON: " + sentence(e));
    }
    if (!file.isObject()) {
      throw TestCaseJson.refused("The file must be a JSON object");
    }
    if (MockConfiguration.isOne(file)) {
      return new CaseFile(MockConfiguration.read(file, machine, otherwise), true);
    }
    JsonNode cases = file.get(TEST_CASES);
    if (cases == null || !cases.isObject()) {
      throw TestCaseJson.refused(
          "The file has neither 'testCases' nor the 'StateMachines' and 'MockedResponses' of a mock"
              + " configuration");
    }
    List<TestCase> read = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : cases.properties()) {
      try {
        read.add(TestCaseJson.read(each.getKey(), each.getValue()));
      } catch (Refusal refusal) {
        throw new Refusal(
            refusal.code(),
            "Test case '" + JsonDifference.shortened(each.getKey()) + "': " + refusal.message());
      }
    }
    return new CaseFile(read, false);
  }

  private static String sentence(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage());
    int end = message.indexOf(" (start marker");
    String said = end < 0 ? message : message.substring(0, end);
    return e.getLocation() == null
        ? said
        : "line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ": "
            + said;
  }

  /// Writes test cases as such a file, in their own form.
  public static ObjectNode write(List<TestCase> testCases) {
    ObjectNode file = PayloadJson.MAPPER.createObjectNode();
    ObjectNode cases = file.putObject(TEST_CASES);
    testCases.forEach(each -> cases.set(each.name(), TestCaseJson.write(each)));
    return file;
  }
}
