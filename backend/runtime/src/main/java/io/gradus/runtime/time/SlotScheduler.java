package io.gradus.runtime.time;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An alarm clock that all nodes share; far timers have one, and schedules another. It is a
/// clustered JDBC Quartz scheduler with one trigger per second in which anything is due. It fires
/// one second early, on one node, so that the rows can be claimed and fired to the millisecond: for
/// timers, by the [NearWheel].
///
/// Slots are scheduled by a thread of its own after the commit that made the row; a slot lost in
/// between is found by the sweep.
public final class SlotScheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlotScheduler.class);
  private static final String CONSUMER = "consumer";
  private static final String SLOT = "slot";
  private static final JobKey JOB = JobKey.jobKey("slot");

  /// Slots waiting to be scheduled beyond this are left to the sweep.
  private static final int MAX_WAITING = 100_000;

  /// Slots remembered as scheduled, so that a second is asked for once.
  private static final int MAX_KNOWN = 100_000;

  /// The far timers'.
  public static final String TIMERS = "gradus";

  private final DatabaseClock clock;
  private final Scheduler scheduler;
  private final ConcurrentSkipListSet<Long> waiting = new ConcurrentSkipListSet<>();
  private final ConcurrentSkipListSet<Long> known = new ConcurrentSkipListSet<>();
  private final Thread thread;
  private volatile boolean stopped;

  /// @param name the same for all nodes that share its slots
  /// @param database connections that commit by themselves; the tables are in schema `quartz`
  /// @param instance unique among the running nodes
  /// @param slotDue told the second (since 1970, database time) whose timers are soon due
  public SlotScheduler(
      String name,
      DatabaseClock clock,
      DataSource database,
      String instance,
      LongConsumer slotDue) {
    this.clock = clock;
    String source = "slots-" + name + "-" + instance;
    DBConnectionManager.getInstance().addConnectionProvider(source, new Connections(database));
    try {
      var factory = new StdSchedulerFactory();
      factory.initialize(settings(name, source, instance));
      synchronized (SchedulerRepository.getInstance()) {
        scheduler = factory.getScheduler();
        // Quartz would give the scheduler of this name to a second node of the same process.
        SchedulerRepository.getInstance().remove(name);
      }
      scheduler.getContext().put(CONSUMER, slotDue);
      scheduler.addJob(
          JobBuilder.newJob(SlotDue.class)
              .withIdentity(JOB)
              .storeDurably()
              .requestRecovery()
              .build(),
          true);
    } catch (SchedulerException e) {
      throw new IllegalStateException("expected Quartz's tables in schema 'quartz'", e);
    }
    thread = Thread.ofPlatform().daemon().name(source).unstarted(this::scheduleWaiting);
  }

  /// Slots fire from now on, those first that fell due while no node was there.
  public void start() {
    thread.start();
    try {
      scheduler.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("expected Quartz's tables in schema 'quartz'", e);
    }
  }

  private static Properties settings(String name, String source, String instance) {
    var p = new Properties();
    String store = "org.quartz.jobStore.";
    p.setProperty("org.quartz.scheduler.instanceName", name);
    p.setProperty("org.quartz.scheduler.instanceId", instance);
    p.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    p.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    p.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "20");
    // Another node's new trigger is seen only this often; a slot is at least this far away.
    p.setProperty("org.quartz.scheduler.idleWaitTime", "5000");
    p.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    p.setProperty("org.quartz.threadPool.threadCount", "2");
    p.setProperty("org.quartz.threadPool.threadNamePrefix", "slot-timer-" + name);
    p.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    p.setProperty(store + "class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    p.setProperty(store + "driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    p.setProperty(store + "tablePrefix", "quartz.qrtz_");
    p.setProperty(store + "dataSource", source);
    p.setProperty(store + "isClustered", "true");
    p.setProperty(store + "clusterCheckinInterval", "5000");
    p.setProperty(store + "acquireTriggersWithinLock", "true");
    p.setProperty(store + "useProperties", "true");
    p.setProperty(store + "misfireThreshold", "60000");
    return p;
  }

  /// A timer with a row is due then: its slot will be woken.
  public void want(Instant due) {
    long second = due.getEpochSecond();
    if (!known.contains(second) && waiting.size() < MAX_WAITING && waiting.add(second)) {
      LockSupport.unpark(thread);
    }
  }

  private void scheduleWaiting() {
    while (!stopped) {
      Long second = waiting.pollFirst();
      if (second == null) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      } else if (!schedule(second)) {
        waiting.add(second);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
    }
  }

  @SuppressWarnings("JavaUtilDate") // Quartz takes no other
  private boolean schedule(long second) {
    long inMillis = clock.until(Instant.ofEpochSecond(second - 1)).toMillis();
    try {
      scheduler.scheduleJob(
          TriggerBuilder.newTrigger()
              .withIdentity("slot-" + second)
              .forJob(JOB)
              .usingJobData(SLOT, Long.toString(second))
              .startAt(new Date(System.currentTimeMillis() + Math.max(0, inMillis)))
              .withSchedule(
                  SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
              .build());
    } catch (ObjectAlreadyExistsException _) {
      // Another commit or node wanted the same second.
    } catch (SchedulerException e) {
      if (!stopped) {
        LOG.warn("A slot is scheduled again in a second; the sweep covers it until then", e);
      }
      return stopped;
    }
    known.add(second);
    if (known.size() > MAX_KNOWN) {
      known.pollFirst();
    }
    return true;
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      scheduler.shutdown(true);
    } catch (SchedulerException e) {
      LOG.warn("The slot scheduler did not stop cleanly", e);
    }
  }

  /// What Quartz runs for each slot.
  public static final class SlotDue implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      try {
        var consumer =
            (LongConsumer)
                Objects.requireNonNull(context.getScheduler().getContext().get(CONSUMER));
        consumer.accept(Long.parseLong(context.getMergedJobDataMap().getString(SLOT)));
      } catch (SchedulerException e) {
        throw new IllegalStateException("expected the consumer in the scheduler's context", e);
      }
    }
  }

  private record Connections(DataSource database) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
      return database.getConnection();
    }

    @Override
    public void shutdown() {}

    @Override
    public void initialize() {}
  }
}
