package io.gradus.service.testcase.run;

import static io.gradus.service.testcase.run.Cases.machine;
import static io.gradus.service.testcase.run.Cases.run;
import static io.gradus.service.testcase.run.Cases.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.service.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Test cases in memory: what mocks answer, what counts as passed, and what stops a run.
class CaseRunnerTest {
  private static final String RETRYING =
      machine(
          "Charge",
          "\"Charge\":"
              + task(
                  "\"Retry\":[{\"ErrorEquals\":[\"Busy\"],\"MaxAttempts\":3,\"IntervalSeconds\":60}],"
                      + "\"Catch\":[{\"ErrorEquals\":[\"Declined\"],\"Next\":\"Sorry\"}],"
                      + "\"End\":true")
              + ",\"Sorry\":{\"Type\":\"Pass\",\"Output\":\"sorry\",\"End\":true}");

  private static final String MAP =
      machine(
          "Each",
          "\"Each\":{\"Type\":\"Map\",\"Items\":\"{% $states.input.items %}\",\"ItemProcessor\":{"
              + "\"StartAt\":\"Do\",\"States\":{\"Do\":"
              + task("\"Retry\":[{\"ErrorEquals\":[\"Boom\"],\"MaxAttempts\":1}],\"End\":true")
              + "}},\"End\":true}");

  private static final String LOOP =
      machine(
          "Ask",
          "\"Ask\":"
              + task("\"Next\":\"Done?\"")
              + ",\"Done?\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":"
              + "\"{% $states.input = 'DONE' %}\",\"Next\":\"Ready\"}],\"Default\":\"Pause\"},"
              + "\"Pause\":{\"Type\":\"Wait\",\"Seconds\":86400,\"Next\":\"Ask\"},"
              + "\"Ready\":{\"Type\":\"Succeed\"}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"0-1\":{\"Throw\":{\"Error\":\"Busy\"}},\"2\":{\"Return\":7}} | SUCCEEDED | 7 | 2",
        "{\"0-3\":{\"Throw\":{\"Error\":\"Busy\",\"Cause\":\"x\"}}} | FAILED | Busy | 3",
        "{\"0\":{\"Throw\":{\"Error\":\"Busy\"}},\"1\":{\"Throw\":{\"Error\":\"Declined\"}}} | SUCCEEDED | \"sorry\" | 1",
        "[{\"throw\":{\"error\":\"Busy\"}},{\"return\":8,\"delaySeconds\":900}] | SUCCEEDED | 8 | 1",
        "[{\"return\":9}] | SUCCEEDED | 9 | 0",
      })
  void aMockAnswersByItsNumberOrItsAttempt(String mock, String status, String came, int retries) {
    CaseResult result = run(RETRYING, "{\"mocks\":{\"Charge\":" + mock + "}}");

    assertThat(result.status()).as("%s", result.problems()).isEqualTo(status);
    assertThat(status.equals("FAILED") ? result.error() : String.valueOf(result.output()))
        .isEqualTo(came);
    assertThat(result.steps().getFirst().retries()).isEqualTo(retries);
  }

  @Test
  void callsAreCountedOverAllItemsOfAMapRetriesIncluded() {
    CaseResult result =
        run(
            MAP,
            """
            {"input": {"items": [1, 2]}, "mocks": {"Do": {
              "0": {"Throw": {"Error": "Boom"}}, "1": {"Return": "one"}, "2": {"Return": "two"}}}}""");

    assertThat(result.output())
        .as("%s", result.problems())
        .isEqualTo(Cases.json("[\"two\",\"one\"]"));
    assertThat(result.steps())
        .extracting(CaseResult.Step::place)
        .containsExactly("", "Item 0 of Each", "Item 1 of Each");
  }

  @Test
  void aLoopTakesTheNextAnswerEachTimeAndItsWaitsTakeNoTime() {
    CaseResult result =
        run(
            LOOP,
            """
            {"mocks": {"Ask": {"0-49": {"Return": "RUNNING"}, "50": {"Return": "DONE"}}},
             "expected": {"output": "DONE"}}""");

    assertThat(result.passed()).as("%s", result.problems()).isTrue();
    assertThat(result.took()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void branchesOfAParallelEachHaveTheirOwnStatesAnswers() {
    String parallel =
        machine(
            "Both",
            "\"Both\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"A\",\"States\":{\"A\":"
                + task("\"End\":true")
                + "}},{\"StartAt\":\"B\",\"States\":{\"B\":"
                + task("\"End\":true")
                + "}}],\"Catch\":[{\"ErrorEquals\":[\"Off\"],\"Next\":\"Alone\"}],\"End\":true},"
                + "\"Alone\":{\"Type\":\"Pass\",\"Output\":\"alone\",\"End\":true}");

    CaseResult both =
        run(
            parallel,
            """
            {"mocks": {"A": [{"return": "a"}], "B": {"0": {"Return": "b"}}},
             "expected": {"output": ["a", "b"], "path": [{"Both": [["A"], ["B"]]}]}}""");
    CaseResult one =
        run(
            parallel,
            """
            {"mocks": {"A": [{"return": "a", "delaySeconds": 5}], "B": {"0": {"Throw": {"Error": "Off"}}}},
             "expected": {"output": "alone", "path": ["Both", "Alone"]}}""");

    assertThat(both.problems()).isEmpty();
    assertThat(one.problems()).isEmpty();
    assertThat(one.steps()).extracting(CaseResult.Step::status).contains("CAUGHT", "ABORTED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | has no mock",
        "{\"Charge\":{\"0\":{\"Throw\":{\"Error\":\"Busy\"}}}} | called for the 2nd time (number 1), and its mock has answers for 0 only",
        "{\"Charge\":[{\"when\":\"{% false %}\",\"return\":1}]} | No mock of state 'Charge' is for these arguments",
        "{\"Chrage\":[{\"return\":1}]} | mocks the state 'Chrage', and the definition has none of that name",
        "{\"Charge\":[{\"return\":1}],\"Sorry\":[{\"return\":1}]} | which is a Pass",
      })
  void aRunBreaksOffWhereNobodyKnowsTheAnswerAndSaysTheState(String mocks, String why) {
    CaseResult result = run(RETRYING, "{\"mocks\":" + mocks + "}");

    assertThat(result.passed()).isFalse();
    assertThat(result.status()).isEqualTo(CaseResult.BROKEN_OFF);
    assertThat(result.problems()).singleElement().asString().contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"output\":{\"a\":1.0,\"b\":[1,2]}} | ~~",
        "{\"output\":{\"a\":2,\"b\":[1,2]}} | The output differs at one place from what is expected.",
        "{\"output\":{\"a\":2,\"b\":[1,2]},\"ignore\":[\"/a\"]} | ~~",
        "{\"error\":\"E\"} | Expected the error 'E', but the execution succeeded.",
        "{\"path\":[\"A\"]} | ~~",
        "{\"path\":[\"B\"]} | The path differs at its beginning: expected 'B', found 'A'.",
        "{\"path\":[\"A\",\"B\"]} | The path ends too soon after 'A': expected 'B', found the end.",
        "{\"path\":[]} | The path goes on at its beginning: expected the end, found 'A'.",
      })
  void whatCameIsComparedWithWhatIsExpected(String expected, String problem) {
    CaseResult result =
        run(
            machine("A", "\"A\":{\"Type\":\"Pass\",\"Output\":{\"a\":1,\"b\":[1,2]},\"End\":true}"),
            "{\"expected\":" + expected + "}");

    assertThat(String.join(" ", result.problems())).isEqualTo(problem);
    assertThat(result.passed()).isEqualTo(problem.isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"error\":\"E\"} | ~~",
        "{\"error\":\"E\",\"cause\":\"why\"} | ~~",
        "{\"error\":\"E\",\"cause\":\"other\"} | Expected the cause 'other', found 'why'.",
        "{\"error\":\"F\"} | Expected the error 'F', found 'E' (why).",
        "{} | The execution failed with 'E' (why). The case does not expect an error.",
      })
  void anErrorIsExpectedByName(String expected, String problem) {
    CaseResult result =
        run(
            machine("A", "\"A\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"why\"}"),
            "{\"expected\":" + expected + "}");

    assertThat(String.join(" ", result.problems())).isEqualTo(problem);
  }

  @Test
  void anExecutionsOwnTimeIsOverByItsOwnClock() {
    CaseResult result =
        run(
            "{\"TimeoutSeconds\":3600,\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\","
                + "\"Seconds\":7200,\"End\":true}}}",
            "{\"expected\":{\"error\":\"States.Timeout\"}}");

    assertThat(result.problems()).isEmpty();
    assertThat(result.status()).isEqualTo("TIMED_OUT");
  }

  @Test
  void aTaskThatTakesLongerThanItMayTimesOut() {
    CaseResult result =
        run(
            machine("A", "\"A\":" + task("\"TimeoutSeconds\":10,\"End\":true")),
            "{\"mocks\":{\"A\":[{\"return\":1,\"delaySeconds\":11}]},"
                + "\"expected\":{\"error\":\"States.Timeout\"}}");

    assertThat(result.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "arn:aws:states:::ecs:runTask.sync",
        "arn:aws:states:us-east-1:000000000000:activity:work",
        "arn:aws:states:::approval:request.waitForTaskToken"
      })
  void callbacksJobsAndActivitiesAreAnsweredToo(String resource) {
    String definition =
        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\""
            + resource
            + "\",\"Parameters\":{\"QueueUrl\":\"q\",\"MessageBody.$\":\"$\",\"TaskDefinition\":\"t\","
            + "\"Title\":\"Pay?\",\"Approvers\":{\"Groups\":[\"finance\"]}},"
            + "\"HeartbeatSeconds\":30,\"TimeoutSeconds\":60,\"End\":true}}}";
    CaseResult result =
        run(
            definition,
            "{\"mocks\":{\"A\":[{\"return\":\"ok\"}]},\"expected\":{\"output\":\"ok\"}}");

    assertThat(result.problems()).isEmpty();
  }

  @Test
  void chanceAndTimeAreTheSameEachTime() {
    String definition =
        machine(
            "A",
            "\"A\":{\"Type\":\"Pass\",\"Output\":\"{% [$uuid(), $now(),"
                + " $states.context.Execution.StartTime] %}\",\"End\":true}");
    CaseResult first = run(definition, "{\"startTime\":\"2026-03-01T10:00:00Z\"}");
    CaseResult second = run(definition, "{\"startTime\":\"2026-03-01T10:00:00Z\"}");

    assertThat(first.output()).isEqualTo(second.output());
    assertThat(String.valueOf(first.output())).contains("2026-03-01T10:00:00.000Z");
  }

  @Test
  void aLoopWithoutEndEndsWithItsHistory() {
    String endless =
        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},"
            + "\"B\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.over\",\"IsPresent\":true,"
            + "\"Next\":\"Over\"}],\"Default\":\"A\"},\"Over\":{\"Type\":\"Succeed\"}}}";
    CaseResult result = run(endless, "{}");

    assertThat(result.eventCount()).isEqualTo(25_000);
    assertThat(result.problems()).singleElement().asString().contains("25000");
    assertThat(result.steps()).hasSize(CaseResult.MAX_STEPS);
    assertThat(result.events()).hasSize(CaseResult.MAX_EVENTS);
    CaseResult cut = Cases.runner(endless).run(Cases.read("{}"), () -> true);
    assertThat(cut.problems()).containsExactly("The run took too long and was broken off.");
  }

  @Test
  void payloadsThatGrowEndTheRun() {
    String growing =
        machine(
            "A",
            "\"A\":{\"Type\":\"Pass\",\"Output\":\"{% $join([1..6000].('xxxxxxxxxxxxxxxxxxxx')) & $uuid() %}\",\"Next\":\"B\"},"
                + "\"B\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"{% false %}\","
                + "\"Next\":\"Over\"}],\"Default\":\"A\"},\"Over\":{\"Type\":\"Succeed\"}");
    CaseResult result = run(growing, "{}");

    assertThat(result.problems()).singleElement().asString().contains("8 MiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"inputs\":1}",
        "{\"mocks\":[]}",
        "{\"mocks\":{\"A\":1}}",
        "{\"mocks\":{\"A\":{}}}",
        "{\"mocks\":{\"A\":{\"x\":{\"Return\":1}}}}",
        "{\"mocks\":{\"A\":{\"2-1\":{\"Return\":1}}}}",
        "{\"mocks\":{\"A\":{\"0-2\":{\"Return\":1},\"1\":{\"Return\":1}}}}",
        "{\"mocks\":{\"A\":{\"0\":{\"Return\":1,\"Throw\":{\"Error\":\"E\"}}}}}",
        "{\"mocks\":{\"A\":{\"0\":{\"Throw\":{}}}}}",
        "{\"mocks\":{\"A\":{\"0\":{\"Return\":1,\"DelaySeconds\":901}}}}",
        "{\"mocks\":{\"A\":{\"99999\":{\"Return\":1}}}}",
        "{\"expected\":{\"output\":1,\"error\":\"E\"}}",
        "{\"expected\":{\"cause\":\"E\"}}",
        "{\"expected\":{\"path\":[1]}}",
        "{\"expected\":{\"path\":[{\"A\":[],\"B\":[]}]}}",
        "{\"expected\":{\"ignore\":[\"a\"]}}",
        "{\"startTime\":\"yesterday\"}",
        "{\"description\":1}"
      })
  void whatIsNoTestCaseIsRefused(String json) {
    assertThatThrownBy(() -> Cases.read(json)).isInstanceOf(Refusal.class);
  }

  @Test
  void aCaseIsWrittenAsItWasRead() {
    String json =
        "{\"description\":\"d\",\"input\":{\"a\":1.50},\"startTime\":\"2026-03-01T10:00:00Z\","
            + "\"mocks\":{\"A\":{\"0\":{\"Return\":null}}},\"expected\":{\"output\":null,"
            + "\"path\":[\"A\"],\"ignore\":[\"/x\"]}}";

    assertThat(TestCaseJson.write(Cases.read(json)).toString()).isEqualTo(json);
    assertThat(TestCaseJson.write(Cases.read("{}")).toString())
        .isEqualTo("{\"input\":{},\"mocks\":{}}");
    assertThat(Cases.read("{\"expected\":{\"output\":null}}").expected().output()).isNotNull();
  }

  @Test
  void aResultIsReadAsItWasWritten() {
    CaseResult result =
        run(
            RETRYING,
            """
            {"mocks": {"Charge": {"0": {"Throw": {"Error": "Busy"}}, "1": {"Return": {"a": [1, 2]}}}},
             "expected": {"output": {"a": [1], "b": null}, "path": ["Sorry"]}}""");
    CaseResult read = ResultJson.read(ResultJson.write(result));

    assertThat(read.problems()).hasSize(2);
    assertThat(read.differences())
        .extracting(JsonDifference::sentence)
        .isEqualTo(List.of("/a/1: not expected, found 2", "/b: expected null, found nothing"));
    assertThat(ResultJson.write(read)).isEqualTo(ResultJson.write(result));
  }
}
