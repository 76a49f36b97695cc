package io.gradus.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.TenantId;
import io.gradus.store.Fixture;
import io.gradus.store.Tenants;
import io.gradus.store.TriggerRow;
import io.gradus.store.Triggers;
import io.gradus.store.engine.TriggerRows.Fired;
import io.gradus.store.engine.TriggerRows.Kind;
import io.gradus.store.engine.TriggerRows.Taken;
import io.gradus.store.jdbc.DatabaseFailure;
import io.gradus.store.jdbc.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TriggerRowsTest {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration OVER = Duration.ofSeconds(-1);

  private final TriggerRows rows = new TriggerRows(Fixture.database().engine());
  private final Triggers triggers = new Triggers(Fixture.scope());
  private TenantId tenant;
  private Instant due;

  @BeforeEach
  void tenant() {
    tenant = Fixture.tenant();
    due = rows.now().minusSeconds(5).truncatedTo(ChronoUnit.SECONDS);
  }

  @Test
  void aScheduleIsTakenByOneAndComesAgainWhenItsLeaseIsOver() {
    UUID id = kept(schedule(), due);

    Taken first = taken(Kind.SCHEDULE, LEASE).getFirst();
    List<Taken> second = taken(Kind.SCHEDULE, LEASE);
    rows.again(first, OVER, "no room");
    Taken third = taken(Kind.SCHEDULE, LEASE).getFirst();

    assertThat(first.id()).isEqualTo(id);
    assertThat(first.tries()).isEqualTo(1);
    assertThat(first.queue()).isNull();
    assertThat(first.schedule())
        .isEqualTo(new TriggerRows.Schedule("rate(1 hour)", "UTC", due, null, null, true, due));
    assertThat(second).isEmpty();
    assertThat(third.tries()).isEqualTo(2);
    assertThat(found().problem()).isEqualTo("no room");
  }

  @Test
  void onlyWhoHasTheLeaseSaysWhatComesNext() {
    kept(schedule(), due);
    Taken slow = taken(Kind.SCHEDULE, OVER).getFirst();
    Taken quick = taken(Kind.SCHEDULE, LEASE).getFirst();
    Instant next = due.plusSeconds(3_600);

    rows.next(quick, next, new Fired("e", "arn:1", null, null));
    rows.next(slow, due.plusSeconds(60), new Fired("e", "arn:2", null, null));

    assertThat(found().nextAt()).isEqualTo(next);
    assertThat(found().problem()).isNull();
    assertThat(triggers.fires(tenant, quick.id(), 9))
        .singleElement()
        .satisfies(fire -> assertThat(fire.executionArn()).isEqualTo("arn:1"));
    assertThat(triggers.lastFires(tenant)).containsOnlyKeys(quick.id());
  }

  @Test
  void whatIsPausedOrChangedMeanwhileIsNotTouched() {
    UUID id = kept(schedule(), due);
    Taken taken = taken(Kind.SCHEDULE, LEASE).getFirst();

    assertThat(triggers.update(tenant, row(id, "t", false, schedule(), null), null)).isTrue();
    rows.next(taken, due.plusSeconds(60), null);
    rows.again(taken, OVER, null);

    assertThat(found().nextAt()).isNull();
    assertThat(taken(Kind.SCHEDULE, LEASE)).isEmpty();
  }

  @Test
  void aSuspendedTenantsTriggersWait() {
    kept(schedule(), due);
    Tenants tenants = new Tenants(Fixture.platform());

    tenants.setActive(tenant, false);
    assertThat(taken(Kind.SCHEDULE, LEASE)).isEmpty();
    tenants.setActive(tenant, true);
    assertThat(taken(Kind.SCHEDULE, LEASE)).hasSize(1);
  }

  @Test
  void aQueueIsTakenAsAQueue() {
    kept(new TriggerRow.Queue("http://q/1", 5), due);

    assertThat(taken(Kind.SCHEDULE, LEASE)).isEmpty();
    assertThat(taken(Kind.QUEUE, LEASE))
        .singleElement()
        .satisfies(
            taken -> {
              assertThat(taken.queue()).isEqualTo(new TriggerRows.Queue("http://q/1", 5));
              assertThat(taken.schedule()).isNull();
            });
  }

  @Test
  void whatIsDueSoonIsTold() {
    Instant soon = rows.now().plusSeconds(20).truncatedTo(ChronoUnit.SECONDS);
    kept(schedule(), soon);

    assertThat(rows.soon(Kind.SCHEDULE, Duration.ofSeconds(30))).contains(soon);
    assertThat(rows.soon(Kind.SCHEDULE, Duration.ofSeconds(2))).doesNotContain(soon);
  }

  @Test
  void theOldestFiresAreForgotten() {
    UUID id = kept(schedule(), null);
    for (int i = 0; i < 5; i++) {
      rows.fired(tenant, id, new Fired("e" + i, "arn:" + i, null, null));
    }
    rows.fired(tenant, id, new Fired("e4", "arn:4", null, null));

    assertThat(triggers.fires(tenant, id, 9)).hasSize(5);
    assertThat(rows.trim(3)).isGreaterThanOrEqualTo(2);
    assertThat(triggers.fires(tenant, id, 9))
        .extracting(TriggerRow.Fire::eventId)
        .containsExactly("e4", "e3", "e2");
  }

  @Test
  void aTriggerTakesItsHistoryAlong() {
    UUID id = kept(schedule(), null);
    rows.fired(tenant, id, new Fired("e", null, "States.Runtime", "why"));

    assertThat(triggers.delete(tenant, id)).isTrue();
    rows.fired(tenant, id, new Fired("late", "arn:9", null, null));

    assertThat(triggers.fires(tenant, id, 9)).isEmpty();
    assertThat(triggers.find(tenant, "t")).isEmpty();
  }

  @Test
  void theEngineReadsNoSecret() {
    Sessions engine = new Sessions(Fixture.database().engine());
    assertThatThrownBy(
            () ->
                engine.call(
                    connection -> {
                      try (var statement = connection.createStatement()) {
                        return statement.execute("select secret from trigger");
                      }
                    }))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void aTenantSeesItsOwn() {
    kept(new TriggerRow.Webhook("hook", 0, new byte[] {1}), null);
    TenantId other = Fixture.tenant();

    assertThat(triggers.findHook(tenant, "hook")).isPresent();
    assertThat(triggers.findHook(other, "hook")).isEmpty();
    assertThat(triggers.list(other)).isEmpty();
    assertThat(triggers.countAlone(other)).isZero();
    assertThat(triggers.countAlone(tenant)).isOne();
  }

  private List<Taken> taken(Kind kind, Duration lease) {
    return rows.take(kind, 1_000, lease).stream()
        .filter(taken -> taken.tenant().equals(tenant))
        .toList();
  }

  private TriggerRow found() {
    return triggers.find(tenant, "t").orElseThrow();
  }

  private UUID kept(TriggerRow.Source source, @Nullable Instant dueAt) {
    UUID id = UUID.randomUUID();
    assertThat(triggers.insert(tenant, row(id, "t", true, source, dueAt), dueAt)).isTrue();
    return id;
  }

  private TriggerRow.Schedule schedule() {
    return new TriggerRow.Schedule("rate(1 hour)", "UTC", due, null, null, true);
  }

  private static TriggerRow row(
      UUID id, String name, boolean enabled, TriggerRow.Source source, @Nullable Instant nextAt) {
    return new TriggerRow(
        id,
        name,
        "arn:aws:states:us-east-1:000000000000:stateMachine:m",
        null,
        enabled,
        source,
        "user/ann",
        Fixture.NOON,
        Fixture.NOON,
        nextAt,
        null,
        null);
  }
}
