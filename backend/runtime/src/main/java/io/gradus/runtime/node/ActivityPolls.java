package io.gradus.runtime.node;

import io.gradus.engine.Command;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.runtime.ActivityTask;
import io.gradus.runtime.PollResult;
import io.gradus.runtime.task.TaskTokens;
import io.gradus.store.engine.OpenTasks;
import io.gradus.store.engine.StoredExecution;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Workers that wait for a task of their activity: woken when one may be there, and looking by
/// themselves now and then.
final class ActivityPolls {
  /// AWS: GetActivityTask waits 60 s.
  private static final Duration WAIT = Duration.ofSeconds(60);

  /// AWS: pollers of one activity.
  private static final int MAX_POLLERS = 1_000;

  /// Pollers of all activities on this node.
  static final int MAX_ALL = 10_000;

  private static final byte[] NO_INPUT = {'{', '}'};

  /// A hint may be lost: look again after this.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final OpenTasks tasks;
  private final ActivityIds ids;
  private final TaskTokens tokens;
  private final Started started;
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private volatile boolean stopped;

  /// Told when a task was given to a worker: its row is in the execution's inbox.
  @FunctionalInterface
  interface Started {
    void given(ExecutionKey execution, Delivery delivery);
  }

  /// Those who wait for one activity. Only one at a time asks the database.
  private static final class Waiting {
    final ReentrantLock lock = new ReentrantLock(true);
    final Condition hint = lock.newCondition();
    final AtomicInteger pollers = new AtomicInteger();
    int hints;
    long lookedAtNanos = System.nanoTime() - LOOK_AGAIN.toNanos();
    int lookedAtHints = -1;

    /// Whether a task may be there that nobody has looked for.
    boolean isWorthALook() {
      return hints != lookedAtHints || System.nanoTime() - lookedAtNanos >= LOOK_AGAIN.toNanos();
    }

    void note(boolean found) {
      lookedAtNanos = System.nanoTime();
      lookedAtHints = hints;
      if (found) {
        hints++; // one hint may stand for many tasks
        hint.signal();
      }
    }
  }

  ActivityPolls(OpenTasks tasks, ActivityIds ids, TaskTokens tokens, Started started) {
    this.tasks = tasks;
    this.ids = ids;
    this.tokens = tokens;
    this.started = started;
  }

  CompletionStage<PollResult> poll(TenantId tenant, String arn, @Nullable String worker) {
    var result = new CompletableFuture<PollResult>();
    Thread.ofVirtual()
        .name("poller")
        .start(
            () -> {
              try {
                result.complete(await(tenant, arn, worker));
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private PollResult await(TenantId tenant, String arn, @Nullable String worker) {
    Optional<UUID> id = ids.find(tenant, arn);
    if (id.isEmpty()) {
      return PollResult.NoSuchActivity.NO_SUCH_ACTIVITY;
    }
    String key = Broadcast.activityKey(tenant, arn);
    long until = System.nanoTime() + WAIT.toNanos();
    Waiting here = enter(key);
    try {
      if (here.pollers.get() > MAX_POLLERS || all.get() > MAX_ALL) {
        refused.increment();
        return PollResult.TooManyPollers.TOO_MANY_POLLERS;
      }
      here.lock.lock();
      try {
        return await(tenant, id.get(), worker, here, until);
      } finally {
        here.lock.unlock();
      }
    } finally {
      leave(key);
    }
  }

  /// Nobody waits for most activities: what is kept of one goes with its last poller.
  private Waiting enter(String key) {
    Waiting entered =
        waiting.compute(
            key,
            (_, there) -> {
              Waiting here = there == null ? new Waiting() : there;
              here.pollers.incrementAndGet();
              return here;
            });
    // Whoever is counted here is among its activity's already.
    all.incrementAndGet();
    return entered;
  }

  private void leave(String key) {
    all.decrementAndGet();
    waiting.computeIfPresent(
        key,
        (_, here) -> {
          return here.pollers.decrementAndGet() == 0 ? null : here;
        });
  }

  /// Workers that wait.
  int pollers() {
    return all.get();
  }

  /// Workers refused so far.
  long refused() {
    return refused.sum();
  }

  private PollResult await(
      TenantId tenant, UUID id, @Nullable String worker, Waiting here, long untilNanos) {
    while (!stopped) {
      if (here.isWorthALook()) {
        Optional<PollResult> taken = take(tenant, id, worker);
        here.note(taken.isPresent());
        if (taken.isPresent()) {
          return taken.get();
        }
      }
      long left = untilNanos - System.nanoTime();
      if (left <= 0) {
        break;
      }
      try {
        here.hint.await(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return PollResult.Nothing.NOTHING;
  }

  private Optional<PollResult> take(TenantId tenant, UUID id, @Nullable String worker) {
    return tasks
        .claim(
            tenant,
            id,
            worker,
            claimed ->
                new StoredExecution.Message(
                    source(claimed.task()), 0, InboxMessage.started(claimed.task(), worker)))
        .map(
            claimed -> {
              TaskId task = claimed.task();
              started.given(
                  claimed.execution(),
                  Delivery.inbox(new Command.TaskStarted(task, worker), source(task)));
              byte[] input = claimed.input();
              return new PollResult.Task(
                  new ActivityTask(
                      tokens.token(claimed.execution(), task),
                      Payload.ofText(input == null ? NO_INPUT : input)));
            });
  }

  /// What the inbox row that tells of a worker is called.
  private static String source(TaskId task) {
    return "started:" + task.attempt() + "@" + task.frame();
  }

  /// A task may be there.
  void wake(String key) {
    Waiting here = waiting.get(key);
    if (here == null) {
      return;
    }
    Thread.startVirtualThread(
        () -> {
          here.lock.lock();
          try {
            here.hints++;
            here.hint.signal();
          } finally {
            here.lock.unlock();
          }
        });
  }

  void close() {
    stopped = true;
    waiting.keySet().forEach(this::wake);
  }
}
