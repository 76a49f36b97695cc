package io.gradus.runtime.node;

import io.gradus.engine.TenantId;
import io.gradus.runtime.time.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes transitions to the database, a group at a time: while one group is at the disk, the next
/// gathers. An idle committer commits at once. A second thread helps when more than a group waits,
/// and commits what tenants with little to commit have while another's flood is at the disk: they
/// wait for each other, and not for it.
///
/// What it does when a commit fails is engine.md's protocol: a conflict drops its transition alone;
/// a deadlock is tried again; bad data is found by halving; a connection lost at COMMIT freezes the
/// group until its outcome is known.
final class Committer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
  static final int MAX_GROUP = 1_000;

  /// While several tenants have something to commit, none waits for the whole of another's flood.
  private static final int SHARED_GROUP = 150;

  /// A group of more than this, in transitions or bytes, keeps others waiting.
  private static final int LONG_GROUP = 32;

  private static final long LONG_GROUP_BYTES = 64L * 1_024;

  static final long MAX_GROUP_BYTES = 4L * 1_024 * 1_024;
  private static final int MAX_GROUPS_WAITING = 4;
  static final int MAX_WAITING = MAX_GROUP * MAX_GROUPS_WAITING;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Deciders deciders;
  private final DatabaseClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition muchWork = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final TurnQueue<TenantId, Entry> queue = new TurnQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final int helpsFromItems;
  private final long helpsFromWeight;
  private Set<TenantId> atDisk = Set.of();
  private boolean helperIsFree;
  private boolean leftToHelper;
  private boolean stopped;

  /// A transition that waits for its commit.
  interface Entry {
    Write write();

    /// What a decider is to do now.
    ///
    /// @param committed false when another moved the execution first
    /// @param at database time
    Deciders.Task settled(boolean committed, Instant at);

    /// The database will never take it.
    void refused(RuntimeException why);

    /// The node stops before it is known to be stored.
    void abandoned();
  }

  /// @param ledgers makes one for each thread
  Committer(Supplier<? extends Ledger> ledgers, Deciders deciders, DatabaseClock clock) {
    this.deciders = deciders;
    this.clock = clock;
    boolean many = Runtime.getRuntime().availableProcessors() >= 4;
    helpsFromItems = many ? 2 : MAX_GROUP + 1;
    helpsFromWeight = many ? Long.MAX_VALUE : MAX_GROUP_BYTES + 1;
    threads.add(
        Thread.ofPlatform().daemon().name("committer-0").start(() -> run(ledgers.get(), false)));
    threads.add(
        Thread.ofPlatform().daemon().name("committer-1").start(() -> run(ledgers.get(), true)));
  }

  /// Queues the entry unless four groups wait already.
  boolean offer(Entry entry) {
    lock.lock();
    try {
      if (stopped || isFull()) {
        return false;
      }
      add(entry);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Queues the entry, after waiting for room.
  void put(Entry entry) {
    lock.lock();
    try {
      while (isFull() && !stopped) {
        room.awaitUninterruptibly();
      }
      if (!stopped) {
        add(entry);
        return;
      }
    } finally {
      lock.unlock();
    }
    entry.abandoned();
  }

  private void add(Entry entry) {
    Write write = entry.write();
    queue.add(write.key().tenant(), entry, write.weight());
    work.signal();
    if (helperIsFree && (isMuch() || waitsForOthers(write.key().tenant()))) {
      muchWork.signal();
    }
  }

  private boolean waitsForOthers(TenantId tenant) {
    return !atDisk.isEmpty() && !atDisk.contains(tenant) && queue.isLittle(tenant);
  }

  /// Whether more waits than one thread should take to the disk.
  private boolean isMuch() {
    return queue.size() >= helpsFromItems || queue.weight() >= helpsFromWeight;
  }

  private boolean isFull() {
    return queue.size() >= MAX_WAITING || queue.weight() >= MAX_GROUP_BYTES * MAX_GROUPS_WAITING;
  }

  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private void run(Ledger ledger, boolean helps) {
    while (true) {
      List<Entry> group = helps ? takeToHelp() : take();
      if (group.isEmpty()) {
        break;
      }
      group.sort(Comparator.comparing(entry -> entry.write().key()));
      try {
        commit(ledger, group, false);
      } catch (RuntimeException | Error e) {
        LOG.error("A commit group broke; its executions wait for their next load", e);
        var why = new IllegalStateException("expected a commit group to be whole", e);
        group.forEach(entry -> entry.refused(why));
      }
    }
    ledger.close();
  }

  /// Empty when the threads are to end.
  private List<Entry> take() {
    lock.lock();
    try {
      atDisk = Set.of();
      while (!stopped && queue.isEmpty()) {
        work.awaitUninterruptibly();
      }
      if (stopped) {
        return List.of();
      }
      boolean shared = queue.owners() > 1;
      long bytes = queue.weight();
      List<Entry> group;
      // Once only: where the helper has not come yet, all take their turns.
      leftToHelper = queue.isMixed() && helperIsFree && !leftToHelper;
      if (leftToHelper) {
        group = queue.takeFloods(queue.floods() > 1 ? SHARED_GROUP : MAX_GROUP, MAX_GROUP_BYTES);
        muchWork.signal();
      } else {
        group = queue.take(shared ? SHARED_GROUP : MAX_GROUP, MAX_GROUP_BYTES);
      }
      bytes -= queue.weight();
      boolean isLong = group.size() > LONG_GROUP || bytes > LONG_GROUP_BYTES;
      atDisk = isLong ? tenants(group, shared) : Set.of();
      room.signalAll();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private static Set<TenantId> tenants(List<Entry> group, boolean shared) {
    if (!shared) {
      return Set.of(group.getFirst().write().key().tenant());
    }
    Set<TenantId> tenants = new HashSet<>();
    group.forEach(entry -> tenants.add(entry.write().key().tenant()));
    return tenants;
  }

  /// Empty when the threads are to end.
  private List<Entry> takeToHelp() {
    lock.lock();
    try {
      helperIsFree = true;
      while (!stopped && !isMuch() && !hasLittle()) {
        muchWork.awaitUninterruptibly();
      }
      boolean little = hasLittle();
      helperIsFree = false;
      leftToHelper = false;
      if (stopped) {
        return List.of();
      }
      List<Entry> group =
          little
              ? queue.takeLittle(SHARED_GROUP, MAX_GROUP_BYTES, atDisk)
              : queue.take(queue.owners() > 1 ? SHARED_GROUP : MAX_GROUP, MAX_GROUP_BYTES);
      room.signalAll();
      return group;
    } finally {
      lock.unlock();
    }
  }

  /// Whether somebody with little to commit waits for another's flood.
  private boolean hasLittle() {
    return (leftToHelper || !atDisk.isEmpty()) && queue.hasLittle(atDisk);
  }

  private void commit(Ledger ledger, List<Entry> group, boolean sentBefore) {
    List<Write> writes = group.stream().map(Entry::write).toList();
    boolean unknown = sentBefore;
    Duration pause = FIRST_PAUSE;
    while (!isStopped()) {
      try {
        Ledger.Receipt receipt = ledger.commit(writes);
        BitSet committed = receipt.committed();
        if (unknown && committed.cardinality() < writes.size()) {
          // Not returned now: ours from the first sending, or another's?
          committed = (BitSet) committed.clone();
          committed.or(ledger.committedBefore(writes));
        }
        List<Deciders.Task> tasks = new ArrayList<>(group.size());
        for (int i = 0; i < group.size(); i++) {
          tasks.add(group.get(i).settled(committed.get(i), receipt.at()));
        }
        clock.observe(receipt.at());
        deciders.executeAll(tasks);
        return;
      } catch (Ledger.NothingCommitted e) {
        LOG.warn("A group of {} is committed again: {}", group.size(), e.getMessage());
      } catch (Ledger.OutcomeUnknown e) {
        unknown = true;
        LOG.warn(
            "A group of {} is frozen: the connection was lost before its outcome was known: {}",
            group.size(),
            e.getMessage());
      } catch (Ledger.DataRefused e) {
        halve(ledger, group, unknown, e);
        return;
      }
      LockSupport.parkNanos(pause.toNanos());
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
    group.forEach(Entry::abandoned);
  }

  private void halve(Ledger ledger, List<Entry> group, boolean unknown, Ledger.DataRefused why) {
    if (group.size() == 1) {
      Write write = group.getFirst().write();
      LOG.error(
          "ALARM: the database refuses a transition; the execution is set aside: tenant={} id={}",
          write.key().tenant(),
          write.key().id(),
          why);
      group.getFirst().refused(why);
      return;
    }
    int half = group.size() / 2;
    commit(ledger, group.subList(0, half), unknown);
    commit(ledger, group.subList(half, group.size()), unknown);
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the threads after the group at hand. What still waits is not answered.
  @Override
  public void close() {
    lock.lock();
    try {
      stopped = true;
      work.signalAll();
      muchWork.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    abandonAll();
  }

  private void abandonAll() {
    List<Entry> left;
    lock.lock();
    try {
      left = queue.take(Integer.MAX_VALUE, Long.MAX_VALUE);
    } finally {
      lock.unlock();
    }
    left.forEach(Entry::abandoned);
  }
}
