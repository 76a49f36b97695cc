package io.gradus.service.log;

import io.gradus.engine.TenantId;
import io.gradus.store.engine.LogBounds;
import io.gradus.store.engine.LogBounds.Bounds;
import io.gradus.store.engine.LogWriting;
import io.gradus.store.engine.LogWriting.Batch;
import io.gradus.store.engine.LogWriting.Drained;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what is committed into tenants' own logs, a moment later. Every node does, tenant after
/// tenant, so that one's flood waits behind itself; what one has in its hands the others pass over.
public final class LogIntake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogIntake.class);

  private static final Duration IDLE = Duration.ofMillis(300);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration BETWEEN_SHEDS = Duration.ofSeconds(10);

  /// A run is what one commit wrote: some events as a rule, megabytes at most.
  private static final int RUNS = 200;

  /// A log may be larger than its bound by this part of it, on each node, until it is looked at.
  private static final int TRIM_PARTS = 20;

  private final LogWriting writing;
  private final LogBatches batches;
  private final LogBounds bounds;
  private final Bounds bound;
  private final LogFigures figures;
  private final Clock clock;
  private final Map<TenantId, Integer> sinceTrim = new HashMap<>();
  private final Map<TenantId, Long> shedNanos = new HashMap<>();
  private final Thread writer;
  private volatile boolean closed;

  /// Begins to write.
  ///
  /// @param bound of each tenant's log
  public LogIntake(
      LogWriting writing,
      LogBatches batches,
      LogBounds bounds,
      Bounds bound,
      LogFigures figures,
      Clock clock) {
    this.writing = writing;
    this.batches = batches;
    this.bounds = bounds;
    this.bound = bound;
    this.figures = figures;
    this.clock = clock;
    this.writer = Thread.ofPlatform().daemon().name("logs").start(this::run);
  }

  private void run() {
    while (!closed) {
      Duration pause = IDLE;
      try {
        int taken = 0;
        for (TenantId tenant : writing.tenants()) {
          taken += drain(tenant);
        }
        if (taken > 0) {
          pause = Duration.ZERO;
        } else { // or others have all of it
          figures.behind(Duration.ZERO);
          sinceTrim.values().removeIf(count -> count == 0);
          shedNanos.clear();
        }
      } catch (RuntimeException e) {
        if (!closed) {
          LOG.warn("Logs wait for the database: {}", e.getMessage());
        }
        pause = AFTER_FAILURE;
      }
      try {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /// @return how many runs were taken
  private int drain(TenantId tenant) {
    Drained drained;
    try {
      drained = writing.drain(tenant, RUNS, runs -> batches.of(runs, figures));
    } catch (DatabaseFailure e) {
      if (e.kind() != DatabaseFailure.Kind.REFUSED) {
        throw e;
      }
      oneByOne(tenant, e);
      return 1;
    }
    figures.written(drained.events());
    Instant oldest = drained.oldest();
    if (oldest != null) {
      figures.behind(Duration.between(oldest, clock.instant()));
    }
    if (sinceTrim.merge(tenant, drained.events(), Integer::sum) > bound.events() / TRIM_PARTS) {
      bounds.trim(tenant, bound);
      sinceTrim.put(tenant, 0);
    }
    if (drained.runs() == RUNS) {
      shed(tenant);
    }
    return drained.runs();
  }

  /// More than the log would keep need not be read first.
  private void shed(TenantId tenant) {
    long now = System.nanoTime();
    Long last = shedNanos.get(tenant);
    if (last != null && now - last < BETWEEN_SHEDS.toNanos()) {
      return;
    }
    shedNanos.put(tenant, now);
    int gone = bounds.shed(tenant, bound.events());
    if (gone > 0) {
      figures.lost(gone);
      LOG.atWarn()
          .addKeyValue("tenant", tenant)
          .log("{} runs of events are not logged: there were more than a log keeps", gone);
    }
  }

  /// Something among them is not acceptable to the database: it alone is given up.
  private void oneByOne(TenantId tenant, DatabaseFailure why) {
    for (int i = 0; i < RUNS; i++) {
      try {
        Drained drained = writing.drain(tenant, 1, runs -> batches.of(runs, figures));
        figures.written(drained.events());
        if (drained.runs() == 0) {
          return;
        }
      } catch (DatabaseFailure e) {
        if (e.kind() != DatabaseFailure.Kind.REFUSED) {
          throw e;
        }
        Drained given = writing.drain(tenant, 1, _ -> Batch.NOTHING);
        figures.lost(given.runs());
        bounds.lost(tenant, given.runs(), "A run of events was not acceptable to the database");
        LOG.atError()
            .addKeyValue("tenant", tenant)
            .setCause(why)
            .log("ALARM: a run of events is not logged");
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    writer.interrupt();
    try {
      writer.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
