package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How much failure a Map bears must be a number before its first iteration begins.
class ToleranceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Count      | 0     |
          Count      | "2"   |
          Count      | "two" | The ToleratedFailureCountPath field refers to value "two" which is not a valid integer: $.t
          Count      | {}    | The ToleratedFailureCountPath field refers to value "{}" which is not a valid integer: $.t
          Count      | 1.5   | The ToleratedFailureCountPath field refers to value "1.5" which is not a valid integer: $.t
          Count      | -1    | ToleratedFailureCount must not be negative.
          Percentage | 100   |
          Percentage | "0.5" |
          Percentage | 100.1 | ToleratedFailurePercentage must be between 0 and 100.
          Percentage | -1.1  | ToleratedFailurePercentage must be between 0 and 100.
          Percentage | {}    | The ToleratedFailurePercentagePath field refers to value "{}" which is not a valid float: $.t
          """)
  void whatIsNoneFailsTheMap(String field, String value, @Nullable String cause) {
    World world =
        new World(
            """
            {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.items","ToleratedFailure%sPath":"$.t",
              "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}"""
                .formatted(field),
            "{\"items\":[0],\"t\":" + value + "}");

    world.run();

    if (cause == null) {
      assertThat(world.output()).isEqualTo("[0]");
    } else {
      assertThat(world.types())
          .containsExactly(
              "ExecutionStarted", "MapStateEntered", "MapStateStarted", "ExecutionFailed");
      assertThat(world.execution.error()).isEqualTo("States.Runtime");
      assertThat(world.execution.cause())
          .isEqualTo(
              "An error occurred while executing the state 'M' (entered at the event id #2). "
                  + cause);
    }
  }
}
