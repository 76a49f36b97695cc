package io.gradus.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/// Polls an activity for tasks, has them handled, and tells how they ended, until it is closed.
///
/// ```java
/// try (var worker = ActivityWorker.of(client, activityArn, input -> resize(input))
///     .concurrency(4).heartbeat(Duration.ofSeconds(20)).start()) {
///   shutdown.await();
/// }
/// ```
///
/// The client must wait for an answer for longer than a poll takes, which is a minute: give its
/// HTTP client a socket timeout of 70 seconds.
public final class ActivityWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ActivityWorker.class);
  private static final int MAX_ERROR = 256;
  private static final int MAX_CAUSE = 32_768;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final SfnClient client;
  private final String activityArn;
  private final ActivityHandler handler;
  private final String name;
  private final @Nullable Duration heartbeat;
  private final ScheduledExecutorService hearts =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("activity-heartbeats").factory());
  private final List<Thread> pollers = new ArrayList<>();
  private final Set<Thread> handling = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// How a worker is to be.
  public static final class Builder {
    private final SfnClient client;
    private final String activityArn;
    private final ActivityHandler handler;
    private String name = "worker-" + ProcessHandle.current().pid();
    private int concurrency = 1;
    private @Nullable Duration heartbeat;

    private Builder(SfnClient client, String activityArn, ActivityHandler handler) {
      this.client = client;
      this.activityArn = activityArn;
      this.handler = handler;
    }

    /// What histories call the worker, at most 80 characters.
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /// How many tasks are done at a time; 1 unless said otherwise.
    ///
    /// @throws IllegalArgumentException if it is less than 1
    public Builder concurrency(int concurrency) {
      if (concurrency < 1) {
        throw new IllegalArgumentException("expected at least 1, found " + concurrency);
      }
      this.concurrency = concurrency;
      return this;
    }

    /// How often a task under way is said to be alive: a third of the state's `HeartbeatSeconds` is
    /// a good choice. None unless said otherwise.
    public Builder heartbeat(Duration heartbeat) {
      this.heartbeat = heartbeat;
      return this;
    }

    /// Begins to poll.
    public ActivityWorker start() {
      ActivityWorker worker = new ActivityWorker(this);
      for (int i = 0; i < concurrency; i++) {
        worker.pollers.add(
            Thread.ofPlatform().name("activity-worker-" + i).unstarted(worker::poll));
      }
      worker.pollers.forEach(Thread::start);
      return worker;
    }
  }

  private ActivityWorker(Builder builder) {
    this.client = builder.client;
    this.activityArn = builder.activityArn;
    this.handler = builder.handler;
    this.name = builder.name;
    this.heartbeat = builder.heartbeat;
  }

  /// A worker of this activity.
  ///
  /// @param client closed by its owner, after the worker
  public static Builder of(SfnClient client, String activityArn, ActivityHandler handler) {
    return new Builder(client, activityArn, handler);
  }

  private void poll() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      try {
        GetActivityTaskResponse task =
            client.getActivityTask(r -> r.activityArn(activityArn).workerName(name));
        pause = FIRST_PAUSE;
        if (task.taskToken() != null && !task.taskToken().isEmpty()) {
          perform(task.taskToken(), task.input());
        }
      } catch (SdkException e) {
        if (!closed) {
          LOG.warn("No task could be asked for; it is tried again: {}", e.getMessage());
          pause = rest(pause);
        }
      }
    }
  }

  private void perform(String token, String input) {
    handling.add(Thread.currentThread());
    // Closed while the poll was answered: whoever was given the task does it.
    boolean _ = Thread.interrupted();
    try {
      end(token, input);
    } finally {
      handling.remove(Thread.currentThread());
    }
  }

  private void end(String token, String input) {
    ScheduledFuture<?> beating = beat(token, Thread.currentThread());
    @Nullable String result = null;
    @Nullable ActivityFailure failure = null;
    try {
      result = handler.handle(input);
    } catch (ActivityFailure e) {
      failure = e;
    } catch (InterruptedException _) {
      return; // The task is over, or will be given to another worker when it times out.
    } catch (Exception e) {
      LOG.warn("A task failed", e);
      failure = new ActivityFailure(e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
    } finally {
      if (beating != null) {
        beating.cancel(false);
      }
      // What the heartbeat said to the handler is not for the next task.
      boolean _ = Thread.interrupted();
    }
    if (failure == null) {
      String output = result == null ? "null" : result;
      tell(() -> client.sendTaskSuccess(r -> r.taskToken(token).output(output)));
    } else {
      String error = bounded(failure.error(), MAX_ERROR);
      String cause = bounded(String.valueOf(failure.getMessage()), MAX_CAUSE);
      tell(() -> client.sendTaskFailure(r -> r.taskToken(token).error(error).cause(cause)));
    }
  }

  private @Nullable ScheduledFuture<?> beat(String token, Thread handler) {
    Duration every = heartbeat;
    if (every == null) {
      return null;
    }
    return hearts.scheduleWithFixedDelay(
        () -> {
          try {
            client.sendTaskHeartbeat(r -> r.taskToken(token));
          } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            LOG.info("A task is over before it was done: {}", e.getMessage());
            handler.interrupt();
          } catch (SdkException e) {
            LOG.warn("A heartbeat was not heard: {}", e.getMessage());
          }
        },
        every.toMillis(),
        every.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /// Tells until it was heard: work that was done must not be lost to a moment without network.
  private void tell(Runnable call) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        call.run();
        return;
      } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
        LOG.info("A task was over before its result came: {}", e.getMessage());
        return;
      } catch (SdkException e) {
        if (closed || !isPassing(e)) {
          LOG.error("A result was not taken", e);
          return;
        }
        LOG.warn("A result was not heard; it is told again: {}", e.getMessage());
        pause = rest(pause);
      }
    }
  }

  private static boolean isPassing(SdkException e) {
    return !(e instanceof AwsServiceException service)
        || service.isThrottlingException()
        || service.statusCode() >= SERVER_ERROR
        || service.statusCode() == TOO_MANY_REQUESTS;
  }

  /// @return the next pause
  private Duration rest(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException _) {
      // Closed: the loop sees it.
    }
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private static String bounded(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }

  /// Polls no more, and waits 20 seconds for tasks under way; then their handlers are interrupted.
  @Override
  public void close() {
    closed = true;
    pollers.stream().filter(poller -> !handling.contains(poller)).forEach(Thread::interrupt);
    long until = System.nanoTime() + GRACE.toNanos();
    try {
      for (Thread poller : pollers) {
        long left = until - System.nanoTime();
        if (!poller.join(Duration.ofNanos(Math.max(1, left)))) {
          poller.interrupt();
        }
      }
    } catch (InterruptedException _) {
      pollers.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
    hearts.shutdownNow();
  }
}
