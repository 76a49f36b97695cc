package io.gradus.integrations.states;

import static io.gradus.integrations.Invocations.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.states.ExecutionStarter.FinishedChild;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChildOutcomeTest {
  private static final String START = "arn:aws:states:::states:startExecution";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ".sync|\"{\\\"a\\\": 1}\"|\"{\\\"Arg1\\\":\\\"argument1\\\"}\"",
        ".sync:2|{\"a\":1}|{\"Arg1\":\"argument1\"}"
      })
  void aChildThatSucceededIsTheOutput(String suffix, String input, String output) {
    var outcome =
        (TaskOutcome.Succeeded)
            ChildOutcome.of(
                new Resource(START + suffix),
                child("SUCCEEDED", "{\"Arg1\":\"argument1\"}", null, null));

    assertThat(outcome.output())
        .hasToString(
            "{\"ExecutionArn\":\"arn:child\",\"Input\":%s,\"InputDetails\":{\"Included\":true},"
                    .formatted(input)
                + "\"Name\":\"child\",\"Output\":%s,\"OutputDetails\":{\"Included\":true},"
                    .formatted(output)
                + "\"StartDate\":1767225600000,\"StateMachineArn\":\"arn:machine\","
                + "\"Status\":\"SUCCEEDED\",\"StopDate\":1767225601500}");
  }

  @ParameterizedTest
  @ValueSource(strings = {".sync", ".sync:2"})
  void aChildThatFailedIsTheCause(String suffix) {
    TaskOutcome.Failed failed =
        failed(
            ChildOutcome.of(
                new Resource(START + suffix), child("FAILED", null, "SomeFailure", "why")));

    assertThat(failed.error().value()).isEqualTo("States.TaskFailed");
    assertThat(failed.cause())
        .isEqualTo(
            "{\"Cause\":\"why\",\"Error\":\"SomeFailure\",\"ExecutionArn\":\"arn:child\","
                + "\"Input\":\"{\\\"a\\\": 1}\",\"InputDetails\":{\"Included\":true},"
                + "\"Name\":\"child\",\"StartDate\":1767225600000,"
                + "\"StateMachineArn\":\"arn:machine\",\"Status\":\"FAILED\","
                + "\"StopDate\":1767225601500}");
  }

  @Test
  void aChildThatGaveNoReasonHasNoneInTheCause() {
    JsonNode cause =
        PayloadJson.MAPPER.readTree(
            String.valueOf(
                failed(
                        ChildOutcome.of(
                            new Resource(START + ".sync"), child("ABORTED", null, null, null)))
                    .cause()));

    assertThat(cause.has("Cause")).isFalse();
    assertThat(cause.has("Error")).isFalse();
    assertThat(cause.path("Status").asString()).isEqualTo("ABORTED");
  }

  private static FinishedChild child(
      String status, @Nullable String output, @Nullable String error, @Nullable String cause) {
    return new FinishedChild(
        "arn:child",
        "arn:machine",
        "child",
        status,
        Instant.parse("2026-01-01T00:00:00Z"),
        Instant.parse("2026-01-01T00:00:01.500Z"),
        Payload.ofText("{\"a\": 1}"),
        output == null ? null : Payload.ofText(output),
        error,
        cause);
  }
}
