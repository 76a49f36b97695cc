package io.gradus.runtime.time;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TimerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The timers that are due within a minute or so, in memory: an in-memory Quartz scheduler with one
/// trigger per tick of 10 ms. What is lost with the process is in the database as well, as state or
/// as a row.
///
/// A timer fires when the database's time has certainly reached it, whatever Quartz's clock says.
public final class NearWheel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NearWheel.class);
  private static final long TICK_MILLIS = 10;

  /// How often the wall clock is looked at, and by how much it must have been set to count.
  private static final long WATCH_MILLIS = 200;

  private static final long SET_MILLIS = 50;
  private static final String WHEEL = "wheel";
  private static final String TICK = "tick";
  private static final AtomicLong INSTANCES = new AtomicLong();

  private final DatabaseClock clock;
  private final Firing firing;
  private final Scheduler scheduler;
  private final JobKey job = JobKey.jobKey("tick");
  private final ConcurrentHashMap<Long, ConcurrentHashMap<Entry, Boolean>> ticks =
      new ConcurrentHashMap<>();
  private final LongSupplier wallMillis;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("wall-clock").factory());

  /// How far the wall clock was ahead of the monotonic one when it was last looked at.
  private long ahead;

  /// What a timer does when it is due; called on a thread of the scheduler, must not block.
  @FunctionalInterface
  public interface Firing {
    /// @param stored whether the timer has a row
    void fire(ExecutionKey key, TimerId timer, boolean stored);
  }

  private record Entry(ExecutionKey key, TimerId timer) {}

  public NearWheel(DatabaseClock clock, Firing firing) {
    this(clock, firing, System::currentTimeMillis);
  }

  /// @param wallMillis what Quartz takes for the time of day; a test's own
  NearWheel(DatabaseClock clock, Firing firing, LongSupplier wallMillis) {
    this.clock = clock;
    this.firing = firing;
    this.wallMillis = wallMillis;
    this.ahead = wallAhead();
    try {
      var factory = new StdSchedulerFactory();
      factory.initialize(settings());
      scheduler = factory.getScheduler();
      scheduler.getContext().put(WHEEL, this);
      JobDetail detail = JobBuilder.newJob(Tick.class).withIdentity(job).storeDurably().build();
      scheduler.addJob(detail, true);
      scheduler.start();
      var _ =
          watch.scheduleWithFixedDelay(
              this::watchWallClock, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    } catch (SchedulerException e) {
      throw new IllegalStateException("expected an in-memory scheduler, found none", e);
    }
  }

  private long wallAhead() {
    return wallMillis.getAsLong() - System.nanoTime() / 1_000_000;
  }

  /// Quartz has its triggers at moments of the wall clock. Where that was set back, it would wait
  /// as much longer: so all ticks get a trigger by the clock as it is now. Those they had find
  /// nothing to do.
  private void watchWallClock() {
    long now = wallAhead();
    if (Math.abs(now - ahead) < SET_MILLIS) {
      return;
    }
    LOG.warn("The wall clock was set by {} ms; timers are counted again", now - ahead);
    ahead = now;
    for (long tick : ticks.keySet()) {
      schedule(tick, clock.until(Instant.ofEpochMilli(tick * TICK_MILLIS)), 0);
    }
  }

  private static Properties settings() {
    var p = new Properties();
    p.setProperty("org.quartz.scheduler.instanceName", "near-" + INSTANCES.incrementAndGet());
    p.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    p.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    p.setProperty("org.quartz.threadPool.threadCount", "2");
    p.setProperty("org.quartz.threadPool.threadNamePrefix", "near-timer");
    p.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    p.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    p.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    return p;
  }

  /// Fires the timer at `due`, or as soon as possible after.
  public void arm(ExecutionKey key, TimerId timer, Instant due, boolean stored) {
    put(new Entry(key, timer), due, stored);
  }

  /// Forgets the timer; nothing happens where it is not known.
  public void disarm(ExecutionKey key, TimerId timer, Instant due) {
    var entry = new Entry(key, timer);
    ticks.computeIfPresent(
        tickOf(due),
        (_, entries) -> {
          entries.remove(entry);
          return entries;
        });
  }

  /// How many timers it holds. Counts them all.
  public int size() {
    int size = 0;
    for (var entries : ticks.values()) {
      size += entries.size();
    }
    return size;
  }

  private void put(Entry entry, Instant due, boolean stored) {
    long tick = tickOf(due);
    var fresh = new boolean[1];
    ticks.compute(
        tick,
        (_, entries) -> {
          var known = entries;
          if (known == null) {
            known = new ConcurrentHashMap<>();
            fresh[0] = true;
          }
          // Armed from state and from its row, it fires once, and takes the row with it.
          known.merge(entry, stored, Boolean::logicalOr);
          return known;
        });
    if (fresh[0]) {
      schedule(tick, clock.until(Instant.ofEpochMilli(tick * TICK_MILLIS)), 0);
    }
  }

  @SuppressWarnings("JavaUtilDate") // Quartz takes no other
  private void schedule(long tick, Duration delay, int again) {
    // Quartz counts on the wall clock from here on; only the distance is ours.
    long at = wallMillis.getAsLong() + Math.max(0, (delay.toNanos() + 999_999) / 1_000_000);
    try {
      scheduler.scheduleJob(
          TriggerBuilder.newTrigger()
              .withIdentity(tick + "." + again)
              .forJob(job)
              .usingJobData(TICK, tick)
              .startAt(new Date(at))
              .withSchedule(
                  SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
              .build());
    } catch (ObjectAlreadyExistsException _) {
      schedule(tick, delay, again + 1);
    } catch (SchedulerException e) {
      LOG.error("Timers of a tick wait for the next sweep: the scheduler refused it", e);
    }
  }

  private void fire(long tick) {
    var entries = ticks.get(tick);
    if (entries == null) {
      return;
    }
    Duration left = clock.until(Instant.ofEpochMilli(tick * TICK_MILLIS));
    if (left.isPositive()) {
      schedule(tick, left, 1);
      return;
    }
    ticks.remove(tick, entries);
    for (Map.Entry<Entry, Boolean> e : entries.entrySet()) {
      Entry entry = e.getKey();
      try {
        firing.fire(entry.key(), entry.timer(), e.getValue());
      } catch (RuntimeException failure) {
        LOG.error("A timer was not fired; its row or state will bring it back", failure);
      }
    }
  }

  /// The first tick that is not before `due`.
  private static long tickOf(Instant due) {
    long micros =
        Math.addExact(Math.multiplyExact(due.getEpochSecond(), 1_000_000L), due.getNano() / 1_000);
    if (due.getNano() % 1_000 != 0) {
      micros++;
    }
    return Math.ceilDiv(micros, TICK_MILLIS * 1_000);
  }

  @Override
  public void close() {
    watch.shutdownNow();
    try {
      scheduler.shutdown(false);
    } catch (SchedulerException e) {
      LOG.warn("The in-memory scheduler did not stop cleanly", e);
    }
  }

  /// What Quartz runs at each tick.
  public static final class Tick implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      try {
        var wheel =
            (NearWheel) Objects.requireNonNull(context.getScheduler().getContext().get(WHEEL));
        wheel.fire(context.getMergedJobDataMap().getLong(TICK));
      } catch (SchedulerException e) {
        throw new IllegalStateException("expected the wheel in its scheduler's context", e);
      }
    }
  }
}
