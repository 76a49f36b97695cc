package io.gradus.service.log;

import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.LogGroups;
import io.gradus.integrations.aws.LogGroups.Answer;
import io.gradus.store.engine.LogOutgoing;
import io.gradus.store.engine.LogOutgoing.Due;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends logs to CloudWatch Logs. Every node takes what is due, a tenant at a time; one that dies
/// with something in its hands leaves it to the others when its lease is over. What was sent and
/// not forgotten before that is sent twice.
public final class LogSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogSender.class);

  /// How long what is taken may take, before others send it too.
  private static final Duration LEASE = Duration.ofSeconds(45);

  /// No further call is begun after this: one takes 30 seconds at most.
  private static final Duration ENOUGH = Duration.ofSeconds(10);

  private static final Duration IDLE = Duration.ofMillis(300);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int MAX_DOUBLINGS = 9;
  private static final int MAX_FAILURE = 500;
  private static final int RUNS = 500;
  private static final int TENANTS_AT_ONCE = 16;

  private final LogOutgoing outgoing;
  private final LogGroups groups;
  private final LogStreams streams;
  private final LogFigures figures;
  private final Semaphore free = new Semaphore(TENANTS_AT_ONCE);
  private final Set<TenantId> busy = ConcurrentHashMap.newKeySet();
  private final ExecutorService sends = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread taker;
  private volatile boolean closed;

  /// Begins to send.
  public LogSender(LogOutgoing outgoing, LogGroups groups, LogFigures figures, Clock clock) {
    this.outgoing = outgoing;
    this.groups = groups;
    this.streams = new LogStreams(clock);
    this.figures = figures;
    this.taker = Thread.ofPlatform().daemon().name("log-sender").start(this::run);
  }

  private void run() {
    while (!closed) {
      Duration pause = IDLE;
      try {
        for (TenantId tenant : outgoing.tenants()) {
          if (!busy.contains(tenant)) {
            free.acquire();
            busy.add(tenant);
            sends.execute(() -> send(tenant));
          }
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        if (!closed) {
          LOG.warn("Logs to be sent wait for the database: {}", e.getMessage());
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

  private void send(TenantId tenant) {
    try {
      int taken;
      do {
        taken = sendSome(tenant);
      } while (taken == RUNS && !closed);
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.atWarn()
            .addKeyValue("tenant", tenant)
            .log("Logs are sent again later: {}", e.toString());
      }
    } finally {
      busy.remove(tenant);
      free.release();
    }
  }

  /// @return how many runs were sent, of those that were taken
  private int sendSome(TenantId tenant) {
    List<Due> taken = outgoing.take(tenant, RUNS, LEASE);
    long until = System.nanoTime() + ENOUGH.toNanos();
    int at = 0;
    while (at < taken.size()) {
      List<Due> rest = taken.subList(at, taken.size());
      if (closed || System.nanoTime() > until) {
        outgoing.again(rest, Duration.ZERO, null);
        break;
      }
      List<Due> slice = LogSlices.first(rest);
      String failure = sent(tenant, slice);
      if (failure != null) {
        failed(rest, failure);
        break;
      }
      at += slice.size();
    }
    return at;
  }

  private void failed(List<Due> runs, String failure) {
    if (closed) { // it was given up, and is another node's now
      outgoing.again(runs, Duration.ZERO, null);
      return;
    }
    figures.failed();
    Due first = runs.getFirst();
    outgoing.again(
        runs,
        pause(first.tries()),
        failure.length() > MAX_FAILURE ? failure.substring(0, MAX_FAILURE) : failure);
    LOG.atWarn()
        .addKeyValue("tenant", first.execution().tenant())
        .addKeyValue("logGroup", first.logGroup())
        .log("Logs wait to be sent: {}", failure);
  }

  /// Until the next try.
  ///
  /// @param tries so far
  static Duration pause(int tries) {
    Duration pause = Duration.ofSeconds(1L << Math.clamp(tries - 1, 0, MAX_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  /// @return what failed; null where nothing did
  private @Nullable String sent(TenantId tenant, List<Due> slice) {
    Due first = slice.getFirst();
    String group = LogGroupName.of(first.logGroup());
    if (group == null) {
      return "The destination names no log group: " + first.logGroup();
    }
    List<LogGroups.Event> events =
        outgoing.events(slice).stream()
            .map(event -> new LogGroups.Event(event.at(), event.message()))
            .toList();
    int told = slice.stream().mapToInt(Due::events).sum();
    // Some may have left the own log before they could be sent.
    int lost = Math.max(0, told - events.size());
    for (List<LogGroups.Event> call : LogSlices.calls(events)) {
      switch (put(tenant, group, first, call)) {
        case Answer.Done done -> {
          figures.sent(call.size() - done.lost());
          lost += done.lost();
        }
        case Answer.Missing missing -> {
          return missing.why();
        }
        case Answer.Denied denied -> {
          return denied.why();
        }
        case Answer.Failed failed -> {
          return failed.why();
        }
      }
    }
    figures.lost(lost);
    outgoing.sent(slice, Math.max(0, told - lost), lost);
    return null;
  }

  private Answer put(TenantId tenant, String group, Due first, List<LogGroups.Event> events) {
    LogStreams.Key key = new LogStreams.Key(tenant, group, first.stateMachine());
    LogStreams.Stream stream = streams.current(key);
    Answer answer = make(tenant, group, stream);
    if (answer instanceof Answer.Done) {
      answer = groups.put(tenant, group, stream.name(), events);
    }
    if (answer instanceof Answer.Missing) {
      // Somebody deleted the stream, or the group with it.
      streams.forget(key);
      stream = streams.current(key);
      answer = make(tenant, group, stream);
      if (answer instanceof Answer.Done) {
        answer = groups.put(tenant, group, stream.name(), events);
      }
    }
    return answer;
  }

  private Answer make(TenantId tenant, String group, LogStreams.Stream stream) {
    if (stream.isMade()) {
      return new Answer.Done(0);
    }
    Answer answer = groups.createStream(tenant, group, stream.name());
    if (answer instanceof Answer.Done) {
      stream.made();
    }
    return answer;
  }

  @Override
  public void close() {
    closed = true;
    taker.interrupt();
    sends.shutdownNow();
    try {
      if (!sends.awaitTermination(2, TimeUnit.SECONDS)) {
        LOG.info("What is being sent comes again when its lease is over");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
