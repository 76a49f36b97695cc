package io.gradus.service.batch;

import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.execution.ExecutionService;
import io.gradus.store.BatchRow.Outcome;
import io.gradus.store.BatchRow.Taken;
import io.gradus.store.engine.BatchRows;
import io.gradus.store.engine.BatchRows.Begun;
import io.gradus.store.engine.BatchRows.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on batches, by the same use cases as any caller of the tenant and in the name of who
/// asked. Every node takes what is due; one that dies with a batch in its hands leaves it to the
/// others when its lease is over. What it had begun is begun again then: to stop or redrive an
/// execution twice is harmless, and an item's outcome is counted when it is written, once.
///
/// So that neither the engine nor other tenants suffer, a batch is worked on in turns, few calls at
/// a time and [#PACE] items a second at most; of a tenant one at a time.
public final class BatchRuns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRuns.class);

  /// How long the batch of a node that died waits for the others.
  private static final Duration LEASE = Duration.ofSeconds(30);

  /// How long the calls of a chunk may take: less than the lease.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration TURN = Duration.ofSeconds(1);
  private static final Duration UNAVAILABLE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 4;
  private static final int CALLS_AT_ONCE = 4;
  private static final int CHUNK = 20;

  /// Items of a turn, which takes a second at least.
  static final int PACE = 200;

  private static final int MOST_TRIES = 20;
  private static final int LONGEST_REASON = 1_000;

  private final BatchRows rows;
  private final ExecutionService executions;
  private final Askers askers;
  private final Duration lease;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread taker;
  private volatile boolean closed;

  /// Takes them from there once started.
  public BatchRuns(BatchRows rows, ExecutionService executions, Askers askers) {
    this(rows, executions, askers, LEASE);
  }

  /// @param lease how long a batch is held after the last word of it
  BatchRuns(BatchRows rows, ExecutionService executions, Askers askers, Duration lease) {
    this.rows = rows;
    this.executions = executions;
    this.askers = askers;
    this.lease = lease;
    this.taker = Thread.ofPlatform().daemon().name("batches").unstarted(this::run);
  }

  /// Batches are worked on from now on.
  public void start() {
    taker.start();
  }

  /// Something else may be due.
  public void poke() {
    LockSupport.unpark(taker);
  }

  private void run() {
    while (!closed) {
      try {
        free.acquire();
        Optional<Taken> taken = take();
        if (taken.isPresent()) {
          work.execute(() -> see(taken.get()));
        } else {
          free.release();
          LockSupport.parkNanos(IDLE.toNanos());
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private Optional<Taken> take() {
    try {
      return rows.take(lease);
    } catch (RuntimeException e) {
      LOG.warn("Batches wait for the database: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private void see(Taken taken) {
    try {
      turn(taken);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the node stops: the others go on when the lease is over
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("tenant", taken.tenant().value())
          .addKeyValue("batch", taken.id())
          .log("A batch is worked on again later: {}", e.toString());
    } finally {
      free.release();
      poke();
    }
  }

  private void turn(Taken taken) throws InterruptedException {
    long from = System.nanoTime();
    String source = BatchService.resource(taken.id().toString());
    Caller caller =
        askers.find(taken.tenant(), taken.account(), taken.createdBy(), source).orElse(null);
    if (caller == null || !caller.allows(Permission.RUN)) {
      rows.end(
          taken,
          Outcome.REFUSED,
          ErrorCode.ACCESS_DENIED.wireName(),
          taken.createdBy() + " asked for it, and may not any more");
      return;
    }
    for (int done = 0; done < PACE && !closed; ) {
      List<Begun> begun = rows.begin(taken, CHUNK);
      if (begun.isEmpty()) {
        // Nothing waits, or nothing is to be done any more: what still waits is cancelled then.
        rows.end(taken, Outcome.CANCELLED, null, null);
        return;
      }
      List<Told> told = work(caller, taken, begun);
      if (!rows.tell(taken, told, lease)) {
        return; // others have it
      }
      if (told.size() < begun.size()) {
        rows.again(taken, UNAVAILABLE);
        return;
      }
      done += told.size();
    }
    Duration rest = TURN.minusNanos(System.nanoTime() - from);
    rows.again(taken, rest.isNegative() ? Duration.ZERO : rest);
  }

  /// @return what came of those of which it could be learnt in time
  private List<Told> work(Caller caller, Taken taken, List<Begun> begun)
      throws InterruptedException {
    Semaphore calls = new Semaphore(CALLS_AT_ONCE);
    List<Future<@Nullable Told>> futures = new ArrayList<>();
    for (Begun item : begun) {
      futures.add(
          work.submit(
              () -> {
                calls.acquire();
                try {
                  return call(caller, taken, item);
                } finally {
                  calls.release();
                }
              }));
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Told> told = new ArrayList<>();
    for (int i = 0; i < begun.size(); i++) {
      Told outcome = outcome(futures.get(i), deadline - System.nanoTime());
      if (outcome != null) {
        told.add(outcome);
      } else if (begun.get(i).tries() >= MOST_TRIES) {
        told.add(
            refused(
                begun.get(i),
                ErrorCode.SERVICE_UNAVAILABLE.wireName(),
                "What came of it could not be learnt, " + MOST_TRIES + " times"));
      }
    }
    return told;
  }

  private static @Nullable Told outcome(Future<@Nullable Told> future, long nanos)
      throws InterruptedException {
    try {
      return future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      future.cancel(true);
      return null;
    } catch (ExecutionException e) {
      LOG.warn("An item of a batch is tried again: {}", String.valueOf(e.getCause()));
      return null;
    }
  }

  /// @return null where it is to be tried again
  private @Nullable Told call(Caller caller, Taken taken, Begun item) {
    try {
      return switch (taken.action()) {
        case STOP -> stop(caller, taken, item);
        case REDRIVE -> {
          // The same again is the same redrive.
          executions.redrive(caller, item.executionArn(), taken.id() + "-" + item.number());
          yield done(item);
        }
      };
    } catch (Refusal refusal) {
      boolean passing =
          refusal.code() == ErrorCode.SERVICE_UNAVAILABLE || refusal.code() == ErrorCode.THROTTLING;
      return passing ? null : refused(item, refusal.code().wireName(), refusal.message());
    }
  }

  private Told stop(Caller caller, Taken taken, Begun item) {
    ExecutionStatus before =
        executions
            .stopUnlessOver(caller, item.executionArn(), taken.error(), taken.cause())
            .orElse(null);
    // A node that died may have stopped it, and not lived to tell.
    boolean byUs = before == ExecutionStatus.ABORTED && item.tries() > 1;
    return before == null || byUs ? done(item) : refused(item, null, BatchSelection.over(before));
  }

  private static Told done(Begun item) {
    return new Told(item.number(), Outcome.DONE, null, null);
  }

  private static Told refused(Begun item, @Nullable String error, String reason) {
    return new Told(
        item.number(),
        Outcome.REFUSED,
        error,
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason);
  }

  @Override
  public void close() {
    closed = true;
    taker.interrupt();
    work.shutdownNow();
  }
}
