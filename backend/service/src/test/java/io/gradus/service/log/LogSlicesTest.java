package io.gradus.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.LogGroups;
import io.gradus.store.engine.LogOutgoing.Due;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What CloudWatch Logs takes at once, and what it is called by.
class LogSlicesTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  @Test
  void aSliceIsWhatOneCallTakes() {
    assertThat(LogSlices.first(List.of(due(1, 100), due(1, 100)))).hasSize(2);
    assertThat(LogSlices.first(List.of(due(9_999, 1), due(1, 1), due(1, 1)))).hasSize(2);
    assertThat(LogSlices.first(List.of(due(1, LogGroups.MAX_BYTES - 26), due(1, 1)))).hasSize(1);
    assertThat(LogSlices.first(List.of(due(50_000, 9_000_000), due(1, 1)))).hasSize(1);
  }

  @Test
  void callsAreCutByNumberBytesAndTime() {
    List<LogGroups.Event> many = new ArrayList<>();
    for (int i = 0; i < 10_001; i++) {
      many.add(new LogGroups.Event(NOON, "m"));
    }
    assertThat(LogSlices.calls(many)).extracting(List::size).containsExactly(10_000, 1);

    String large = "é".repeat(120_000);
    List<LogGroups.Event> heavy = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      heavy.add(new LogGroups.Event(NOON, large));
    }
    assertThat(LogSlices.calls(heavy)).extracting(List::size).containsExactly(4, 2);

    assertThat(
            LogSlices.calls(
                List.of(
                    new LogGroups.Event(NOON, "a"),
                    new LogGroups.Event(NOON.plus(Duration.ofHours(23)), "b"),
                    new LogGroups.Event(NOON.plus(Duration.ofHours(24)), "c"))))
        .extracting(List::size)
        .containsExactly(2, 1);
    assertThat(LogSlices.calls(List.of())).isEmpty();
  }

  @Test
  void streamsAreNamedAsAwsNamesThemAndKeptForAnHour() {
    var clock =
        new Clock() {
          private Instant now = NOON;

          @Override
          public Instant instant() {
            return now;
          }

          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }
        };
    var streams = new LogStreams(clock);
    var key = new LogStreams.Key(new TenantId(new UUID(0, 1)), "g", "orders");

    LogStreams.Stream first = streams.current(key);

    assertThat(first.name()).matches("states/orders/2026-01-02-12-00/[0-9a-f]{8}");
    clock.now = NOON.plus(Duration.ofMinutes(59));
    assertThat(streams.current(key)).isSameAs(first);
    clock.now = NOON.plus(Duration.ofMinutes(60));
    LogStreams.Stream second = streams.current(key);
    assertThat(second.name()).startsWith("states/orders/2026-01-02-13-00/");
    streams.forget(key);
    assertThat(streams.current(key)).isNotSameAs(second);
  }

  @Test
  void anArnNamesItsGroup() {
    assertThat(LogGroupName.of("arn:aws:logs:us-east-1:123456789012:log-group:/aws/x:*"))
        .isEqualTo("/aws/x");
    assertThat(LogGroupName.of("arn:aws:logs:us-east-1:123456789012:log-group:g")).isEqualTo("g");
    assertThat(LogGroupName.of("arn:aws:logs:us-east-1:123456789012:log-group::*")).isNull();
    assertThat(LogGroupName.of("log-group:g")).isNull();
    assertThat(LogGroupName.leaves("arn:aws:logs:r:1:log-group:/gradus/m:*")).isFalse();
    assertThat(LogGroupName.leaves("arn:aws:logs:r:1:log-group:/gradusX:*")).isTrue();
    assertThat(LogGroupName.leaves("x")).isFalse();
  }

  @Test
  void whoFailsIsTriedLessAndLessOften() {
    assertThat(LogSender.pause(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(LogSender.pause(4)).isEqualTo(Duration.ofSeconds(8));
    assertThat(LogSender.pause(1_000)).isEqualTo(Duration.ofMinutes(5));
  }

  private static Due due(int events, int bytes) {
    return new Due(
        new ExecutionKey(new TenantId(new UUID(0, 1)), new UUID(0, 2)),
        1,
        events,
        "arn",
        "m",
        NOON,
        events,
        bytes,
        1);
  }
}
