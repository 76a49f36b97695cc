package io.gradus.service.stored;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.store.AuditEntry.What;
import io.gradus.store.EngineAudit;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The audit log of what comes at the engine's rate: starts, stops and callbacks.
///
/// Each is told after its own commit and written soon after, with all that gathered meanwhile, so
/// that a tenant's chain of hashes never holds up its executions. A crash in that moment loses the
/// entries, not the executions, which say for themselves that they were started; an outcome that
/// could not be learnt may leave an entry twice.
public final class GatheredAudit implements AuditTrail, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatheredAudit.class);

  /// Beyond it, callers wait: an audit log that drops entries would be none.
  private static final int CAPACITY = 20_000;

  private static final int MAX_GROUP = 500;
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration IDLE = Duration.ofMillis(100);

  /// What comes within it goes into one transaction, which costs as much for one entry as for many.
  private static final Duration GATHER = Duration.ofMillis(10);

  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final EngineAudit store;
  private final Clock clock;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread writer;
  private volatile boolean closed;

  private record Entry(TenantId tenant, What what) {}

  /// Writes it there, on a thread of its own.
  public GatheredAudit(EngineAudit store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.writer = Thread.ofPlatform().daemon().name("audit").start(this::run);
  }

  @Override
  public void record(Caller caller, String action, String resource, Change change) {
    What what =
        new What(
            clock.instant(), caller.principal(), action, resource, caller.source(), change.bytes());
    try {
      waiting.put(new Entry(caller.tenant(), what));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.atError()
          .addKeyValue("tenant", caller.tenant().value())
          .addKeyValue("action", action)
          .log("An audit entry was lost, because the server was told to stop at once");
    }
  }

  /// Entries that wait to be written.
  public int waiting() {
    return waiting.size();
  }

  private void run() {
    List<Entry> group = new ArrayList<>();
    while (!closed || !waiting.isEmpty()) {
      try {
        Entry first = waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        group.add(first);
        if (!closed) {
          Thread.sleep(GATHER);
        }
        waiting.drainTo(group, MAX_GROUP - 1);
        write(group);
        group.clear();
      } catch (InterruptedException e) {
        LOG.error(
            "{} audit entries were lost with the server's end", group.size() + waiting.size());
        return;
      }
    }
  }

  private void write(List<Entry> group) throws InterruptedException {
    Map<TenantId, List<What>> entries = new HashMap<>();
    group.forEach(e -> entries.computeIfAbsent(e.tenant(), _ -> new ArrayList<>()).add(e.what()));
    while (true) {
      try {
        store.append(entries);
        return;
      } catch (DatabaseFailure e) {
        if (e.kind() == DatabaseFailure.Kind.REFUSED) {
          LOG.error("{} audit entries can never be written", group.size(), e);
          return;
        }
        LOG.warn("{} audit entries wait for the database: {}", group.size(), e.getMessage());
        Thread.sleep(PAUSE);
      }
    }
  }

  /// Writes what is left, for five seconds at most.
  @Override
  public void close() {
    closed = true;
    try {
      if (!writer.join(LAST_WORDS)) {
        writer.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      writer.interrupt();
    }
  }
}
