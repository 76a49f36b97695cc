package io.gradus.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import io.gradus.store.Fixture;
import io.gradus.store.Fixture.Machine;
import io.gradus.store.Statistics;
import io.gradus.store.Statistics.Buckets;
import io.gradus.store.Statistics.Cell;
import io.gradus.store.Statistics.MachineCell;
import io.gradus.store.Statistics.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatisticRowsTest {
  /// Long after whatever other tests do.
  private static final Instant NOON = Instant.parse("2031-05-05T12:00:00Z");

  private static final Duration ALWAYS = Duration.ZERO;

  /// 800 ms are of 2^(38/4) to 2^(39/4).
  private static final int OF_800_MS = 38;

  private final StatisticRows rows = new StatisticRows(Fixture.database().engine());
  private final Statistics statistics = new Statistics(Fixture.scope());
  private TenantId tenant;
  private Machine machine;

  @BeforeEach
  void counted() {
    tenant = Fixture.tenant();
    machine = Fixture.machine(tenant, "orders");
    clock(NOON.minus(Duration.ofMinutes(15)), null);
  }

  @Test
  void countsWhatWasStartedAndHowItEnded() {
    run(machine, at(1), at(1).plusMillis(800), ExecutionStatus.SUCCEEDED);
    run(machine, at(4), at(4).plusMillis(801), ExecutionStatus.SUCCEEDED);
    run(machine, at(4), at(6), ExecutionStatus.FAILED);
    run(machine, at(6), null, ExecutionStatus.RUNNING);

    assertThat(rows.refresh(ALWAYS, at(7))).isTrue();

    assertThat(minutes())
        .containsExactly(
            new Cell(at(0), ExecutionStatus.RUNNING, 0, 3),
            new Cell(at(0), ExecutionStatus.SUCCEEDED, OF_800_MS, 2),
            new Cell(at(5), ExecutionStatus.RUNNING, 0, 1),
            new Cell(at(5), ExecutionStatus.FAILED, 67, 1)); // 2 min: 2^(67.5/4) ms
    assertThat(hours())
        .containsExactly(
            new Cell(NOON, ExecutionStatus.RUNNING, 0, 4),
            new Cell(NOON, ExecutionStatus.SUCCEEDED, OF_800_MS, 2),
            new Cell(NOON, ExecutionStatus.FAILED, 67, 1));
  }

  @Test
  void countingAgainChangesNothing() {
    run(machine, at(1), at(2), ExecutionStatus.SUCCEEDED);
    rows.refresh(ALWAYS, at(4));
    List<Cell> once = minutes();

    rows.refresh(ALWAYS, at(4));
    rows.refresh(ALWAYS, at(6));
    while (rows.settle(at(40))) {}
    rows.refresh(ALWAYS, at(41));

    assertThat(once).hasSize(2);
    assertThat(minutes()).isEqualTo(once);
    assertThat(hours()).hasSize(2).allMatch(cell -> cell.executions() == 1);
  }

  @Test
  void anEndThatIsCommittedLateIsCountedUntilItsBucketSettles() {
    rows.refresh(ALWAYS, at(4));
    rows.refresh(ALWAYS, at(9));
    run(machine, at(1), at(2), ExecutionStatus.SUCCEEDED);

    rows.refresh(ALWAYS, at(10));
    assertThat(minutes()).as("its bucket is not counted each time").isEmpty();

    while (rows.settle(at(20))) {}
    assertThat(minutes()).hasSize(2);
    assertThat(hours()).hasSize(2);

    run(machine, at(1), at(3), ExecutionStatus.FAILED);
    rows.settle(at(25));
    rows.refresh(ALWAYS, at(25));
    assertThat(minutes()).as("what is settled stays").hasSize(2);
  }

  @Test
  void whatIsDeletedOrRedrivenLaterStaysCounted() {
    run(machine, at(1), at(2), ExecutionStatus.FAILED);
    while (rows.settle(at(20))) {}
    List<Cell> settled = minutes();

    sql("delete from execution where tenant_id = ?", tenant.value());
    rows.refresh(ALWAYS, at(21));
    while (rows.settle(at(80))) {}

    assertThat(settled).hasSize(2);
    assertThat(minutes()).isEqualTo(settled);
    assertThat(hours()).hasSize(2);
  }

  @Test
  void catchesUpAfterItWasDownAnHourAtATime() {
    Instant before = NOON.minus(Duration.ofHours(3));
    clock(before.plusSeconds(600), before);
    run(machine, before.plusSeconds(900), before.plusSeconds(901), ExecutionStatus.SUCCEEDED);
    run(machine, NOON.minusSeconds(3000), NOON.minusSeconds(2000), ExecutionStatus.TIMED_OUT);

    int portions = 1;
    while (rows.settle(at(5))) {
      portions++;
    }

    assertThat(portions).isEqualTo(3);
    assertThat(statistics.counted(tenant).settledTo()).isEqualTo(NOON.minusSeconds(600));
    assertThat(statistics.bars(tenant, all(60), Duration.ofHours(6)))
        .extracting(Cell::status)
        .containsExactlyInAnyOrder(
            ExecutionStatus.RUNNING, ExecutionStatus.SUCCEEDED, ExecutionStatus.TIMED_OUT);
  }

  @Test
  void theFirstTimeItLooksBackAsFarAsItKeeps() {
    clock(null, null);
    Instant old = NOON.minus(Duration.ofDays(34));
    run(machine, old, old.plusSeconds(5), ExecutionStatus.SUCCEEDED);
    Instant tooOld = NOON.minus(Duration.ofDays(36));
    run(machine, tooOld, tooOld.plusSeconds(5), ExecutionStatus.SUCCEEDED);

    while (rows.settle(NOON)) {}

    assertThat(hours()).extracting(Cell::executions).containsExactly(1L, 1L);
    assertThat(statistics.counted(tenant).settledTo()).isEqualTo(NOON.minusSeconds(900));
  }

  @Test
  void oneNodeAtATimeAndNotTooOften() throws SQLException {
    run(machine, at(1), at(2), ExecutionStatus.SUCCEEDED);
    try (Connection other = Fixture.database().newEngineConnection()) {
      other.setAutoCommit(false);
      other.createStatement().executeQuery("select from execution_stat_clock for update");
      assertThat(rows.refresh(ALWAYS, at(4))).isFalse();
      assertThat(rows.settle(at(40))).isFalse();
      other.rollback();
    }
    assertThat(minutes()).isEmpty();

    assertThat(rows.refresh(Duration.ofSeconds(45), at(4))).isTrue();
    assertThat(rows.refresh(Duration.ofSeconds(45), at(4).plusSeconds(30))).isFalse();
    assertThat(rows.refresh(Duration.ofSeconds(45), at(4).plusSeconds(46))).isTrue();
  }

  @Test
  void oldBucketsGoAndTheirHoursStay() {
    run(machine, at(1), at(2), ExecutionStatus.SUCCEEDED);
    while (rows.settle(at(40))) {}

    rows.trim(NOON.plus(Duration.ofDays(4)));
    assertThat(minutes()).as("the hour that is not settled yet").isNotEmpty();

    while (rows.settle(NOON.plus(Duration.ofDays(4)))) {}
    rows.trim(NOON.plus(Duration.ofDays(4)));
    assertThat(minutes()).isEmpty();
    assertThat(hours()).hasSize(2);

    rows.trim(NOON.plus(Duration.ofDays(36)));
    assertThat(hours()).isEmpty();
  }

  @Test
  void childrenOfMapRunsAreNotCounted() {
    run(machine, at(1), at(2), ExecutionStatus.SUCCEEDED);
    sql(
        "update execution set map_run_id = ?, map_state = 'M', item_index = 0, item_count = 1"
            + " where tenant_id = ?",
        UUID.randomUUID(),
        tenant.value());

    rows.refresh(ALWAYS, at(4));

    assertThat(minutes()).isEmpty();
  }

  @Test
  void tenantsAndStateMachinesAreKeptApart() {
    Machine other = Fixture.machine(tenant, "refunds");
    Machine foreign = Fixture.machine(Fixture.tenant(), "orders");
    run(machine, at(1), at(2), ExecutionStatus.SUCCEEDED);
    run(machine, at(1), at(2), ExecutionStatus.SUCCEEDED);
    run(other, at(1), at(2), ExecutionStatus.FAILED);
    run(foreign, at(1), at(2), ExecutionStatus.ABORTED);

    rows.refresh(ALWAYS, at(4));

    Buckets buckets = all(5);
    assertThat(statistics.first(tenant, buckets, Order.STARTED, 9))
        .extracting(Statistics.Machine::name)
        .containsExactly("orders", "refunds");
    assertThat(statistics.first(tenant, buckets, Order.FAILED, 1))
        .extracting(Statistics.Machine::name)
        .containsExactly("refunds");
    assertThat(statistics.of(tenant, buckets, List.of("refunds", "nothing")))
        .extracting(MachineCell::status)
        .containsExactlyInAnyOrder(ExecutionStatus.RUNNING, ExecutionStatus.FAILED);
    assertThat(
            statistics.bars(
                tenant,
                new Buckets(5, buckets.from(), buckets.to(), "refunds"),
                Duration.ofMinutes(5)))
        .extracting(Cell::status)
        .containsExactlyInAnyOrder(ExecutionStatus.RUNNING, ExecutionStatus.FAILED);
    assertThat(statistics.bars(foreign.tenant(), buckets, Duration.ofMinutes(5)))
        .extracting(Cell::status)
        .containsExactlyInAnyOrder(ExecutionStatus.RUNNING, ExecutionStatus.ABORTED);
  }

  @Test
  void whatRunsNowIsCountedAsFarAsItIsLookedThrough() {
    for (int i = 0; i < 3; i++) {
      run(machine, at(i), null, ExecutionStatus.RUNNING);
    }
    run(machine, at(1), at(2), ExecutionStatus.SUCCEEDED);

    assertThat(statistics.open(tenant, null, NOON, 3))
        .isEqualTo(new Statistics.Open(3, true, 0, 0));
    assertThat(statistics.open(tenant, "orders", NOON, 9).executions()).isEqualTo(3);
    assertThat(statistics.open(tenant, "other", NOON, 9).executions()).isZero();
    assertThat(statistics.open(tenant, null, NOON, 2).all()).isFalse();
  }

  private List<Cell> minutes() {
    return sorted(statistics.bars(tenant, all(5), Duration.ofMinutes(5)));
  }

  private List<Cell> hours() {
    return sorted(statistics.bars(tenant, all(60), Duration.ofHours(1)));
  }

  private static Buckets all(int span) {
    return new Buckets(span, NOON.minus(Duration.ofDays(40)), NOON.plus(Duration.ofDays(40)), null);
  }

  private static List<Cell> sorted(List<Cell> cells) {
    return cells.stream()
        .sorted(
            Comparator.comparing(Cell::bar)
                .thenComparing(Cell::status)
                .thenComparingInt(Cell::durationClass))
        .toList();
  }

  private static Instant at(int minutes) {
    return NOON.plusSeconds(minutes * 60L);
  }

  private static void clock(@Nullable Instant settledTo, @Nullable Instant countedTo) {
    sql(
        "update execution_stat_clock set settled_to = ?::timestamptz, counted_to = ?::timestamptz",
        settledTo,
        countedTo);
  }

  private static void run(
      Machine machine, Instant started, @Nullable Instant stopped, ExecutionStatus status) {
    UUID random = UUID.randomUUID();
    sql(
        """
        insert into execution (tenant_id, id, version, owner, moved_by, status, state_machine_id, revision_id, name,
          input_hash, started_at, stopped_at, last_event_id, state)
        values (?, ?, 1, 0, 0, ?, ?, ?, ?, '', ?, ?::timestamptz, 1, '')""",
        machine.tenant().value(),
        new UUID(
            (started.toEpochMilli() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xFFF),
            random.getLeastSignificantBits()),
        status.code(),
        machine.id(),
        machine.revision(),
        random.toString(),
        started,
        stopped);
  }

  private static void sql(String text, @Nullable Object... values) {
    try (Connection owner = Fixture.owner();
        PreparedStatement statement = owner.prepareStatement(text)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(
            i + 1, values[i] instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : values[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
