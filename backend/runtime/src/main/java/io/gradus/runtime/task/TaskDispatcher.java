package io.gradus.runtime.task;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.store.jdbc.DatabaseFailure;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls what tasks name: the connector that handles the resource, on a virtual thread. Tenants
/// take turns, and none has more calls in flight than its share.
public final class TaskDispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskDispatcher.class);

  /// How long a call at least waits that could not be made for want of the database, in ms.
  private static final long AGAIN_MS = 200;

  private final List<Connector> connectors;
  private final Bounds bounds;
  private final BooleanSupplier mayCall;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private final Object lock = new Object();
  private final Map<TenantId, Lane> lanes = new HashMap<>();
  private final ArrayDeque<Lane> turns = new ArrayDeque<>();
  private final Set<TaskCall> postponed = Collections.newSetFromMap(new IdentityHashMap<>());
  private int inFlight;

  /// How many calls may be in flight.
  ///
  /// @param perTenant of one tenant
  /// @param total of all
  public record Bounds(int perTenant, int total) {
    public static final Bounds DEFAULT = new Bounds(2_000, 10_000);
  }

  private static final class Lane {
    final ArrayDeque<TaskCall> waiting = new ArrayDeque<>();
    int inFlight;
    boolean inTurns;
  }

  /// @param mayCall whether this node still holds its lease; asked before each call
  public TaskDispatcher(List<Connector> connectors, Bounds bounds, BooleanSupplier mayCall) {
    this.connectors = List.copyOf(connectors);
    this.bounds = bounds;
    this.mayCall = mayCall;
  }

  /// Makes the call now or when its turn comes. While the lease is out, calls wait for [#resume] or
  /// [#forget].
  public void dispatch(TaskCall call) {
    queue(call);
    resume();
  }

  /// Leaves the call for the next [#resume].
  public void queue(TaskCall call) {
    TenantId tenant = call.invocation().execution().tenant();
    synchronized (lock) {
      Lane lane = lanes.computeIfAbsent(tenant, _ -> new Lane());
      lane.waiting.addLast(call);
      enterTurns(lane);
    }
  }

  /// Starts what may be started.
  public void resume() {
    for (TaskCall call = next(); call != null; call = next()) {
      start(call);
    }
  }

  /// Forgets calls that have not begun.
  public void forget(Predicate<ExecutionKey> whose) {
    synchronized (lock) {
      lanes
          .values()
          .forEach(
              lane -> lane.waiting.removeIf(call -> whose.test(call.invocation().execution())));
      postponed.removeIf(call -> whose.test(call.invocation().execution()));
    }
  }

  /// Calls that wait for their turn, or for the database.
  public int waiting() {
    synchronized (lock) {
      return postponed.size() + lanes.values().stream().mapToInt(lane -> lane.waiting.size()).sum();
    }
  }

  public int inFlight() {
    synchronized (lock) {
      return inFlight;
    }
  }

  /// Ends the work of a task that is over, best effort.
  public void cancel(TaskInvocation invocation) {
    connector(invocation.resource())
        .ifPresent(
            connector ->
                run(
                    () -> {
                      try {
                        connector.cancel(invocation);
                      } catch (RuntimeException | Error e) {
                        LOG.warn(
                            "The work of a task that is over may go on: execution={}",
                            invocation.executionArn(),
                            e);
                      }
                    }));
  }

  private @Nullable TaskCall next() {
    synchronized (lock) {
      if (inFlight >= bounds.total() || !mayCall.getAsBoolean()) {
        return null;
      }
      for (int left = turns.size(); left > 0; left--) {
        Lane lane = turns.removeFirst();
        lane.inTurns = false;
        TaskCall call = lane.inFlight < bounds.perTenant() ? lane.waiting.pollFirst() : null;
        if (call != null) {
          lane.inFlight++;
          inFlight++;
          enterTurns(lane);
          return call;
        }
      }
      return null;
    }
  }

  private void enterTurns(Lane lane) {
    if (!lane.inTurns && !lane.waiting.isEmpty() && lane.inFlight < bounds.perTenant()) {
      lane.inTurns = true;
      turns.addLast(lane);
    }
  }

  private void start(TaskCall call) {
    run(
        () -> {
          var told = new AtomicBoolean();
          try {
            invoke(call.invocation())
                .whenComplete(
                    (outcome, failure) -> {
                      if (told.compareAndSet(false, true)) {
                        finish(call, outcome, failure);
                      }
                    });
          } catch (RuntimeException | Error e) { // a library that is not whole, too, ends its task
            if (told.compareAndSet(false, true)) {
              finish(call, null, e);
            }
          }
        });
  }

  private void finish(TaskCall call, @Nullable TaskOutcome outcome, @Nullable Throwable failure) {
    leave(call);
    try {
      if (outcome != null) {
        call.then().accept(outcome);
      } else if (isPassing(failure)) {
        postpone(call);
      } else {
        call.then().accept(fault(call, failure));
      }
    } finally {
      resume();
    }
  }

  /// Whether the connector wanted the database, and may have it in a moment: that is our trouble
  /// and not the task's.
  private static boolean isPassing(@Nullable Throwable failure) {
    return DatabaseFailure.behind(failure)
        .filter(database -> database.kind() != DatabaseFailure.Kind.REFUSED)
        .isPresent();
  }

  /// Calls it again a little later, unless it is forgotten until then.
  private void postpone(TaskCall call) {
    LOG.warn(
        "A task waits for the database to be called again: execution={}",
        call.invocation().executionArn());
    synchronized (lock) {
      postponed.add(call);
    }
    CompletableFuture.delayedExecutor(
            AGAIN_MS + ThreadLocalRandom.current().nextLong(AGAIN_MS),
            TimeUnit.MILLISECONDS,
            this::run)
        .execute(
            () -> {
              boolean wanted;
              synchronized (lock) {
                wanted = postponed.remove(call);
              }
              if (wanted) {
                dispatch(call);
              }
            });
  }

  private CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    Optional<Connector> connector = connector(invocation.resource());
    if (connector.isPresent()) {
      return connector.get().invoke(invocation);
    }
    return CompletableFuture.completedFuture(
        new TaskOutcome.Failed(
            FailureKind.SCHEDULE_FAILED,
            ErrorName.RUNTIME,
            "The resource '" + invocation.resource().arn() + "' is not supported here."));
  }

  private TaskOutcome fault(TaskCall call, @Nullable Throwable failure) {
    LOG.error(
        "A connector broke; its task fails: execution={} state={}",
        call.invocation().executionArn(),
        call.invocation().state(),
        failure);
    return new TaskOutcome.Failed(
        FailureKind.FAILED,
        ErrorName.RUNTIME,
        "The call of '" + call.invocation().resource().arn() + "' could not be made.");
  }

  private void leave(TaskCall call) {
    synchronized (lock) {
      Lane lane = lanes.get(call.invocation().execution().tenant());
      if (lane != null) {
        lane.inFlight--;
        enterTurns(lane);
        if (lane.inFlight == 0 && lane.waiting.isEmpty() && !lane.inTurns) {
          lanes.remove(call.invocation().execution().tenant());
        }
      }
      inFlight--;
    }
  }

  private Optional<Connector> connector(Resource resource) {
    for (Connector connector : connectors) {
      if (connector.handles(resource)) {
        return Optional.of(connector);
      }
    }
    return Optional.empty();
  }

  private void run(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException _) {
      LOG.debug("The node stops; its tasks are called again after the next start");
    }
  }

  @Override
  public void close() {
    forget(_ -> true);
    threads.shutdownNow();
  }
}
