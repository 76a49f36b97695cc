package io.gradus.service.trigger;

import io.gradus.integrations.aws.AwsQueues;
import io.gradus.integrations.aws.AwsQueues.Message;
import io.gradus.integrations.aws.AwsUnreachable;
import io.gradus.service.trigger.TriggerStarts.Outcome;
import io.gradus.store.engine.TriggerRows;
import io.gradus.store.engine.TriggerRows.Fired;
import io.gradus.store.engine.TriggerRows.Kind;
import io.gradus.store.engine.TriggerRows.Taken;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks into queues: one node at a time into each, under a lease, for as long as AWS lets a poll
/// wait. Each message starts an execution that is named after it, and is deleted when that start is
/// durable: one that comes again finds its execution there.
public final class QueuePolls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueuePolls.class);

  /// How long a queue of a node that died is left alone. Who is at it says so again and again.
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration SAY = Duration.ofSeconds(12);

  /// How long a node goes on with a queue that has messages, before it lets others at it.
  private static final Duration TURN = Duration.ofSeconds(20);

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration QUICKEST = Duration.ofMillis(500);

  /// How long a start may take.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final int AT_ONCE = 200;
  private static final String SOURCE = "sqs";

  private final TriggerRows rows;
  private final TriggerStarts starts;
  private final TriggerEvents events;
  private final AwsQueues queues;
  private final Clock clock;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ExecutorService polls = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread taker;
  private volatile boolean closed;

  /// @param region stands in every event
  public QueuePolls(
      TriggerRows rows, TriggerStarts starts, AwsQueues queues, String region, Clock clock) {
    this.rows = rows;
    this.starts = starts;
    this.queues = queues;
    this.events = new TriggerEvents(region);
    this.clock = clock;
    this.taker = Thread.ofPlatform().daemon().name("queues").unstarted(this::run);
  }

  /// Queues are looked into from now on.
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
        int room = free.drainPermits() + 1;
        List<Taken> taken = take(room);
        free.release(room - taken.size());
        taken.forEach(queue -> polls.execute(() -> see(queue)));
        if (taken.size() < room) {
          LockSupport.parkNanos(IDLE.toNanos());
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private List<Taken> take(int room) {
    try {
      return rows.take(Kind.QUEUE, room, LEASE);
    } catch (RuntimeException e) {
      LOG.warn("Queues wait for the database: {}", e.getMessage());
      return List.of();
    }
  }

  private void see(Taken taken) {
    long from = System.nanoTime();
    CountDownLatch over = new CountDownLatch(1);
    Thread holder = Thread.ofVirtual().name("queue-lease").start(() -> hold(taken, over));
    try {
      Polled polled;
      do {
        polled = poll(taken, Objects.requireNonNull(taken.queue()));
      } while (polled.started() > 0 && since(from).compareTo(TURN) < 0 && !closed);
      // After it, nothing moves the moment at which the queue is due.
      over.countDown();
      holder.join();
      if (polled.problem().isEmpty()) {
        rows.again(taken, restOf(from), null);
      } else {
        rows.again(taken, ScheduleFiring.pause(taken.tries()), polled.problem());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("tenant", taken.tenant().value())
          .addKeyValue("trigger", taken.name())
          .log("A queue is looked into again later: {}", e.toString());
    } finally {
      over.countDown();
      free.release();
      poke();
    }
  }

  private void hold(Taken taken, CountDownLatch over) {
    try {
      while (!over.await(SAY.toSeconds(), TimeUnit.SECONDS)) {
        rows.hold(taken, LEASE);
      }
    } catch (InterruptedException _) {
      // The node stops.
    } catch (RuntimeException e) {
      LOG.warn("A queue's lease is not prolonged: {}", e.toString());
    }
  }

  /// A queue that knows no long polls is not asked all the time.
  private static Duration restOf(long from) {
    Duration rest = QUICKEST.minus(since(from));
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  private static Duration since(long from) {
    return Duration.ofNanos(System.nanoTime() - from);
  }

  /// What came of a poll.
  ///
  /// @param started how many messages started their execution
  /// @param problem why it did not work, nothing where it did
  private record Polled(int started, String problem) {}

  private Polled poll(Taken taken, TriggerRows.Queue queue) {
    try {
      List<Message> messages = queues.receive(taken.tenant(), queue.url(), queue.batchSize(), WAIT);
      if (messages.isEmpty()) {
        return new Polled(0, "");
      }
      // Who changed or paused the trigger while the poll waited is heard.
      Optional<Taken> current = rows.current(taken, queue);
      if (current.isEmpty()) {
        giveBack(taken, queue, messages);
        return new Polled(0, "");
      }
      List<Future<String>> problems = new ArrayList<>();
      for (Message message : messages) {
        problems.add(polls.submit(() -> start(current.get(), queue, message)));
      }
      List<Message> done = new ArrayList<>();
      String problem = "";
      for (int i = 0; i < messages.size(); i++) {
        String why = outcome(problems.get(i));
        if (why.isEmpty()) {
          done.add(messages.get(i));
        } else {
          problem = why;
        }
      }
      queues.delete(taken.tenant(), queue.url(), done);
      // What one message does wrong holds up no other.
      return new Polled(done.size(), done.isEmpty() ? problem : "");
    } catch (AwsUnreachable unreachable) {
      return new Polled(0, unreachable.problem());
    }
  }

  private void giveBack(Taken taken, TriggerRows.Queue queue, List<Message> messages) {
    try {
      queues.giveBack(taken.tenant(), queue.url(), messages);
    } catch (AwsUnreachable _) {
      // They come again by themselves, a little later.
    }
  }

  private static String outcome(Future<String> start) {
    try {
      return start.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "The node stops";
    } catch (ExecutionException | TimeoutException e) {
      return "The start of an execution could not be learnt of";
    }
  }

  /// @return why nothing was started; nothing where something was
  private String start(Taken taken, TriggerRows.Queue queue, Message message) {
    var event = events.received(taken.account(), clock.instant(), queue.url(), message.json());
    String id = event.path("id").asString("");
    return switch (starts.start(
        TriggerFigures.Kind.QUEUE, ScheduleFiring.firing(taken, SOURCE), event, id)) {
      case Outcome.Started started -> {
        tell(taken, new Fired(id, started.executionArn(), null, null));
        yield "";
      }
      case Outcome.Refused refused -> {
        if (!refused.passing()) {
          tell(taken, new Fired(id, null, refused.error(), refused.cause()));
        }
        yield refused.error() + ": " + refused.cause();
      }
    };
  }

  private void tell(Taken taken, Fired fired) {
    rows.fired(taken.tenant(), taken.id(), fired);
  }

  @Override
  public void close() {
    closed = true;
    taker.interrupt();
    polls.shutdownNow();
  }
}
