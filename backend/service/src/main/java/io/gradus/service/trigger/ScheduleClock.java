package io.gradus.service.trigger;

import io.gradus.runtime.time.DatabaseClock;
import io.gradus.runtime.time.SlotScheduler;
import io.gradus.store.engine.TriggerRows;
import io.gradus.store.engine.TriggerRows.Kind;
import io.gradus.store.engine.TriggerRows.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wakes for schedules. Quartz's clustered store has a slot for each second in which one is due,
/// and wakes one node for it; that node takes the rows that are due, under a lease. A sweep makes
/// the slots of the next half minute and finds whatever no slot was there for.
public final class ScheduleClock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleClock.class);
  private static final String NAME = "gradus-triggers";

  /// How long a start may take before others try it too.
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration SWEEP = Duration.ofSeconds(5);
  private static final Duration AHEAD = Duration.ofSeconds(30);
  private static final int AT_ONCE = 50;

  private final TriggerRows rows;
  private final ScheduleFiring firing;
  private final DatabaseClock clock = new DatabaseClock();
  private final SlotScheduler slots;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("schedules").factory());

  /// @param quartz `Database.quartz()`
  public ScheduleClock(TriggerRows rows, DataSource quartz, ScheduleFiring firing) {
    this.rows = rows;
    this.firing = firing;
    clock.observe(rows.now());
    this.slots =
        new SlotScheduler(NAME, clock, quartz, UUID.randomUUID().toString(), this::slotDue);
  }

  /// Schedules fire from now on, those first that fell due while no node was there.
  public void start() {
    slots.start();
    var _ =
        clockwork.scheduleWithFixedDelay(this::sweep, 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Something else may be due.
  public void poke() {
    after(Duration.ZERO, this::sweep);
  }

  /// The slot is woken a second early.
  private void slotDue(long second) {
    after(clock.until(Instant.ofEpochSecond(second)), this::take);
  }

  private void after(Duration delay, Runnable work) {
    try {
      var _ = clockwork.schedule(work, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // This node stops: the others see to it.
    }
  }

  private void sweep() {
    try {
      clock.observe(rows.now());
      take();
      rows.soon(Kind.SCHEDULE, AHEAD).forEach(slots::want);
    } catch (RuntimeException e) {
      LOG.warn("Schedules wait for the database: {}", e.getMessage());
    }
  }

  private void take() {
    try {
      int room = free.drainPermits();
      if (room == 0) {
        return;
      }
      List<Taken> taken = List.of();
      try {
        taken = rows.take(Kind.SCHEDULE, room, LEASE);
      } finally {
        free.release(room - taken.size());
      }
      taken.forEach(due -> starts.execute(() -> fire(due)));
    } catch (RuntimeException e) {
      LOG.warn("Schedules wait for the database: {}", e.getMessage());
    }
  }

  private void fire(Taken due) {
    boolean last;
    try {
      firing.fire(due);
    } finally {
      last = free.availablePermits() == 0;
      free.release();
    }
    if (last) {
      poke();
    }
  }

  @Override
  public void close() {
    slots.close();
    clockwork.shutdownNow();
    starts.shutdownNow();
  }
}
