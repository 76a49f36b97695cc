package io.gradus.runtime.node;

import io.gradus.engine.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A few platform threads that decide, and do what follows a commit. Tenants take turns, so that
/// one's flood waits behind itself.
final class Deciders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deciders.class);

  /// Each piece of work weighs the same in its tenant's turn.
  private static final long WEIGHT = 4 * 1_024;

  /// Taken at once by a thread, to lock less often.
  private static final int BATCH = 16;

  /// Longer, nothing that is for after the batch waits for the rest of it.
  private static final long LONG_NANOS = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final TurnQueue<TenantId, Runnable> queue = new TurnQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ThreadLocal<Boolean> decides = ThreadLocal.withInitial(() -> false);
  private final Runnable afterBatch;
  private int idle;
  private boolean stopped;

  /// @param afterBatch done by a thread when it has done what it took at once, and at least every
  ///   millisecond or after the piece of work that takes longer
  Deciders(int count, Runnable afterBatch) {
    this.afterBatch = afterBatch;
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().daemon().name("decider-" + i).start(this::run));
    }
  }

  /// Whether the caller is one of these threads: what it leaves for after its batch will be done.
  boolean isDeciding() {
    return decides.get();
  }

  void execute(TenantId tenant, Runnable task) {
    lock.lock();
    try {
      queue.add(tenant, task, WEIGHT);
      if (idle > 0) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// A piece of work and whose turn it takes.
  record Task(TenantId tenant, Runnable work) {}

  void executeAll(List<Task> tasks) {
    lock.lock();
    try {
      tasks.forEach(task -> queue.add(task.tenant(), task.work(), WEIGHT));
      for (int wanted = Math.min(idle, tasks.size()); wanted > 0; wanted--) {
        work.signal(); // a thread for nothing would take the processor from those at work
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    decides.set(true);
    for (List<Runnable> tasks = take(); !tasks.isEmpty(); tasks = take()) {
      long since = System.nanoTime();
      for (Runnable task : tasks) {
        guarded(task);
        long now = System.nanoTime();
        if (now - since > LONG_NANOS) {
          guarded(afterBatch);
          since = now;
        }
      }
      guarded(afterBatch);
    }
  }

  /// Whatever breaks, its thread goes on: there are few of them, and nobody else does their work.
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A piece of an execution's work broke", e);
    }
  }

  /// Empty when the threads are to end.
  private List<Runnable> take() {
    lock.lock();
    try {
      while (queue.isEmpty() && !stopped) {
        idle++;
        work.awaitUninterruptibly();
        idle--;
      }
      if (queue.isEmpty()) {
        return List.of();
      }
      // Leave the others their share: deciding is what takes the time.
      int share = Math.max(1, Math.min(BATCH, queue.size() / threads.size()));
      return queue.take(share, Long.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  /// Ends the threads when they have done what waits: answers to what is committed are among it.
  @Override
  public void close() {
    lock.lock();
    try {
      stopped = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(2));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
