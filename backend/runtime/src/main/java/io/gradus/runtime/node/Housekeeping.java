package io.gradus.runtime.node;

import io.gradus.engine.Command;
import io.gradus.engine.Deadline;
import io.gradus.engine.Effect;
import io.gradus.engine.Engine;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Frame;
import io.gradus.engine.TaskId;
import io.gradus.engine.TimerId;
import io.gradus.runtime.NodeSettings;
import io.gradus.runtime.time.NearWheel;
import io.gradus.store.engine.ExecutionClaims;
import io.gradus.store.engine.Inbox;
import io.gradus.store.engine.Nodes;
import io.gradus.store.engine.OpenTasks;
import io.gradus.store.engine.Timers;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node looks after by itself: the dead nodes' executions, its inboxes, timers whose slot
/// was missed, and room in memory.
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int TAKE_OVER_BATCH = 500;
  private static final int TIMER_BATCH = 1_000;
  private static final int INBOX_BATCH = 1_000;
  private static final int INBOX_PAGES = 8;
  private static final int MAX_LOADING = 2_000;
  private static final Duration FORGET_AFTER = Duration.ofDays(1);
  private static final Duration AHEAD = Duration.ofSeconds(10);

  /// A slot is woken a second before it begins, and lasts a second.
  static final Duration SLOT_AHEAD = Duration.ofMillis(2_100);

  private static final Duration CLAIM = Duration.ofSeconds(30);

  private final Store store;
  private final HotExecutions hot;
  private final Mover mover;
  private final Loading loading;
  private final Surroundings around;
  private final NodeSettings.Rhythm rhythm;
  // What it is asked for while the node stops is left to whoever takes over: it is all in rows.
  private final ScheduledExecutorService threads =
      new ScheduledThreadPoolExecutor(
          3,
          Thread.ofPlatform().daemon().name("housekeeping-", 0).factory(),
          new ThreadPoolExecutor.DiscardPolicy());
  private final ArrayDeque<ExecutionKey> toPageIn = new ArrayDeque<>();
  private @Nullable ExecutionKey reconciledTo;
  // Two that read at once skip or repeat a page: it is read again after the last.
  private volatile Inbox.@Nullable Waiting inboxReadTo;
  private final AtomicBoolean inboxWanted = new AtomicBoolean();

  /// What it works with in the database.
  record Store(
      Shelf shelf,
      ExecutionClaims claims,
      Nodes nodes,
      Inbox inbox,
      Timers timers,
      OpenTasks tasks) {}

  private static final Duration RECONCILE = Duration.ofSeconds(5);
  private static final Duration RECHECK = Duration.ofSeconds(2);
  private static final int RECONCILE_PAGE = 5_000;
  private static final Duration TAKE_OVER = Duration.ofSeconds(1);
  private static final Duration INBOX = Duration.ofSeconds(1);
  private static final Duration ROOM = Duration.ofSeconds(1);

  Housekeeping(
      Store store,
      HotExecutions hot,
      Mover mover,
      Loading loading,
      Surroundings around,
      NodeSettings.Rhythm rhythm) {
    this.store = store;
    this.hot = hot;
    this.mover = mover;
    this.loading = loading;
    this.around = around;
    this.rhythm = rhythm;
  }

  void start() {
    every(TAKE_OVER, "taking over", this::takeOver);
    every(INBOX, "reading inboxes", this::readInboxes);
    every(rhythm.timerSweep(), "sweeping timers", () -> claimTimers(AHEAD));
    every(ROOM, "making room", this::makeRoom);
    every(Duration.ofMillis(50), "paging in", this::pageIn);
    every(RECONCILE, "looking for executions left behind", this::reconcile);
    every(Duration.ofSeconds(30), "clearing inboxes", this::clearInboxes);
    every(Duration.ofHours(1), "forgetting nodes", () -> store.nodes().forget(FORGET_AFTER));
  }

  private void every(Duration interval, String what, Runnable work) {
    if (interval.isZero()) {
      return;
    }
    var _ =
        threads.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error e) { // otherwise it would never run again
                LOG.warn("{} is tried again: {}", what, e.getMessage());
                LOG.debug("because", e);
              }
            },
            0,
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /// Takes over from every dead incarnation, again and again: a node that was asleep may have
  /// committed a start under its old one.
  private void takeOver() {
    for (int dead : store.nodes().deadOwners()) {
      takeOver(dead);
    }
  }

  private void takeOver(int dead) {
    while (around.lease().isValid()) {
      List<ExecutionKey> taken =
          new ArrayList<>(
              store.claims().takeOver(dead, around.lease().incarnation(), TAKE_OVER_BATCH));
      if (taken.isEmpty()) {
        return;
      }
      taken.sort(null);
      LOG.info("{} executions of incarnation {} were taken over", taken.size(), dead);
      synchronized (toPageIn) {
        toPageIn.addAll(taken);
      }
    }
  }

  /// Brings executions into memory that another node gave to this one.
  void takeIn(Collection<ExecutionKey> given) {
    synchronized (toPageIn) {
      toPageIn.addAll(given);
    }
    threads.execute(this::pageIn);
  }

  private void clearInboxes() {
    while (store.inbox().deleteEnded(INBOX_BATCH) == INBOX_BATCH) {
      LOG.debug("Inboxes of executions that are over are cleared further");
    }
  }

  /// Brings what was taken over into memory, oldest first, as far as it has room.
  private void pageIn() {
    while (!hot.isCrowded() && loading.waiting() < MAX_LOADING) {
      ExecutionKey next;
      synchronized (toPageIn) {
        next = toPageIn.pollFirst();
      }
      if (next == null) {
        return;
      }
      // One that cannot be read just now is found again by its absence.
      var _ = loading.find(next);
    }
  }

  /// An execution that is this node's in the database but not in memory is nobody's: a load that
  /// failed, or a commit whose answer came too late. What is missing twice is read.
  private void reconcile() {
    List<ExecutionKey> page =
        store.claims().owned(around.lease().incarnation(), reconciledTo, RECONCILE_PAGE);
    reconciledTo = page.size() < RECONCILE_PAGE ? null : page.getLast();
    Set<ExecutionKey> missing = new HashSet<>(page);
    missing.removeIf(key -> hot.find(key) != null || hot.isSetAside(key));
    synchronized (toPageIn) {
      toPageIn.forEach(missing::remove);
    }
    if (!missing.isEmpty()) {
      var _ =
          threads.schedule(
              () ->
                  missing.stream()
                      .filter(key -> hot.find(key) == null)
                      .forEach(key -> loading.find(key).exceptionally(_ -> Optional.empty())),
              RECHECK.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  /// Executions taken over that are not in memory yet.
  int toPageIn() {
    synchronized (toPageIn) {
      return toPageIn.size();
    }
  }

  /// The lease went, and with it all that was taken over.
  void forget() {
    synchronized (toPageIn) {
      toPageIn.clear();
    }
  }

  /// Another node was woken for a slot.
  void wantTimers() {
    threads.execute(
        () -> {
          try {
            claimTimers(SLOT_AHEAD);
          } catch (RuntimeException e) {
            LOG.warn("A slot's timers are left to the sweep: {}", e.getMessage());
          }
        });
  }

  /// Looks into the inboxes soon.
  void wantInbox() {
    if (inboxWanted.compareAndSet(false, true)) {
      threads.execute(
          () -> {
            inboxWanted.set(false);
            try {
              readInboxes();
            } catch (RuntimeException e) {
              LOG.warn("Inboxes are read again within a second: {}", e.getMessage());
            }
          });
    }
  }

  /// Page by page, from where the last reading ended: messages that stay where they are (their
  /// executions are set aside, or cannot be read) must not keep others from being found.
  private void readInboxes() {
    for (int page = 0; page < INBOX_PAGES && around.lease().isValid(); page++) {
      List<Inbox.Waiting> rows =
          store.inbox().waiting(around.lease().incarnation(), inboxReadTo, INBOX_BATCH);
      inboxReadTo = rows.size() < INBOX_BATCH ? null : rows.getLast();
      var byExecution = Loading.group(rows, Inbox.Waiting::execution);
      boolean found = false;
      for (var each : byExecution.entrySet()) {
        try {
          found |= take(each.getKey(), each.getValue());
        } catch (RuntimeException e) {
          LOG.error("ALARM: a message cannot be read: {} ({})", each.getKey(), e.getMessage());
        }
      }
      if (found || inboxReadTo == null) {
        return;
      }
    }
  }

  /// @return whether the messages are taken in
  private boolean take(ExecutionKey key, List<Inbox.Waiting> rows) {
    HotExecution there = hot.find(key);
    if (there == null) {
      boolean load = loading.waiting() < MAX_LOADING && !hot.isSetAside(key);
      if (load) {
        var _ = loading.find(key); // which reads the inbox with it
      }
      return load;
    }
    for (Inbox.Waiting row : rows) {
      Command command = InboxMessage.command(row.message().payload(), there.execution());
      mover.deliver(there, Delivery.inbox(command, row.message().sourceId()));
    }
    return true;
  }

  /// Takes the rows of timers due soon into the near wheel.
  void claimTimers(Duration ahead) {
    NearWheel wheel = around.wheel().get();
    Instant before = around.clock().now().plus(ahead);
    Timers.Claimed last = null;
    while (around.lease().isValid() && !hot.isFull()) {
      List<Timers.Claimed> claimed =
          store
              .timers()
              .claim(
                  around.lease().incarnation(),
                  new Timers.Wanted(before, CLAIM, TIMER_BATCH, last));
      for (Timers.Claimed due : claimed) {
        wheel.arm(due.execution(), TimerId.parse(due.timerId()), due.due(), true);
      }
      if (claimed.size() < TIMER_BATCH) {
        return;
      }
      last = claimed.getLast();
    }
  }

  /// A timer is due. One without a row, of an execution that is not here, has gone with it.
  void fire(ExecutionKey key, TimerId timer, boolean stored) {
    HotExecution there = hot.find(key);
    if (there != null) {
      fire(there, timer, stored);
    } else if (stored && !hot.isSetAside(key)) {
      var _ =
          loading
              .find(key)
              .thenAccept(
                  found ->
                      found.ifPresentOrElse(
                          loaded -> fire(loaded, timer, true),
                          () -> threads.execute(() -> deleteIfOver(key, timer))));
    }
  }

  private void fire(HotExecution execution, TimerId timer, boolean stored) {
    if (timer.kind() == TimerId.Kind.HEARTBEAT) {
      Thread.startVirtualThread(() -> fireUnlessAlive(execution, timer, stored));
      return;
    }
    deliver(execution, timer, fired(timer, stored), stored);
  }

  private static Delivery fired(TimerId timer, boolean stored) {
    Command command = new Command.TimerFired(timer);
    return stored ? Delivery.timerRow(command) : Delivery.here(command);
  }

  private void deliver(HotExecution execution, TimerId timer, Delivery delivery, boolean stored) {
    if (!mover.deliver(execution, delivery) && stored) {
      // It parked just now: its row stays claimed for half a minute, and nobody else would see it.
      threads.execute(() -> fire(execution.key(), timer, true));
    }
  }

  /// The worker may have shown itself through another node, which notes it in the task's row.
  private void fireUnlessAlive(HotExecution execution, TimerId timer, boolean stored) {
    var task = new TaskId(timer.frame(), timer.eventId());
    Frame frame = execution.execution().frames().get(timer.frame());
    Integer seconds =
        frame != null && frame.phase() instanceof Frame.Phase.AwaitingTask awaiting
            ? awaiting.heartbeatSeconds()
            : null;
    Instant seen = null;
    try {
      seen =
          store
              .tasks()
              .find(execution.key(), task)
              .map(OpenTasks.OpenTask::heartbeatAt)
              .orElse(null);
    } catch (DatabaseFailure e) {
      LOG.warn("A heartbeat is looked for again in a second: {}", e.getMessage());
      around.wheel().get().arm(execution.key(), timer, around.clock().now().plusSeconds(1), stored);
      return;
    }
    boolean alive =
        seen != null && seconds != null && seen.plusSeconds(seconds).isAfter(around.clock().now());
    deliver(
        execution,
        timer,
        alive ? Delivery.here(new Command.TaskHeartbeat(task)) : fired(timer, stored),
        stored);
  }

  private void deleteIfOver(ExecutionKey key, TimerId timer) {
    if (store.shelf().load(List.of(key)).isEmpty()) {
      store.timers().delete(List.of(new Timers.Claimed(key, timer.text(), Instant.EPOCH, 0)));
    }
  }

  /// Lets executions go that rest, and more of them when memory is short.
  private void makeRoom() {
    long now = System.nanoTime();
    long idleNanos = rhythm.idle().toNanos();
    boolean crowded = hot.isCrowded();
    List<HotExecution> restful =
        hot.leastUsed(
            1_000,
            execution ->
                execution.fixed().isDurable()
                    && (crowded || now - execution.usedAtNanos() > idleNanos)
                    && execution.isQuiet()
                    && !Mocking.isPending(execution)
                    && (Parking.mayRest(execution.execution())
                        || (crowded && Parking.mayRestWithRows(execution.execution()))));
    for (HotExecution execution : restful) {
      mover.park(execution, nearTimers(execution));
    }
  }

  private Map<TimerId, Instant> nearTimers(HotExecution execution) {
    Map<TimerId, Deadline> all = new HashMap<>();
    for (Effect effect : Engine.resume(execution.execution(), mover.environment())) {
      if (effect instanceof Effect.ArmTimer arm) {
        all.put(arm.timer(), arm.deadline());
      }
    }
    return Transitions.nearTimers(all);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
