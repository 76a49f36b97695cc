package io.gradus.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.gradus.engine.TenantId;
import io.gradus.store.BatchRow;
import io.gradus.store.BatchRow.Action;
import io.gradus.store.BatchRow.Counts;
import io.gradus.store.BatchRow.Item;
import io.gradus.store.BatchRow.Outcome;
import io.gradus.store.BatchRow.Taken;
import io.gradus.store.Batches;
import io.gradus.store.Fixture;
import io.gradus.store.Tenants;
import io.gradus.store.engine.BatchRows.Begun;
import io.gradus.store.engine.BatchRows.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchRowsTest {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration OVER = Duration.ofSeconds(-1);

  private final BatchRows rows = new BatchRows(Fixture.database().engine());
  private final Batches batches = new Batches(Fixture.scope());
  private TenantId tenant;

  @BeforeEach
  void tenant() {
    tenant = Fixture.tenant();
  }

  @Test
  void aBatchIsTakenByOneAndComesAgainWhenItsLeaseIsOver() {
    UUID id = kept(2);

    Taken first = taken(OVER).orElseThrow();
    Taken second = taken(LEASE).orElseThrow();

    assertThat(first.id()).isEqualTo(id);
    assertThat(first.action()).isEqualTo(Action.STOP);
    assertThat(first.error()).isEqualTo("Ops.Stopped");
    assertThat(first.createdBy()).isEqualTo("user/ann");
    assertThat(second.lease()).isNotEqualTo(first.lease());
    assertThat(taken(LEASE)).isEmpty();
  }

  @Test
  void anItemIsCountedOnceHoweverManyTellOfIt() {
    UUID id = kept(3);
    Taken slow = taken(OVER).orElseThrow();
    List<Begun> begunBySlow = rows.begin(slow, 2);
    Taken quick = taken(LEASE).orElseThrow();
    List<Begun> begunByQuick = rows.begin(quick, 2);

    boolean quickTold = rows.tell(quick, List.of(done(1), refused(2)), LEASE);
    boolean slowTold = rows.tell(slow, List.of(refused(1), done(2), done(3)), LEASE);
    boolean again = rows.tell(quick, List.of(done(1), done(2), done(3)), LEASE);

    assertThat(begunBySlow)
        .extracting(Begun::number, Begun::tries)
        .containsExactly(tuple(1, 1), tuple(2, 1));
    assertThat(begunByQuick)
        .extracting(Begun::number, Begun::tries)
        .containsExactly(tuple(1, 2), tuple(2, 2));
    assertThat(quickTold).isTrue();
    assertThat(slowTold).isFalse();
    assertThat(again).isTrue();
    assertThat(found(id).counts()).isEqualTo(new Counts(3, 2, 1, 0));
    assertThat(items(id))
        .extracting(Item::outcome)
        .containsExactly(Outcome.DONE, Outcome.REFUSED, Outcome.DONE);
    assertThat(items(id).get(1).error()).isEqualTo("ExecutionNotRedrivable");
    assertThat(items(id).get(1).reason()).isEqualTo("why");
    assertThat(batches.items(tenant, id, Set.of(Outcome.REFUSED), 0, 9))
        .extracting(Item::number)
        .containsExactly(2);
  }

  @Test
  void whatIsDoneEndsAndIsTakenNoMore() {
    UUID id = kept(1);
    Taken taken = taken(OVER).orElseThrow();

    rows.begin(taken, 9);
    rows.tell(taken, List.of(done(1)), OVER);
    assertThat(rows.begin(taken, 9)).isEmpty();
    rows.end(taken, Outcome.CANCELLED, null, null);

    assertThat(found(id).endedAt()).isNotNull();
    assertThat(found(id).counts()).isEqualTo(new Counts(1, 1, 0, 0));
    assertThat(taken(LEASE)).isEmpty();
    assertThat(batches.cancel(tenant, id, "user/bob")).isFalse();
  }

  @Test
  void aCancelledBatchBeginsNothingMore() {
    UUID id = kept(3);
    Taken taken = taken(LEASE).orElseThrow();
    rows.begin(taken, 1);

    assertThat(batches.cancel(tenant, id, "user/bob")).isTrue();
    assertThat(batches.cancel(tenant, id, "user/eve")).isFalse();
    assertThat(rows.tell(taken, List.of(done(1)), LEASE)).isTrue();
    assertThat(rows.begin(taken, 9)).isEmpty();
    rows.end(taken, Outcome.CANCELLED, null, null);

    assertThat(found(id).cancelledBy()).isEqualTo("user/bob");
    assertThat(found(id).counts()).isEqualTo(new Counts(3, 1, 0, 2));
  }

  @Test
  void ofATenantOneIsWorkedOnAtATime() {
    UUID first = kept(1);
    UUID second = kept(1);

    Taken taken = taken(LEASE).orElseThrow();
    assertThat(taken(LEASE)).isEmpty();
    rows.again(taken, Duration.ofMinutes(1));
    Taken next = taken(LEASE).orElseThrow();

    assertThat(List.of(taken.id(), next.id())).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void aSuspendedTenantsBatchesWait() {
    kept(1);
    Tenants tenants = new Tenants(Fixture.platform());

    tenants.setActive(tenant, false);
    assertThat(taken(LEASE)).isEmpty();
    tenants.setActive(tenant, true);
    assertThat(taken(LEASE)).isPresent();
  }

  @Test
  void oldOnesAreForgottenWithTheirItemsAndOpenOnesAreNot() {
    UUID open = kept(1);
    UUID ended = kept(1);
    List<Taken> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Taken taken = taken(LEASE).orElseThrow();
      rows.again(taken, Duration.ofMinutes(1));
      both.add(taken);
    }
    // What was let go of is told of no more: it has to be taken again.
    assertThat(rows.tell(both.getFirst(), List.of(done(1)), LEASE)).isFalse();
    batches.cancel(tenant, ended, "user/ann");
    rows.end(taken(LEASE).orElseThrow(), Outcome.CANCELLED, null, null);

    rows.trim(Duration.ofDays(1), 100);
    assertThat(batches.list(tenant, null, 9)).extracting(BatchRow::id).containsExactly(ended, open);
    rows.trim(Duration.ofDays(1), 1);
    assertThat(batches.list(tenant, null, 9)).hasSize(2);
    rows.trim(OVER, 100);

    assertThat(batches.list(tenant, null, 9)).extracting(BatchRow::id).containsExactly(open);
    assertThat(items(ended)).isEmpty();
    assertThat(items(open)).hasSize(1);
  }

  @Test
  void aTenantSeesItsOwn() {
    UUID id = kept(2);
    TenantId other = Fixture.tenant();

    assertThat(batches.find(tenant, id)).isPresent();
    assertThat(batches.find(other, id)).isEmpty();
    assertThat(batches.list(other, null, 9)).isEmpty();
    assertThat(batches.items(other, id, Set.of(), 0, 9)).isEmpty();
    assertThat(batches.cancel(other, id, "user/eve")).isFalse();
    assertThat(batches.countOpenAlone(other)).isZero();
    assertThat(batches.countOpenAlone(tenant)).isOne();
  }

  private Optional<Taken> taken(Duration lease) {
    Optional<Taken> taken = rows.take(lease);
    // Those of other tests are left where they are.
    while (taken.isPresent() && !taken.get().tenant().equals(tenant)) {
      rows.again(taken.get(), Duration.ofHours(1));
      taken = rows.take(lease);
    }
    return taken;
  }

  private BatchRow found(UUID id) {
    return batches.find(tenant, id).orElseThrow();
  }

  private List<Item> items(UUID id) {
    return batches.items(tenant, id, Set.of(), 0, 100);
  }

  private UUID kept(int items) {
    UUID id = Fixture.timeOrderedId();
    batches.insert(
        tenant,
        new BatchRow(
            id,
            Action.STOP,
            "Ops.Stopped",
            null,
            "{}",
            "user/ann",
            Instant.now().minusSeconds(5),
            null,
            null,
            new Counts(items, 0, 0, 0)),
        IntStream.range(0, items).mapToObj(i -> "arn:" + i).toList());
    return id;
  }

  private static Told done(int number) {
    return new Told(number, Outcome.DONE, null, null);
  }

  private static Told refused(int number) {
    return new Told(number, Outcome.REFUSED, "ExecutionNotRedrivable", "why");
  }
}
