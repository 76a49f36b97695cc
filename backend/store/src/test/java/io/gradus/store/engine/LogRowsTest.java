package io.gradus.store.engine;

import static io.gradus.store.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.store.Fixture;
import io.gradus.store.Fixture.Machine;
import io.gradus.store.LogFilter;
import io.gradus.store.Logs;
import io.gradus.store.commit.NewExecution;
import io.gradus.store.commit.SideRows;
import io.gradus.store.commit.Transition;
import io.gradus.store.commit.Transition.HistoryRun;
import io.gradus.store.engine.LogBounds.Bounds;
import io.gradus.store.engine.LogOutgoing.Due;
import io.gradus.store.engine.LogWriting.Batch;
import io.gradus.store.engine.LogWriting.Drained;
import io.gradus.store.engine.LogWriting.Event;
import io.gradus.store.engine.LogWriting.Outgoing;
import io.gradus.store.engine.LogWriting.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogRowsTest {
  private static final Duration LATER = Duration.ofMinutes(1);
  private static final String GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:g:*";
  private static final Bounds WIDE = new Bounds(1_000, 1 << 30, Duration.ofDays(36_500));

  private final LogWriting writing = new LogWriting(Fixture.database().engine());
  private final LogOutgoing outgoing = new LogOutgoing(Fixture.database().engine());
  private final LogBounds bounds = new LogBounds(Fixture.database().engine());
  private final Logs logs = new Logs(Fixture.scope());
  private TenantId tenant;
  private Machine machine;

  @BeforeEach
  void machine() {
    tenant = Fixture.tenant();
    machine = Fixture.machine(tenant, "orders");
  }

  @Test
  void onlyLoggedRunsAreTakenAndEachOnce() {
    // given
    NewExecution quiet = Fixture.start(machine, "quiet", 7);
    NewExecution loud = logged(Fixture.start(machine, "loud", 7));
    Fixture.commit(List.of(quiet, loud), List.of());
    Transition move = logged(Fixture.move(loud.first().key(), 1, 7, SideRows.NONE), 2);
    Fixture.commit(List.of(), List.of(move));
    assertThat(writing.tenants()).contains(tenant);
    List<Run> seen = new ArrayList<>();

    // when
    Drained first = writing.drain(tenant, 10, runs -> seen(seen, runs));
    Drained second = writing.drain(tenant, 10, runs -> seen(seen, runs));

    // then
    assertThat(first.runs()).isEqualTo(2);
    assertThat(first.oldest()).isNotNull();
    assertThat(second.runs()).isZero();
    assertThat(writing.tenants()).doesNotContain(tenant);
    assertThat(seen).extracting(Run::firstEventId).containsExactly(1L, 2L);
    assertThat(seen).extracting(Run::redriveCount).containsExactly(0, 2);
    assertThat(seen.getFirst().execution()).isEqualTo(loud.first().key());
    assertThat(seen.getFirst().executionName()).isEqualTo("loud");
    assertThat(seen.getFirst().stateMachine()).isEqualTo("orders");
    assertThat(seen.getFirst().events()).isEqualTo(bytes("events 1"));
    assertThat(seen.getFirst().account()).matches("[0-9]{12}");
  }

  @Test
  void aTransitionThatLostIsNotLogged() {
    // given
    ExecutionKey key = Fixture.started(machine, "one", 7, SideRows.NONE);
    Transition late = logged(Fixture.move(key, 5, 7, SideRows.NONE), 0);

    // when
    assertThatThrownBy(() -> Fixture.commit(List.of(), List.of(late)))
        .isInstanceOf(IllegalStateException.class);

    // then
    assertThat(writing.tenants()).doesNotContain(tenant);
  }

  @Test
  void whatBreaksWhileItIsWrittenStaysToBeWritten() {
    // given
    Fixture.commit(List.of(logged(Fixture.start(machine, "one", 7))), List.of());

    // when
    assertThatThrownBy(
            () ->
                writing.drain(
                    tenant,
                    10,
                    _ -> {
                      throw new IllegalStateException("the node dies");
                    }))
        .hasMessage("the node dies");

    // then
    assertThat(writing.drain(tenant, 10, _ -> Batch.NOTHING).runs()).isEqualTo(1);
  }

  @Test
  void theLogIsReadNewestFirstAndByFilter() {
    // given
    ExecutionKey one = key();
    write(event(one, 1, 0, "started"), event(one, 2, 1, "Trouble"), event(one, 3, 2, "over"));
    write(event(one, 3, 2, "over")); // again

    // then
    assertThat(messages(LogFilter.ALL)).containsExactly("over", "Trouble", "started");
    assertThat(messages(new LogFilter(null, 1, null, null, null, null)))
        .containsExactly("over", "Trouble");
    assertThat(messages(new LogFilter(null, 0, null, "trOUBle", null, null)))
        .containsExactly("Trouble");
    assertThat(messages(new LogFilter(null, 0, null, "%", null, null))).isEmpty();
    assertThat(messages(new LogFilter("orders", 0, "EXECUTION:e", null, at(2), at(3))))
        .containsExactly("Trouble");
    assertThat(messages(new LogFilter("other", 0, null, null, null, null))).isEmpty();
    Logs.Part part = logs.list(tenant, LogFilter.ALL, null, 2);
    assertThat(logs.list(tenant, LogFilter.ALL, part.next(), 2).events())
        .extracting(Logs.Event::message)
        .containsExactly("started");
    assertThat(logs.stateMachines(tenant, 10)).containsExactly("orders");
    assertThat(logs.list(Fixture.tenant(), LogFilter.ALL, null, 10).events()).isEmpty();
  }

  @Test
  void whatIsToBeSentIsTakenByOneAndForgottenWhenItWasSent() {
    // given
    ExecutionKey one = key();
    writing.write(
        new Batch(
            List.of(event(one, 1, 0, "a"), event(one, 2, 0, "b"), event(one, 4, 0, "d")),
            List.of(going(one, 4, 4), going(one, 1, 2))));
    assertThat(outgoing.tenants()).contains(tenant);

    // when
    List<Due> taken = outgoing.take(tenant, 10, LATER);

    // then
    assertThat(taken).extracting(Due::firstEventId).containsExactly(1L, 4L);
    assertThat(taken.getFirst().tries()).isEqualTo(1);
    assertThat(outgoing.take(tenant, 10, LATER)).isEmpty();
    assertThat(outgoing.tenants()).doesNotContain(tenant);
    assertThat(outgoing.events(taken))
        .extracting(LogOutgoing.Event::message)
        .containsExactly("a", "b", "d");

    // when
    outgoing.again(taken, Duration.ofSeconds(-1), "no route");

    // then
    assertThat(logs.deliveries(tenant))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.failure()).isEqualTo("no route");
              assertThat(each.sentAt()).isNull();
              assertThat(each.waiting()).isEqualTo(3);
              assertThat(each.since()).isEqualTo(at(1));
            });

    // when
    List<Due> again = outgoing.take(tenant, 10, LATER);
    outgoing.sent(again, 2, 1);

    // then
    assertThat(again).extracting(Due::tries).containsExactly(2, 2);
    assertThat(outgoing.take(tenant, 10, LATER)).isEmpty();
    assertThat(logs.deliveries(tenant))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.sent()).isEqualTo(2);
              assertThat(each.lost()).isEqualTo(1);
              assertThat(each.waiting()).isZero();
              assertThat(each.sentAt()).isAfter(each.failedAt());
            });
  }

  @Test
  void theOldestGoesBeyondTheBoundSentOrNot() {
    // given
    ExecutionKey one = key();
    writing.write(
        new Batch(
            List.of(event(one, 1, 0, "a"), event(one, 2, 0, "b"), event(one, 3, 0, "c")),
            List.of(going(one, 1, 2), going(one, 3, 3))));
    assertThat(bounds.tenants()).contains(tenant);

    // then
    assertThat(bounds.trim(tenant, WIDE)).isZero();
    assertThat(bounds.trim(tenant, new Bounds(2, 1 << 30, WIDE.age()))).isEqualTo(1);
    assertThat(messages(LogFilter.ALL)).containsExactly("c", "b");
    assertThat(logs.deliveries(tenant))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.lost()).isEqualTo(2);
              assertThat(each.waiting()).isEqualTo(1);
            });
    assertThat(bounds.trim(tenant, new Bounds(1_000, 1, WIDE.age()))).isEqualTo(1);
    assertThat(messages(LogFilter.ALL)).containsExactly("c");
    assertThat(bounds.trim(tenant, new Bounds(1_000, 1 << 30, Duration.ofSeconds(1)))).isEqualTo(1);
    assertThat(bounds.forgetDeliveries(WIDE.age())).isZero();
  }

  @Test
  void aFloodIsGivenUpFromItsOldEnd() {
    // given
    for (int i = 0; i < 5; i++) {
      Fixture.commit(List.of(logged(Fixture.start(machine, "e" + i, 7))), List.of());
    }
    List<Run> seen = new ArrayList<>();

    // when
    int gone = bounds.shed(tenant, 2);
    writing.drain(tenant, 10, runs -> seen(seen, runs));

    // then
    assertThat(gone).isEqualTo(3);
    assertThat(seen).extracting(Run::executionName).containsExactly("e3", "e4");
    assertThat(bounds.shed(tenant, 2)).isZero();
    assertThat(logs.deliveries(tenant))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.logGroup()).isEmpty();
              assertThat(each.lost()).isEqualTo(3);
            });
  }

  private static Batch seen(List<Run> seen, List<Run> runs) {
    seen.addAll(runs);
    return Batch.NOTHING;
  }

  private List<String> messages(LogFilter filter) {
    return logs.list(tenant, filter, null, 10).events().stream().map(Logs.Event::message).toList();
  }

  private void write(Event... events) {
    writing.write(new Batch(List.of(events), List.of()));
  }

  private ExecutionKey key() {
    return new ExecutionKey(tenant, UUID.randomUUID());
  }

  private static Instant at(long id) {
    return Fixture.NOON.plusSeconds(id);
  }

  private static Event event(ExecutionKey key, long id, int level, String message) {
    return new Event(
        key,
        id,
        at(id),
        "orders",
        level,
        "Type",
        "arn:execution:e",
        message,
        message.length(),
        true);
  }

  private static Outgoing going(ExecutionKey key, long first, long last) {
    return new Outgoing(key, first, last, GROUP, "orders", at(first), (int) (last - first + 1), 10);
  }

  private static NewExecution logged(NewExecution s) {
    return new NewExecution(
        logged(s.first(), 0),
        s.stateMachineId(),
        s.revisionId(),
        s.name(),
        s.inputHash(),
        s.startedAt(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Transition logged(Transition t, int redriveCount) {
    HistoryRun run = t.run();
    return new Transition(
        t.key(),
        t.version(),
        t.movedBy(),
        t.owner(),
        t.status(),
        t.stoppedAt(),
        t.lastEventId(),
        t.state(),
        run == null
            ? null
            : new HistoryRun(run.firstEventId(), run.events(), new HistoryRun.Logged(redriveCount)),
        t.rows());
  }
}
