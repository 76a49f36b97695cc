package io.gradus.service.testcase.run;

import static io.gradus.service.testcase.run.Cases.machine;
import static io.gradus.service.testcase.run.Cases.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.Execution;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Test cases made of executions.
class RecordingTest {
  private static final String ITEMS =
      machine(
          "Each",
          "\"Each\":{\"Type\":\"Map\",\"Items\":\"{% $states.input.items %}\",\"ItemProcessor\":{"
              + "\"StartAt\":\"First\",\"States\":{\"First\":"
              + call("\"Next\":\"Second\"")
              + ",\"Second\":"
              + call("\"End\":true")
              + "}},\"End\":true}");

  private static String call(String more) {
    return "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Arguments\":"
        + "{\"FunctionName\":\"f\",\"Payload\":\"{% $states.input %}\"},"
        + more
        + "}";
  }

  private static TestCase recorded(String definition, String testCase) {
    CaseRunner runner = Cases.runner(definition);
    TestCase given = Cases.read(testCase);
    CaseRun.Ended ended = runner.run(given, CaseMocks.read(given.mocks()), () -> false);
    assertThat(ended.broken()).isNull();
    Execution execution = ended.execution();
    Payload output = execution.output();
    List<Fact.HistoryEvent> history =
        ended.journal().stream()
            .filter(Fact.HistoryEvent.class::isInstance)
            .map(Fact.HistoryEvent.class::cast)
            .toList();
    return Recording.of(
        "recorded",
        history,
        new Recording.End(
            output == null ? null : output.json(), execution.error(), execution.cause()),
        runner,
        () -> false);
  }

  @Test
  void answersGoToTheItemsThatGotThemWhateverTheOrderThen() {
    // given items that overtake each other
    TestCase made =
        recorded(
            ITEMS,
            """
            {"input": {"items": [3, 2, 1]}, "mocks": {
              "First": [{"when": "{% $arguments.Payload = 3 %}", "return": 3, "delaySeconds": 30},
                        {"when": "{% $arguments.Payload = 2 %}", "return": 2, "delaySeconds": 20},
                        {"when": "{% $arguments.Payload = 1 %}", "return": 1, "delaySeconds": 10}],
              "Second": [{"return": {"was": "{% $arguments.Payload %}"}}]}}""");

    CaseResult again = Cases.runner(ITEMS).run(made, () -> false);

    assertThat(again.problems()).isEmpty();
    assertThat(again.output()).isEqualTo(Cases.json("[{\"was\":3},{\"was\":2},{\"was\":1}]"));
    assertThat(made.mocks().get("First").toString())
        .isEqualTo("{\"0\":{\"Return\":3},\"1\":{\"Return\":2},\"2\":{\"Return\":1}}");
    assertThat(made.expected().path())
        .isEqualTo(
            Cases.json(
                "[{\"Each\":[[\"First\",\"Second\"],[\"First\",\"Second\"],[\"First\",\"Second\"]]}]"));
  }

  @Test
  void whatNobodyAnsweredInTimeStaysUnanswered() {
    TestCase made =
        recorded(
            ITEMS,
            """
            {"input": {"items": [1, 2]}, "mocks": {
              "First": [{"when": "{% $arguments.Payload = 2 %}", "throw": {"error": "Boom", "cause": "x"}},
                        {"return": 1, "delaySeconds": 60}],
              "Second": [{"return": 1}]}}""");

    assertThat(made.expected().error()).isEqualTo("Boom");
    assertThat(Cases.runner(ITEMS).run(made, () -> false).problems()).isEmpty();
  }

  @Test
  void equalAnswersThatFollowEachOtherAreOne() {
    TestCase made =
        recorded(
            machine(
                "A",
                "\"A\":"
                    + task(
                        "\"Retry\":[{\"ErrorEquals\":[\"Busy\"],\"MaxAttempts\":5}],\"End\":true")),
            "{\"mocks\":{\"A\":{\"0-2\":{\"Throw\":{\"Error\":\"Busy\"}},\"3\":{\"Return\":1}}}}");

    assertThat(made.mocks().toString())
        .isEqualTo("{\"A\":{\"0-2\":{\"Throw\":{\"Error\":\"Busy\"}},\"3\":{\"Return\":1}}}");
  }
}
