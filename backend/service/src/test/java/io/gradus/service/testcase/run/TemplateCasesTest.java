package io.gradus.service.testcase.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.graph.StateGraph;
import io.gradus.service.stored.TemplatesTestExpectations;
import io.gradus.service.template.Template;
import io.gradus.service.template.TemplateLibrary;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Every template goes through as a test case on its mocks, with the very ends that it has on a
/// node, and a case that is told to expect what came passes from then on.
class TemplateCasesTest {
  private static final TemplateLibrary LIBRARY = new TemplateLibrary();

  /// What a child execution or a person answers, where a template leaves that to them.
  private static final String ANSWER =
      "[{\"return\": {\"Decision\": \"APPROVED\", \"DecidedBy\": [\"ann\"], \"Form\": {},"
          + " \"Comments\": [], \"Output\": {}}}]";

  static Stream<String> runs() {
    return LIBRARY.all().stream()
        .flatMap(
            template -> {
              List<JsonNode> runs = TemplatesTestExpectations.of(template.id());
              return Stream.iterate(0, i -> i < runs.size(), i -> i + 1)
                  .map(i -> template.id() + "#" + i);
            });
  }

  @ParameterizedTest
  @MethodSource("runs")
  void goesThroughOnItsMocks(String run) {
    String id = run.substring(0, run.indexOf('#'));
    Template template = LIBRARY.find(id).orElseThrow();
    JsonNode expected =
        TemplatesTestExpectations.of(id).get(Integer.parseInt(run.substring(id.length() + 1)));
    ObjectNode mocks = (ObjectNode) Cases.json(template.mocks());
    boolean own = override(mocks, expected.get("mocks"));
    ObjectNode input = (ObjectNode) Cases.json(template.inputFor("ann"));
    override(input, expected.get("input"));
    boolean answered = false;
    for (StateGraph.Node node : template.graph().nodes()) {
      if (node.kind() == StateGraph.Kind.TASK
          && (!mocks.has(node.name()) || mocks.get(node.name()).toString().contains("\"mocks\""))) {
        mocks.set(node.name(), Cases.json(ANSWER));
        answered = true;
      }
    }
    ObjectNode json = (ObjectNode) Cases.json("{}");
    json.set("input", input);
    json.set("mocks", mocks);
    TestCase testCase = TestCaseJson.read("case", json);
    CaseRunner runner = Cases.runner(template.definition());

    CaseResult result = runner.run(testCase, () -> false);

    assertThat(result.status())
        .as("%s: %s", own, result.problems())
        .isNotEqualTo(CaseResult.BROKEN_OFF);
    if (!answered) {
      assertThat(result.status()).isEqualTo(expected.required("status").stringValue());
      JsonNode error = expected.get("error");
      assertThat(result.error()).isEqualTo(error == null ? null : error.stringValue());
      JsonNode output = expected.get("output");
      if (output != null) {
        assertThat(JsonDifference.between(output, json(result), List.of())).isEmpty();
      }
    }
    TestCase sure = testCase.expecting(CaseRunner.asExpected(result, List.of()));
    assertThat(runner.run(sure, () -> false).problems()).isEmpty();
  }

  static Stream<String> withCases() {
    return LIBRARY.all().stream().filter(it -> it.testCases() != null).map(Template::id);
  }

  @ParameterizedTest
  @MethodSource("withCases")
  void itsOwnTestCasesPass(String id) {
    Template template = LIBRARY.find(id).orElseThrow();
    CaseRunner runner = Cases.runner(template.definition());
    List<TestCase> cases =
        CaseFile.read(java.util.Objects.requireNonNull(template.testCases()), null, id).testCases();

    assertThat(cases).isNotEmpty();
    for (TestCase each : cases) {
      assertThat(runner.run(each, () -> false).problems()).as(each.name()).isEmpty();
    }
  }

  private static JsonNode json(CaseResult result) {
    JsonNode output = result.output();
    return output == null ? Cases.json("null") : output;
  }

  private static boolean override(ObjectNode json, @Nullable JsonNode others) {
    if (others == null) {
      return false;
    }
    others.properties().forEach(e -> json.set(e.getKey(), e.getValue()));
    return true;
  }
}
