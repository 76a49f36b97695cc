package io.gradus.service.job;

import io.gradus.engine.Payload;
import io.gradus.integrations.aws.job.JobBook.Job;
import io.gradus.integrations.aws.job.JobDesk;
import io.gradus.integrations.aws.job.JobDesk.Look;
import io.gradus.runtime.CompletionResult;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.runtime.TaskReport;
import io.gradus.store.engine.JobRows;
import io.gradus.store.engine.JobRows.Due;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at jobs from time to time and tells their tasks how they ended. Every node takes what is
/// due; one that dies with a job in its hands leaves it to the others when its lease is over. A job
/// costs a row and nothing else between two looks.
public final class JobWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);

  /// How long the jobs of a node that died wait for the others; one that lives renews it.
  private static final Duration LEASE = Duration.ofSeconds(10);

  private static final Duration RENEWAL = Duration.ofSeconds(3);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int AT_ONCE = 100;

  private final JobRows rows;
  private final JobDesk desk;
  private final Supplier<ExecutionGateway> gateway;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<JobRows.Job> atHand = ConcurrentHashMap.newKeySet();
  private final Thread taker;
  private final Thread keeper;
  private volatile boolean closed;

  /// @param gateway asked for when the first job has ended
  public JobWatch(JobRows rows, JobDesk desk, Supplier<ExecutionGateway> gateway) {
    this.rows = rows;
    this.desk = desk;
    this.gateway = gateway;
    this.taker = Thread.ofPlatform().daemon().name("jobs").start(this::run);
    this.keeper = Thread.ofVirtual().name("jobs-kept").start(this::keep);
  }

  /// How long after a look the next one comes: a job of minutes is looked at every few seconds, one
  /// of days twice a minute.
  ///
  /// @param looks so far
  static Duration untilLook(int looks) {
    return Duration.ofSeconds(Math.clamp(looks, 1, LONGEST_PAUSE.toSeconds()));
  }

  private void run() {
    while (!closed) {
      try {
        free.acquire();
        int room = free.drainPermits() + 1;
        List<Due> due = take(room);
        free.release(room - due.size());
        due.forEach(job -> looks.execute(() -> see(job)));
        if (due.size() < room) {
          TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private List<Due> take(int room) {
    try {
      return rows.take(room, LEASE);
    } catch (RuntimeException e) {
      LOG.warn("Jobs wait for the database: {}", e.getMessage());
      return List.of();
    }
  }

  private void keep() {
    while (!closed) {
      try {
        TimeUnit.NANOSECONDS.sleep(RENEWAL.toNanos());
        List<JobRows.Job> jobs = List.copyOf(atHand);
        if (!jobs.isEmpty()) {
          rows.keep(jobs, LEASE);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("Others may look at this node's jobs as well: {}", e.getMessage());
      }
    }
  }

  private void see(Due due) {
    atHand.add(due.job());
    try {
      Job job = StoredJobs.job(due.job());
      boolean over = due.wanted() ? look(job) : desk.stop(job);
      atHand.remove(due.job());
      if (over) {
        rows.delete(job.execution(), job.task());
      } else {
        rows.again(due.job(), untilLook(due.looks()));
      }
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("executionArn", due.job().executionArn())
          .log("A job is looked at again later: {}", e.toString());
    } finally {
      atHand.remove(due.job());
      free.release();
    }
  }

  /// @return whether nothing is left to do
  private boolean look(Job job) {
    return switch (desk.look(job)) {
      case Look.Unended _ -> false;
      case Look.Succeeded ended -> tell(job, new TaskReport.Success(Payload.of(ended.output())));
      case Look.Failed ended -> tell(job, new TaskReport.Failure(ended.error(), ended.cause()));
    };
  }

  /// A task that is over already needs to be told nothing.
  private boolean tell(Job job, TaskReport report) {
    CompletionResult _ =
        gateway
            .get()
            .reportTask(job.execution(), job.task(), report)
            .toCompletableFuture()
            .orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS)
            .join();
    return true;
  }

  @Override
  public void close() {
    closed = true;
    taker.interrupt();
    keeper.interrupt();
    looks.shutdownNow();
  }
}
