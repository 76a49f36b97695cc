package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.expr.EvaluationFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Values that are as deep, or have names as long, as may be. The world reads back what is stored
/// after every decision.
class NestingTest {
  private static final String FINITE =
      """
      "C": {"Type": "Choice", "Choices": [{"Variable": "$.over", "IsPresent": true, "Next": "E"}],
        "Default": "A"},
      "E": {"Type": "Succeed"}""";

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static String machine(String states) {
    return "{\"StartAt\": \"A\", \"States\": {" + states + "}}";
  }

  @Test
  void theDeepestInputIsStoredAndReadAgain() {
    String input = nested(PayloadJson.MAX_DEPTH);
    World world =
        new World(machine("\"A\": {\"Type\": \"Wait\", \"Seconds\": 1, \"End\": true}"), input);
    world.run();
    assertThat(world.output()).isEqualTo(input);
  }

  @Test
  void aNameMayBeAsLongAsItsPayload() {
    String input = "{\"" + "n".repeat(200_000) + "\": 1}";
    World world =
        new World(
            machine(
                "\"A\": {\"Type\": \"Pass\", \"Parameters\": {\"all.$\": \"$\"}, \"End\": true}"),
            input);
    world.run();
    assertThat(world.output()).hasSize("{\"all\":}".length() + input.length() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"A\": {\"Type\": \"Pass\", \"Parameters\": {\"a.$\": \"$\"}, \"Next\": \"C\"},",
        "\"A\": {\"Type\": \"Pass\", \"Result\": 1, \"ResultPath\": \"$.a.a.a.a.a.a.a.a.a.a.a\", \"Next\": \"B\"},"
            + "\"B\": {\"Type\": \"Pass\", \"Parameters\": {\"b.$\": \"$\"}, \"Next\": \"C\"},",
        "\"A\": {\"Type\": \"Parallel\", \"Branches\": [{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\","
            + "\"End\": true}}}], \"ResultPath\": \"$.p\", \"Next\": \"C\"},",
        "\"A\": {\"Type\": \"Map\", \"ItemsPath\": \"$.items\", \"ItemSelector\": {\"all.$\": \"$\"},"
            + "\"ItemProcessor\": {\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}},"
            + "\"ResultPath\": \"$.p\", \"Next\": \"C\"},"
      })
  void whatIsNestedTooDeeplyFailsItsExecution(String states) {
    World world = new World(machine(states + FINITE), "{\"items\": [1]}");
    world.run();
    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(world.chain().getLast()).endsWith("ExecutionFailed");
  }

  @Test
  void resultsThatAreTooDeepTogetherFailWhoReadsThem() {
    Payload joined = Payload.array(List.of(Payload.ofText(nested(PayloadJson.MAX_DEPTH))));
    assertThatThrownBy(joined::json)
        .isInstanceOf(EvaluationFailure.class)
        .hasMessageContaining("nested deeper");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z"})
  void aMomentThatCannotBeStoredFailsItsState(String moment) {
    World world =
        new World(
            machine("\"A\": {\"Type\": \"Wait\", \"TimestampPath\": \"$\", \"End\": true}"),
            "\"" + moment + "\"");
    world.run();
    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.FAILED);
  }
}
