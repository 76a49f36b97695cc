package io.gradus.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.StateName;
import io.gradus.engine.Details;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.StateKind;
import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.LogGroups;
import io.gradus.service.execution.EventDetails;
import io.gradus.store.engine.LogWriting;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LogEventsTest {
  private static final Instant AT = Instant.parse("2026-01-02T12:00:00.123456Z");
  private static final ExecutionKey KEY =
      new ExecutionKey(new TenantId(new UUID(0, 1)), new UUID(0, 2));
  private static final String ARN = "arn:aws:states:us-east-1:000000000000:execution:m:e";
  private static final StateName NAME = new StateName("S");

  private final LogEvents events = new LogEvents(new EventDetails("us-east-1"));

  @Test
  void anEventIsWrittenAsAwsWritesIt() {
    // when
    LogWriting.Event event =
        write(
            new Details.StateEntered(StateKind.PASS, NAME, Payload.ofText("{\"a\": \"\\u00e9\"}")),
            true);

    // then
    assertThat(event.message())
        .isEqualTo(
            "{\"id\":\"2\",\"type\":\"PassStateEntered\",\"details\":{"
                + "\"input\":\"{\\\"a\\\": \\\"\\\\u00e9\\\"}\",\"inputDetails\":{\"truncated\":false},"
                + "\"name\":\"S\"},\"previous_event_id\":\"1\",\"event_timestamp\":\"1767355200123\","
                + "\"execution_arn\":\""
                + ARN
                + "\",\"redrive_count\":\"3\"}");
    assertThat(event.size()).isEqualTo(bytes(event));
    assertThat(event.level()).isZero();
    assertThat(event.type()).isEqualTo("PassStateEntered");
  }

  @Test
  void payloadsAreLeftOutUnlessTheyAreAskedFor() {
    assertThat(
            details(
                write(new Details.StateEntered(StateKind.PASS, NAME, Payload.ofText("1")), false)))
        .hasToString("{\"name\":\"S\"}");
    assertThat(details(write(new Details.ExecutionSucceeded(Payload.ofText("1")), false)))
        .hasToString("{}");
    assertThat(details(write(new Details.ExecutionFailed("E", "c"), false)))
        .hasToString("{\"cause\":\"c\",\"error\":\"E\"}");
  }

  @Test
  void whatIsTooLongForCloudWatchIsCutAndSaidToBe() {
    // given characters of one, two, three, four and, escaped, six bytes
    for (String each : new String[] {"a", "é", "€", "😀", "\\u0001"}) {
      String text = '"' + each.repeat(300_000 / each.length()) + '"';

      // when
      LogWriting.Event event = write(new Details.ExecutionSucceeded(Payload.ofText(text)), true);

      // then
      assertThat(bytes(event)).as(each).isBetween(LogEvents.ROOM, LogGroups.MAX_MESSAGE);
      JsonNode details = details(event);
      assertThat(details.path("outputDetails").path("truncated").booleanValue()).isTrue();
      assertThat(text).startsWith(details.path("output").stringValue());
    }
  }

  @Test
  void variablesAreCutWhereTheOutputLeftNoRoom() {
    // given
    Map<String, Payload> assigned = new LinkedHashMap<>();
    assigned.put("small", Payload.ofText("1"));
    assigned.put("large", Payload.ofText('"' + "x".repeat(200_000) + '"'));
    Payload output = Payload.ofText('"' + "y".repeat(100_000) + '"');

    // when
    LogWriting.Event event =
        write(new Details.StateExited(StateKind.PASS, NAME, output, assigned), true);

    // then
    JsonNode details = details(event);
    assertThat(bytes(event)).isLessThanOrEqualTo(LogGroups.MAX_MESSAGE);
    assertThat(details.path("outputDetails").path("truncated").booleanValue()).isFalse();
    assertThat(details.path("assignedVariablesDetails").path("truncated").booleanValue()).isTrue();
    assertThat(details.path("assignedVariables").path("small").stringValue()).isEqualTo("1");
    assertThat(details.path("assignedVariables").path("large").stringValue())
        .hasSizeBetween(100_000, 160_000);
  }

  @Test
  void halfAPairOfSurrogatesIsNoReasonNotToLog() {
    LogWriting.Event event = write(new Details.ExecutionFailed("E", "x\ud83d\0y"), true);
    assertThat(details(event).path("cause").stringValue()).isEqualTo("x?\0y");
  }

  private LogWriting.Event write(Details details, boolean data) {
    return events.write(
        new LogEvents.Of(KEY, "m", ARN, data, true),
        new Fact.HistoryEvent(2, 1, AT, FrameId.ROOT, details),
        3);
  }

  private static JsonNode details(LogWriting.Event event) {
    return PayloadJson.MAPPER.readTree(event.message()).path("details");
  }

  private static int bytes(LogWriting.Event event) {
    return event.message().getBytes(StandardCharsets.UTF_8).length;
  }
}
