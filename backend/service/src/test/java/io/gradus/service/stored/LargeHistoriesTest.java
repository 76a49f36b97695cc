package io.gradus.service.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.Details;
import io.gradus.engine.EventType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A history that says more than a node should hold for one who asks: twelve states that each make
/// a text of more than a mebibyte, which the next one refers to.
class LargeHistoriesTest {
  private static final int STATES = 12;
  private static final int TEXT = 1_200_000;

  private static StoredWorld world;
  private static Caller ann;
  private static String machine;
  private static ExecutionFinder.Row row;

  @BeforeAll
  static void run() {
    world = new StoredWorld();
    ann = world.administrator();
    machine =
        world
            .stateMachines
            .create(
                ann,
                new StateMachine.Draft(
                    "large",
                    definition(),
                    "arn:aws:iam::100000000001:role/any",
                    MachineType.STANDARD,
                    null,
                    null,
                    Map.of()))
            .arn();
    world.limits.setMachine(ann, machine, false);
    String arn = started("run", "{\"return\":{}}");
    assertThat(ended(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    row = world.finder.find(ann, "large", "run");
  }

  /// @param last what the last state's call gives
  private static String started(String name, String last) {
    String mocks =
        IntStream.range(0, STATES)
            .mapToObj(i -> "\"T%d\":[%s]".formatted(i, i == STATES - 1 ? last : "{\"return\":{}}"))
            .collect(Collectors.joining(",", "{", "}"));
    String input = "\"" + "x".repeat(TEXT) + "\"";
    return world
        .executions
        .start(ann, new Execution.Start(machine, name, input, null, mocks))
        .arn();
  }

  private static Execution ended(String arn) {
    return world.ended(ann, arn);
  }

  private static String definition() {
    return IntStream.range(0, STATES)
        .mapToObj(
            i ->
                """
                "T%d":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",\
                "Arguments":{"FunctionName":"f"},"Output":"{%% $states.input & '%d' %%}",%s}"""
                    .formatted(
                        i,
                        i % 10,
                        i == STATES - 1 ? "\"End\":true" : "\"Next\":\"T" + (i + 1) + "\""))
        .collect(
            Collectors.joining(
                ",", "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"T0\",\"States\":{", "}}"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aPageSaysNoMoreThanOneCanBear() {
    List<Fact.HistoryEvent> forward = history(false);
    List<Fact.HistoryEvent> backward = history(true);

    assertThat(forward).extracting(Fact.HistoryEvent::id).containsExactlyElementsOf(ids());
    assertThat(backward).isEqualTo(forward.reversed());
    int state = 0;
    for (Fact.HistoryEvent event : forward) {
      if (event.details() instanceof Details.StateEntered entered) {
        assertThat(entered.input().size()).isEqualTo(TEXT + 2 + state++);
      }
    }
    assertThat(state).isEqualTo(STATES);
  }

  private List<Fact.HistoryEvent> history(boolean reverse) {
    List<Fact.HistoryEvent> events = new ArrayList<>();
    String next = null;
    int pages = 0;
    do {
      Page<Fact.HistoryEvent> page =
          world.executions.history(ann, row.arn(), reverse, new Page.Request(1_000, next));
      assertThat(page.items().stream().mapToLong(JournalCodec::size).sum())
          .isBetween(1L, StoredHistory.MOST_BYTES);
      events.addAll(page.items());
      next = page.next();
      pages++;
    } while (next != null);
    assertThat(pages).isGreaterThan(3);
    return events;
  }

  @Test
  void outlinesSayNothingAndComeInParts() {
    List<Fact> facts = new ArrayList<>();
    ExecutionLookup.Outline read;
    int parts = 0;
    do {
      read = world.finder.outline(ann, row, last(facts) + 1, 2_000);
      facts.addAll(read.facts());
      parts++;
    } while (read.isMore());

    assertThat(events(facts)).extracting(Fact.HistoryEvent::id).containsExactlyElementsOf(ids());
    assertThat(parts).isGreaterThan(1);
    assertThat(JournalCodec.unresolved(facts))
        .as("payloads without their texts")
        .hasSizeGreaterThan(2 * STATES)
        .noneMatch(Payload::isResolved);
    assertThat(
            world.executions.outline(ann, row.arn(), true, new Page.Request(1_000, null)).items())
        .extracting(Fact.HistoryEvent::id)
        .containsExactlyElementsOf(ids().reversed());
  }

  @Test
  void oneThatFailedIsTakenUpAgain() {
    String arn = started("again", "{\"throw\":{\"error\":\"No\"}}");
    assertThat(ended(arn).error()).isEqualTo("No");

    world.executions.redrive(ann, arn, null);

    assertThat(ended(arn).redriveCount()).isEqualTo(1);
    assertThat(world.executions.outline(ann, arn, true, new Page.Request(6, null)).items())
        .extracting(event -> EventType.of(event.details()))
        .containsExactly(
            "ExecutionFailed",
            "TaskFailed",
            "TaskStarted",
            "TaskScheduled",
            "ExecutionRedriven",
            "ExecutionFailed");
  }

  /// Each state has five events.
  private static List<Long> ids() {
    return IntStream.rangeClosed(1, 5 * STATES + 2).mapToObj(Long::valueOf).toList();
  }

  private static long last(List<Fact> facts) {
    return events(facts).stream().mapToLong(Fact.HistoryEvent::id).max().orElse(0);
  }

  private static List<Fact.HistoryEvent> events(List<Fact> facts) {
    return facts.stream()
        .filter(Fact.HistoryEvent.class::isInstance)
        .map(Fact.HistoryEvent.class::cast)
        .toList();
  }
}
