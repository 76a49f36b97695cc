package io.gradus.service.log;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.LogLevel;
import io.gradus.runtime.SyncResult;
import io.gradus.service.definition.LoggingConfiguration;
import io.gradus.service.execution.SyncLog;
import io.gradus.store.engine.LogWriting;
import io.gradus.store.engine.LogWriting.Batch;
import io.gradus.store.engine.LogWriting.Event;
import io.gradus.store.engine.LogWriting.Outgoing;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs executions that ran in memory and stand in no history. They wait in memory to be written,
/// so a node that dies takes the last moment's with it; and where too many wait, further ones are
/// not logged: nobody waits for a log.
public final class SyncLogs implements SyncLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncLogs.class);
  private static final int MAX_WAITING = 10_000;
  private static final long MAX_BYTES = 32L << 20;
  private static final int AT_ONCE = 200;
  private static final int BATCH_BYTES = 4 << 20;
  private static final int TRIES = 5;

  private final LogWriting writing;
  private final LogBatches batches;
  private final LogFigures figures;
  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicLong bytes = new AtomicLong();
  private final Thread writer;
  private volatile boolean closed;

  private record Waiting(Batch batch, int bytes) {}

  /// Begins to write.
  public SyncLogs(LogWriting writing, LogBatches batches, LogFigures figures) {
    this.writing = writing;
    this.batches = batches;
    this.figures = figures;
    this.writer = Thread.ofPlatform().daemon().name("sync-logs").start(this::run);
  }

  @Override
  public void ended(
      ExecutionKey key, String machine, LoggingConfiguration logging, SyncResult.Ended ended) {
    if (logging.level() == LogLevel.OFF) {
      return;
    }
    Batch batch = batches.of(key, machine, ended.executionArn(), logging, ended.facts());
    if (batch.events().isEmpty()) {
      return;
    }
    int size = batch.events().stream().mapToInt(Event::size).sum();
    if (bytes.addAndGet(size) > MAX_BYTES || !waiting.offer(new Waiting(batch, size))) {
      bytes.addAndGet(-size);
      figures.lost(batch.events().size());
    }
  }

  private void run() {
    while (!closed || !waiting.isEmpty()) {
      try {
        Waiting first = waiting.poll(1, TimeUnit.SECONDS);
        if (first != null) {
          write(first);
        }
      } catch (InterruptedException _) {
        if (closed && waiting.isEmpty()) {
          return;
        }
      }
    }
  }

  private void write(Waiting first) {
    List<Event> events = new ArrayList<>(first.batch().events());
    List<Outgoing> outgoing = new ArrayList<>(first.batch().outgoing());
    int size = first.bytes();
    for (int i = 1; i < AT_ONCE && size < BATCH_BYTES; i++) {
      Waiting next = waiting.poll();
      if (next == null) {
        break;
      }
      events.addAll(next.batch().events());
      outgoing.addAll(next.batch().outgoing());
      size += next.bytes();
    }
    try {
      write(new Batch(events, outgoing));
    } finally {
      bytes.addAndGet(-size);
    }
  }

  private void write(Batch batch) {
    for (int tries = 1; ; tries++) {
      try {
        writing.write(batch);
        figures.written(batch.events().size());
        return;
      } catch (DatabaseFailure e) {
        if (tries == TRIES || closed || e.kind() == DatabaseFailure.Kind.REFUSED) {
          figures.lost(batch.events().size());
          LOG.warn("{} events are not logged: {}", batch.events().size(), e.getMessage());
          return;
        }
      }
      try {
        TimeUnit.SECONDS.sleep(tries);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    writer.interrupt();
    try {
      writer.join(Duration.ofSeconds(3));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
