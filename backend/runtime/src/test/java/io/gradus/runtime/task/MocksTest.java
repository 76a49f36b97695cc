package io.gradus.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.model.StateName;
import io.gradus.engine.Payload;
import io.gradus.engine.port.TaskOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MocksTest {
  private static Mocks parse(String json) {
    return Mocks.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void givesOneResultPerAttemptAndRepeatsTheLast() {
    Mocks mocks =
        parse(
            """
            {"Charge": [{"throw": {"error": "Busy", "cause": "later"}}, {"return": {"paid": true}}]}""");
    StateName charge = new StateName("Charge");
    assertThat(mocks.reply(charge, call(1, 0, "{}")).orElseThrow().outcome())
        .isInstanceOfSatisfying(
            TaskOutcome.Failed.class,
            failed -> {
              assertThat(failed.error().value()).isEqualTo("Busy");
              assertThat(failed.cause()).isEqualTo("later");
            });
    for (int retry = 1; retry < 4; retry++) {
      assertThat(mocks.reply(charge, call(1, retry, "{}")).orElseThrow().outcome())
          .isInstanceOfSatisfying(
              TaskOutcome.Succeeded.class,
              done -> assertThat(done.output()).hasToString("{\"paid\":true}"));
    }
    assertThat(mocks.reply(new StateName("Other"), call(1, 0, "{}"))).isEmpty();
    assertThat(mocks.countsVisits()).isFalse();
  }

  @Test
  void listsOfListsAreByVisitAndThenByAttempt() {
    Mocks mocks =
        parse(
            """
            {"Poll": [
              [{"return": "RUNNING"}],
              [{"throw": {"error": "Busy"}}, {"return": "STILL RUNNING"}],
              [{"return": "DONE"}]]}""");
    StateName poll = new StateName("Poll");
    assertThat(mocks.countsVisits(poll)).isTrue();
    assertThat(returned(mocks, "Poll", call(1, 0, "{}"))).isEqualTo("\"RUNNING\"");
    assertThat(mocks.reply(poll, call(2, 0, "{}")).orElseThrow().outcome())
        .isInstanceOf(TaskOutcome.Failed.class);
    assertThat(returned(mocks, "Poll", call(2, 1, "{}"))).isEqualTo("\"STILL RUNNING\"");
    assertThat(returned(mocks, "Poll", call(3, 0, "{}"))).isEqualTo("\"DONE\"");
    assertThat(returned(mocks, "Poll", call(9, 4, "{}"))).isEqualTo("\"DONE\"");
  }

  @Test
  void resultsMayDependOnTheArguments() {
    Mocks mocks =
        parse(
            """
            {"Ship": [
              {"when": "{% $arguments.sku = 'B-7' %}", "throw": {"error": "OutOfStock"}},
              {"delaySeconds": 1.25, "return": {"sku": "{% $arguments.sku %}",
                "label": ["to", "{% $uppercase($states.input.town) %}"]}}]}""");
    StateName ship = new StateName("Ship");
    assertThat(returned(mocks, "Ship", call(1, 0, "{\"sku\": \"A-1\"}")))
        .isEqualTo("{\"sku\":\"A-1\",\"label\":[\"to\",\"OSLO\"]}");
    assertThat(mocks.reply(ship, call(1, 0, "{\"sku\": \"A-1\"}")).orElseThrow().after())
        .isEqualTo(Duration.ofMillis(1_250));
    assertThat(mocks.reply(ship, call(1, 0, "{\"sku\": \"B-7\"}")).orElseThrow().outcome())
        .isInstanceOf(TaskOutcome.Failed.class);
    assertThat(returned(mocks, "Ship", call(1, 1, "{\"sku\": \"B-7\"}"))).contains("B-7");
  }

  @Test
  void mocksOfAChildAreForTheExecutionThatIsStarted() {
    Mocks mocks =
        parse(
            """
            {"Ship": [
              {"when": "{% $arguments.Input.heavy %}", "mocks": {"Pack": [{"return": 2}]}},
              {"return": "by hand"}]}""");
    StateName ship = new StateName("Ship");
    MockedCall heavy = call(1, 0, "{\"Input\": {\"heavy\": true}}");
    MockedCall light = call(1, 0, "{\"Input\": {\"heavy\": false}}");

    assertThat(mocks.ofChild(ship, heavy)).hasValue(Payload.ofText("{\"Pack\":[{\"return\":2}]}"));
    assertThat(mocks.ofChild(ship, light)).isEmpty();
    assertThat(returned(mocks, "Ship", light)).isEqualTo("\"by hand\"");
    // Where nothing is started, as in a test case, it says what is missing.
    assertThat(mocks.reply(ship, heavy).orElseThrow().answered()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'A': [{'return': '{% $arguments.x.y.z %}'}]} | States.QueryEvaluationError | returned nothing",
        "{'A': [{'when': '{% 7 %}', 'return': 1}]} | States.QueryEvaluationError | boolean",
        "{'A': [{'when': '{% false %}', 'return': 1}]} | States.Runtime | No mock of state 'A'"
      })
  void aMockThatCannotAnswerFailsItsTask(String json, String error, String cause) {
    Mocks mocks = parse(json.replace('\'', '"'));
    assertThat(mocks.reply(new StateName("A"), call(1, 0, "{}")).orElseThrow().outcome())
        .isInstanceOfSatisfying(
            TaskOutcome.Failed.class,
            failed -> {
              assertThat(failed.error().value()).isEqualTo(error);
              assertThat(failed.cause()).contains(cause);
            });
  }

  private static String returned(Mocks mocks, String state, MockedCall call) {
    TaskOutcome outcome = mocks.reply(new StateName(state), call).orElseThrow().outcome();
    assertThat(outcome).isInstanceOf(TaskOutcome.Succeeded.class);
    return ((TaskOutcome.Succeeded) outcome).output().toString();
  }

  private static MockedCall call(int visit, int retry, String arguments) {
    return new MockedCall(
        visit,
        retry,
        Payload.ofText("{\"town\": \"Oslo\"}"),
        Payload.ofText(arguments),
        Instant.EPOCH,
        () -> 7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "not json",
        "{\"A\": {}}",
        "{\"A\": []}",
        "{\"A\": [{}]}",
        "{\"A\": [{\"return\": 1, \"mocks\": {}}]}",
        "{\"A\": [{\"mocks\": {}, \"delaySeconds\": 1}]}",
        "{\"A\": [{\"mocks\": {\"B\": [{}]}}]}",
        "{\"A\": [{\"return\": 1, \"throw\": {\"error\": \"E\"}}]}",
        "{\"A\": [{\"throw\": {}}]}",
        "{\"A\": [{\"throw\": {\"error\": 1}}]}",
        "{\"A\": [{\"throw\": {\"error\": \"E\", \"cause\": 1}}]}",
        "{\"A\": [[]]}",
        "{\"A\": [[{\"return\": 1}], {\"return\": 1}]}",
        "{\"A\": [{\"return\": 1, \"delay\": 1}]}",
        "{\"A\": [{\"return\": 1, \"delaySeconds\": -1}]}",
        "{\"A\": [{\"return\": 1, \"delaySeconds\": 901}]}",
        "{\"A\": [{\"return\": 1, \"delaySeconds\": \"1\"}]}",
        "{\"A\": [{\"return\": 1, \"when\": true}]}",
        "{\"A\": [{\"return\": 1, \"when\": \"$x\"}]}",
        "{\"A\": [{\"return\": \"{% ( %}\"}]}"
      })
  void refusesOtherForms(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("Mocks? .*|Each mock .*|A 'throw' .*");
  }
}
