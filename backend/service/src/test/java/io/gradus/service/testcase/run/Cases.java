package io.gradus.service.testcase.run;

import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.PayloadJson;
import io.gradus.service.definition.Definitions;
import tools.jackson.databind.JsonNode;

/// Test cases as tests write them.
final class Cases {
  private Cases() {}

  static JsonNode json(String text) {
    return PayloadJson.MAPPER.readTree(text);
  }

  static TestCase read(String text) {
    return TestCaseJson.read("case", json(text));
  }

  static CaseRunner runner(String definition) {
    return new CaseRunner(
        Definitions.sound(definition),
        "us-east-1",
        "000000000000",
        "machine",
        ExecutionInfo.Limits.AWS);
  }

  static CaseResult run(String definition, String testCase) {
    return runner(definition).run(read(testCase), () -> false);
  }

  /// A Task that calls a function.
  static String task(String more) {
    return "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Arguments\":"
        + "{\"FunctionName\":\"f\"}"
        + (more.isEmpty() ? "" : "," + more)
        + "}";
  }

  /// A definition in JSONata.
  static String machine(String startAt, String states) {
    return "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\""
        + startAt
        + "\",\"States\":{"
        + states
        + "}}";
  }
}
