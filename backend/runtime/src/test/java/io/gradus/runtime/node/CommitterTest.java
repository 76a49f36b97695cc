package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import io.gradus.runtime.time.DatabaseClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The protocol of a commit, failure by failure, against a ledger that fails as told.
class CommitterTest {
  private static final TenantId TENANT = new TenantId(new UUID(0, 1));

  private final DatabaseClock clock = new DatabaseClock();
  private final Deciders deciders = new Deciders(1, () -> {});
  private final FakeLedger ledger = new FakeLedger();
  private final Committer committer = new Committer(() -> ledger, deciders, clock);

  @AfterEach
  void close() {
    committer.close();
    deciders.close();
  }

  /// Each sending is answered by the next of the scripted answers; then everything is committed.
  private static final class FakeLedger implements Ledger {
    final ArrayDeque<Function<List<Write>, BitSet>> script = new ArrayDeque<>();
    final List<List<UUID>> sent = Collections.synchronizedList(new ArrayList<>());
    BitSet before = new BitSet();

    @Override
    public Receipt commit(List<Write> writes) {
      sent.add(writes.stream().map(w -> w.key().id()).toList());
      Function<List<Write>, BitSet> answer;
      synchronized (script) {
        answer = script.poll();
      }
      return new Receipt(answer == null ? all(writes) : answer.apply(writes), Instant.EPOCH);
    }

    @Override
    public BitSet committedBefore(List<Write> writes) {
      return before;
    }

    @Override
    public void close() {}

    static BitSet all(List<Write> writes) {
      var all = new BitSet();
      all.set(0, writes.size());
      return all;
    }
  }

  private static final class Entry implements Committer.Entry {
    final Write write;
    final CountDownLatch done = new CountDownLatch(1);
    volatile String outcome = "waiting";

    Entry(int id) {
      this(TENANT, id);
    }

    Entry(TenantId tenant, int id) {
      write =
          new Write(
              new ExecutionKey(tenant, new UUID(0, id)),
              1,
              1,
              id,
              ExecutionStatus.RUNNING,
              null,
              new byte[10],
              null,
              null,
              1,
              Write.Rows.NONE,
              List.of(),
              null);
    }

    @Override
    public Write write() {
      return write;
    }

    @Override
    public Deciders.Task settled(boolean committed, Instant at) {
      return new Deciders.Task(
          write.key().tenant(),
          () -> {
            outcome = committed ? "committed" : "lost";
            done.countDown();
          });
    }

    @Override
    public void refused(RuntimeException why) {
      outcome = "refused";
      done.countDown();
    }

    @Override
    public void abandoned() {
      outcome = "abandoned";
      done.countDown();
    }

    String outcome() throws InterruptedException {
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
      return outcome;
    }
  }

  /// The first group is held until all the others wait, so that they become one group.
  private List<Entry> commitTogether(int count) throws InterruptedException {
    var gathered = new CountDownLatch(1);
    var holding = new CountDownLatch(1);
    synchronized (ledger.script) {
      ledger.script.addFirst(
          writes -> {
            holding.countDown();
            try {
              gathered.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
            return FakeLedger.all(writes);
          });
    }
    committer.put(new Entry(9_999));
    assertThat(holding.await(10, TimeUnit.SECONDS)).isTrue();
    List<Entry> entries = new ArrayList<>();
    for (int i = count; i > 0; i--) {
      Entry entry = new Entry(i);
      entries.addFirst(entry);
      committer.put(entry);
    }
    gathered.countDown();
    return entries;
  }

  @Test
  void whatWaitsGoesAsOneGroupInTheOrderOfKeys() throws InterruptedException {
    for (Entry entry : commitTogether(5)) {
      assertThat(entry.outcome()).isEqualTo("committed");
    }
    assertThat(ledger.sent.get(1)).hasSize(5).isSorted();
  }

  @Test
  void aGroupThatBreaksIsRefusedAndTheNextOneCommitted() throws InterruptedException {
    synchronized (ledger.script) {
      ledger.script.add(
          _ -> {
            throw new NoClassDefFoundError("on purpose");
          });
    }
    Entry broken = new Entry(1);
    committer.put(broken);
    assertThat(broken.outcome()).isEqualTo("refused");
    Entry next = new Entry(2);
    committer.put(next);
    assertThat(next.outcome()).isEqualTo("committed");
  }

  @Test
  void whoHasLittleToCommitDoesNotWaitForAnothersFlood() throws InterruptedException {
    var first = new CountDownLatch(1);
    var firstAtDisk = new CountDownLatch(1);
    var flood = new CountDownLatch(1);
    var atDisk = new CountDownLatch(1);
    synchronized (ledger.script) {
      ledger.script.add(held(first, firstAtDisk));
      ledger.script.add(held(flood, atDisk));
    }
    committer.put(new Entry(9_999));
    assertThat(firstAtDisk.await(10, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 100; i++) {
      committer.put(new Entry(i));
    }
    first.countDown();
    assertThat(atDisk.await(10, TimeUnit.SECONDS)).isTrue();
    Entry quiet = new Entry(new TenantId(new UUID(0, 2)), 7_777);
    committer.put(quiet);
    assertThat(quiet.outcome()).isEqualTo("committed");
    assertThat(ledger.sent.get(1)).hasSize(100);
    assertThat(ledger.sent.get(2)).containsExactly(new UUID(0, 7_777));
    flood.countDown();
  }

  /// Commits all, when it may.
  private static Function<List<Write>, BitSet> held(CountDownLatch may, CountDownLatch holding) {
    return writes -> {
      holding.countDown();
      try {
        may.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return FakeLedger.all(writes);
    };
  }

  @Test
  void aConflictDropsItsTransitionAlone() throws InterruptedException {
    ledger.script.add(
        writes -> {
          BitSet some = FakeLedger.all(writes);
          some.clear(1);
          return some;
        });
    List<Entry> entries = commitTogether(3);
    assertThat(entries.get(0).outcome()).isEqualTo("committed");
    assertThat(entries.get(1).outcome()).isEqualTo("lost");
    assertThat(entries.get(2).outcome()).isEqualTo("committed");
  }

  @Test
  void aDeadlockIsTriedAgain() throws InterruptedException {
    ledger.script.add(
        _ -> {
          throw new Ledger.NothingCommitted(new IllegalStateException("deadlock"));
        });
    for (Entry entry : commitTogether(2)) {
      assertThat(entry.outcome()).isEqualTo("committed");
    }
    assertThat(ledger.sent).hasSize(3);
    assertThat(ledger.sent.get(1)).isEqualTo(ledger.sent.get(2));
  }

  @Test
  void oneThatTheDatabaseRefusesIsFoundByHalvingAndTheOthersGoThrough()
      throws InterruptedException {
    Function<List<Write>, BitSet> refusesThree =
        writes -> {
          if (writes.stream().anyMatch(w -> w.key().id().equals(new UUID(0, 3)))) {
            throw new Ledger.DataRefused(new IllegalStateException("bad data"));
          }
          return FakeLedger.all(writes);
        };
    for (int i = 0; i < 10; i++) {
      ledger.script.add(refusesThree);
    }
    List<Entry> entries = commitTogether(6);
    for (int i = 0; i < 6; i++) {
      assertThat(entries.get(i).outcome()).isEqualTo(i == 2 ? "refused" : "committed");
    }
  }

  @Test
  void anUnknownOutcomeIsResolvedByTheIdenticalGroupAndThenByItsMarks()
      throws InterruptedException {
    ledger.script.add(
        _ -> {
          throw new Ledger.OutcomeUnknown(new IllegalStateException("connection lost"));
        });
    ledger.script.add(_ -> new BitSet());
    ledger.before.set(0);
    List<Entry> entries = commitTogether(2);
    assertThat(entries.get(0).outcome()).as("it bears our mark").isEqualTo("committed");
    assertThat(entries.get(1).outcome()).as("another's").isEqualTo("lost");
    assertThat(ledger.sent.get(1)).isEqualTo(ledger.sent.get(2));
  }

  @Test
  void whatIsLeftWhenTheNodeStopsIsNotLeftWaiting() throws InterruptedException {
    ledger.script.add(
        _ -> {
          throw new Ledger.OutcomeUnknown(new IllegalStateException("connection lost"));
        });
    for (int i = 0; i < 100; i++) {
      ledger.script.add(
          _ -> {
            throw new Ledger.NothingCommitted(new IllegalStateException("not there"));
          });
    }
    List<Entry> entries = commitTogether(2);
    committer.close();
    Entry late = new Entry(77);
    committer.put(late);
    assertThat(late.outcome()).isEqualTo("abandoned");
    for (Entry entry : entries) {
      assertThat(entry.outcome()).isEqualTo("abandoned");
    }
  }

  @Test
  void startsAreTurnedAwayWhenFourGroupsWait() throws InterruptedException {
    List<Entry> entries = commitTogether(0);
    assertThat(entries).isEmpty();
    var hold = new CountDownLatch(1);
    var holding = new CountDownLatch(1);
    ledger.script.add(
        writes -> {
          holding.countDown();
          try {
            hold.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          return FakeLedger.all(writes);
        });
    // Both committers must be busy, or the helper takes what waits.
    Function<List<Write>, BitSet> held = ledger.script.peek();
    ledger.script.add(held);
    committer.put(new Entry(1));
    assertThat(holding.await(10, TimeUnit.SECONDS)).isTrue();
    int offered = 0;
    while (committer.offer(new Entry(10 + offered)) && offered < 100_000) {
      offered++;
    }
    hold.countDown();
    assertThat(offered).isBetween(4_000, 6_000);
  }
}
