package io.gradus.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.model.StateName;
import io.gradus.engine.port.TaskOutcome;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    assertThat(mocks.outcome(charge, 0))
        .get()
        .isInstanceOfSatisfying(
            TaskOutcome.Failed.class,
            failed -> {
              assertThat(failed.error().value()).isEqualTo("Busy");
              assertThat(failed.cause()).isEqualTo("later");
            });
    for (int retry = 1; retry < 4; retry++) {
      assertThat(mocks.outcome(charge, retry))
          .get()
          .isInstanceOfSatisfying(
              TaskOutcome.Succeeded.class,
              done -> assertThat(done.output()).hasToString("{\"paid\":true}"));
    }
    assertThat(mocks.outcome(new StateName("Other"), 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "not json",
        "{\"A\": {}}",
        "{\"A\": []}",
        "{\"A\": [{}]}",
        "{\"A\": [{\"return\": 1, \"throw\": {\"error\": \"E\"}}]}",
        "{\"A\": [{\"throw\": {}}]}",
        "{\"A\": [{\"throw\": {\"error\": 1}}]}",
        "{\"A\": [{\"throw\": {\"error\": \"E\", \"cause\": 1}}]}"
      })
  void refusesOtherForms(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("Mocks? .*|Each mock .*|A 'throw' .*");
  }
}
