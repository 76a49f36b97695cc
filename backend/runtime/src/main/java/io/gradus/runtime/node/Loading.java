package io.gradus.runtime.node;

import io.gradus.engine.Command;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Rejection;
import io.gradus.runtime.node.Shelf.Volume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings executions into memory, a batch at a time, and brings those up to date whose transition
/// lost. Only here does an execution become hot that was started before.
final class Loading implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loading.class);
  private static final int BATCH = 100;
  private static final int QUIET_CONFLICTS = 3;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Shelf shelf;
  private final HotExecutions hot;
  private final Mover mover;
  private final Surroundings.Tenure lease;
  private final ScheduledExecutorService later;
  private final LinkedBlockingQueue<ExecutionKey> wanted = new LinkedBlockingQueue<>();
  private final ConcurrentHashMap<ExecutionKey, CompletableFuture<Optional<HotExecution>>> loading =
      new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  Loading(
      Shelf shelf,
      HotExecutions hot,
      Mover mover,
      Surroundings.Tenure lease,
      ScheduledExecutorService later) {
    this.shelf = shelf;
    this.hot = hot;
    this.mover = mover;
    this.lease = lease;
    this.later = later;
    for (int i = 0; i < 2; i++) {
      threads.add(Thread.ofPlatform().daemon().name("loader-" + i).start(this::run));
    }
  }

  /// The execution in memory: it is here, or it is this node's, or nobody has it and this node
  /// takes it. Empty when it is over, does not exist or another node has it.
  CompletableFuture<Optional<HotExecution>> find(ExecutionKey key) {
    HotExecution known = hot.find(key);
    if (known != null) {
      return CompletableFuture.completedFuture(Optional.of(known));
    }
    var fresh = new CompletableFuture<Optional<HotExecution>>();
    var earlier = loading.putIfAbsent(key, fresh);
    if (earlier != null) {
      return earlier;
    }
    wanted.add(key);
    return fresh;
  }

  /// Executions that are asked for and not here yet.
  int waiting() {
    return loading.size();
  }

  private void run() {
    while (!stopped) {
      try {
        ExecutionKey first = wanted.poll(1, TimeUnit.SECONDS);
        if (first != null) {
          List<ExecutionKey> batch = new ArrayList<>();
          batch.add(first);
          wanted.drainTo(batch, BATCH - 1);
          load(batch);
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void load(List<ExecutionKey> keys) throws InterruptedException {
    try {
      // One that became hot since it was asked for must not be read again beside itself.
      List<ExecutionKey> cold = keys.stream().filter(key -> hot.find(key) == null).toList();
      Map<ExecutionKey, Volume> volumes = readMine(cold);
      for (ExecutionKey key : keys) {
        Volume volume = volumes.get(key);
        HotExecution there = hot.find(key);
        Optional<HotExecution> result =
            there != null
                ? Optional.of(there)
                : Optional.ofNullable(volume == null ? null : shelve(volume));
        var waiter = loading.remove(key);
        if (waiter != null) {
          waiter.complete(result);
        }
      }
    } catch (RuntimeException | Error e) { // there are two threads that load, and no others
      if (keys.size() > 1) {
        LOG.warn("A batch of executions could not be loaded; they are loaded one by one", e);
        for (ExecutionKey key : keys) {
          load(List.of(key));
        }
        return;
      }
      LOG.warn("An execution could not be loaded", e);
      var waiter = loading.remove(keys.getFirst());
      if (waiter != null) {
        waiter.completeExceptionally(e);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
  }

  /// Those that are this node's, after it has taken those that nobody has.
  private Map<ExecutionKey, Volume> readMine(List<ExecutionKey> keys) {
    Map<ExecutionKey, Volume> mine = new HashMap<>();
    if (keys.isEmpty()) {
      return mine;
    }
    int incarnation = lease.incarnation();
    List<ExecutionKey> parked = new ArrayList<>();
    for (Volume volume : shelf.load(keys)) {
      if (volume.owner() == incarnation) {
        mine.put(volume.fixed().key(), volume);
      } else if (volume.owner() == 0) {
        parked.add(volume.fixed().key());
      }
    }
    if (!parked.isEmpty()) {
      List<ExecutionKey> claimed = shelf.claim(parked, incarnation);
      for (Volume volume : claimed.isEmpty() ? List.<Volume>of() : shelf.load(claimed)) {
        if (volume.owner() == incarnation) {
          mine.put(volume.fixed().key(), volume);
        }
      }
    }
    return mine;
  }

  private HotExecution shelve(Volume volume) {
    var fresh =
        new HotExecution(volume.fixed(), volume.execution(), volume.version(), bytesOf(volume));
    fresh.noteRows();
    fresh.reloaded(volume.visits());
    List<Delivery> inbox = inbox(volume);
    // Before anyone else can find it: what the inbox says may be acknowledged already, and goes
    // before what is done again and before what comes now.
    fresh.expect(inbox);
    HotExecution there = hot.putIfAbsent(fresh);
    if (there == fresh) {
      mover.begin(fresh);
      mover.resume(fresh);
    } else {
      inbox.forEach(delivery -> mover.deliver(there, delivery));
    }
    return there;
  }

  /// Oldest first, but successes before all else, and stops last. Who left a success was told that
  /// it counts; a failure or a stop that came before it would leave it without its task. A stop is
  /// acknowledged only when it has been decided.
  private static List<Delivery> inbox(Volume volume) {
    List<Delivery> inbox = new ArrayList<>();
    for (Shelf.InboxRow row : volume.inbox()) {
      Command command = InboxMessage.command(row.message(), volume.execution());
      inbox.add(Delivery.inbox(command, row.sourceId()));
    }
    inbox.sort(Comparator.comparingInt(delivery -> turn(delivery.command())));
    return inbox;
  }

  private static int turn(Command command) {
    return switch (command) {
      case Command.TaskSucceeded _ -> 0;
      case Command.StopExecution _ -> 2;
      default -> 1;
    };
  }

  private static int bytesOf(Volume volume) {
    return 2_048 + 5 * volume.stateBytes();
  }

  /// A transition has lost: what the database has is read, and the commands decided anew on it.
  void lost(HotExecution execution, List<Delivery> deliveries) {
    if (execution.isGone()) {
      deliveries.forEach(d -> d.answer().complete(Answer.Elsewhere.ELSEWHERE));
      return;
    }
    List<Delivery> again = new ArrayList<>(deliveries);
    again.removeIf(delivery -> delivery.source() instanceof Delivery.Source.Inbox);
    int conflicts = execution.countConflict();
    long delayMillis =
        conflicts <= QUIET_CONFLICTS ? 0 : Math.min(1_000, 5L << Math.min(8, conflicts));
    var _ =
        later.schedule(
            () -> Thread.startVirtualThread(() -> reload(execution, again)),
            delayMillis,
            TimeUnit.MILLISECONDS);
  }

  private void reload(HotExecution execution, List<Delivery> again) {
    try {
      ExecutionKey key = execution.key();
      Map<ExecutionKey, Volume> mine = readMine(List.of(key));
      Volume volume = mine.get(key);
      if (volume == null) {
        boolean over = shelf.load(List.of(key)).isEmpty();
        release(
            execution,
            again,
            over ? new Answer.Refused(Rejection.NOT_RUNNING) : Answer.Elsewhere.ELSEWHERE);
        return;
      }
      execution.reloaded(volume.visits());
      boolean moved = volume.execution().lastEventId() != execution.execution().lastEventId();
      execution.reloaded(
          volume.execution(), volume.version(), bytesOf(volume), inbox(volume), again);
      hot.grown(execution);
      if (moved) {
        mover.resume(execution);
      }
      mover.schedule(execution);
    } catch (RuntimeException | Error e) {
      LOG.warn("An execution is loaded again in a moment", e);
      if (!stopped) {
        lost(execution, again);
      }
    }
  }

  private void release(HotExecution execution, List<Delivery> again, Answer answer) {
    hot.remove(execution);
    List<Delivery> left = new ArrayList<>(again);
    left.addAll(execution.leave());
    left.forEach(delivery -> delivery.answer().complete(answer));
  }

  /// Groups rows by execution, oldest first.
  static <T> Map<ExecutionKey, List<T>> group(
      List<T> rows, java.util.function.Function<T, ExecutionKey> key) {
    Map<ExecutionKey, List<T>> grouped = new LinkedHashMap<>();
    rows.forEach(row -> grouped.computeIfAbsent(key.apply(row), _ -> new ArrayList<>()).add(row));
    return grouped;
  }

  @Override
  public void close() {
    stopped = true;
    threads.forEach(Thread::interrupt);
    loading
        .values()
        .forEach(
            waiter -> waiter.completeExceptionally(new IllegalStateException("the node stops")));
  }
}
