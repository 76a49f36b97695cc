package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.Details;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.port.Connector;
import io.gradus.runtime.Machine;
import io.gradus.runtime.StartRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Executions whose services are mocks.
class MockedNodeTest extends Nodes {
  private static final String POLL =
      """
      {"StartAt": "Poll", "States": {
        "Poll": {"Type": "Task", "Resource": "%s", "Next": "Done?"},
        "Done?": {"Type": "Choice", "Default": "Poll",
          "Choices": [{"Variable": "$", "StringEquals": "done", "Next": "Done"}]},
        "Done": {"Type": "Succeed"}}}"""
          .formatted(WORK);
  private static final String RETRIED =
      """
      {"StartAt": "Work", "States": {"Work": {"Type": "Task", "Resource": "%s", "End": true,
        "TimeoutSeconds": 1, "Retry": [{"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 1}]}}}"""
          .formatted(WORK);
  private static final Connector NOTHING =
      World.functions(
          _ -> {
            throw new AssertionError("expected no call");
          });

  private static ExecutionKey start(Node node, Machine machine, String mocks) {
    return World.started(
        node.start(
            new StartRequest(
                World.TENANT,
                machine,
                "m",
                Payload.ofText("{}"),
                mocks.getBytes(StandardCharsets.UTF_8),
                null,
                null)));
  }

  @Test
  void visitsAreCountedOnWhenAnotherNodeGoesOn() {
    Node first = node(World.settings("first").withRhythm(QUICK), pools(database.port()), NOTHING);
    ExecutionKey key =
        start(
            first,
            machine(POLL),
            """
            {"Poll": [[{"return": "queued"}], [{"return": "running"}],
                      [{"return": "running still", "delaySeconds": 2}], [{"return": "done"}]]}""");
    World.await("two visits", () -> results(key).size() == 2);
    first.close();
    assertThat(World.status(database, key)).isEqualTo("0");

    node(World.settings("second").withRhythm(QUICK), pools(database.port()), NOTHING);
    World.await("success", () -> World.status(database, key).equals("1"));

    assertThat(results(key))
        .containsExactly("\"queued\"", "\"running\"", "\"running still\"", "\"done\"");
  }

  @Test
  void aDelayIsTimeThatTheCallTakes() {
    Node node = node(World.settings("slow"), pools(database.port()), NOTHING);
    ExecutionKey key =
        start(
            node,
            machine(RETRIED),
            """
            {"Work": [{"return": 1, "delaySeconds": 900}, {"return": 2, "delaySeconds": 0.3}]}""");
    World.await("success", () -> World.status(database, key).equals("1"));

    assertThat(results(key)).containsExactly("2");
    List<Fact.HistoryEvent> events = events(key);
    assertThat(events).anyMatch(event -> event.details() instanceof Details.TaskFailed);
    Instant scheduled = last(events, Details.TaskScheduled.class).timestamp();
    Instant succeeded = last(events, Details.TaskSucceeded.class).timestamp();
    assertThat(Duration.between(scheduled, succeeded))
        .isBetween(Duration.ofMillis(290), Duration.ofMillis(950));
  }

  private static Fact.HistoryEvent last(
      List<Fact.HistoryEvent> events, Class<? extends Details> kind) {
    return events.stream().filter(event -> kind.isInstance(event.details())).toList().getLast();
  }
}
