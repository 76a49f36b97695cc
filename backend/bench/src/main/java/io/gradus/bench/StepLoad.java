package io.gradus.bench;

import io.gradus.asl.model.Resource;
import io.gradus.engine.LogLevel;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.Machine;
import io.gradus.runtime.StartResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Executions of ten steps, by tasks that do nothing in this very process. A step is counted by the
/// call after it: that call is made only when the step's result is durable.
final class StepLoad implements Connector {
  private static final Payload RESULT = Payload.ofText("{\"ok\":true}");
  private static final Payload INPUT = Payload.ofText("{\"n\":1,\"r\":null}");

  private final Machine machine;
  private volatile List<BenchNode> nodes = List.of();
  private final AtomicInteger turn = new AtomicInteger();
  private final LongAdder steps = new LongAdder();
  private final LongAdder open = new LongAdder();
  private final Map<TenantId, Lane> lanes = new ConcurrentHashMap<>();

  /// What a tenant is up to.
  private static final class Lane {
    volatile boolean again;
    volatile CountDownLatch done = new CountDownLatch(0);
  }

  /// @param lifted whether AWS's limits do not hold for what is run
  StepLoad(boolean lifted) {
    this(lifted, LogLevel.OFF);
  }

  /// @param logs what is logged of what is run
  StepLoad(boolean lifted, LogLevel logs) {
    machine = Machines.tenSteps(lifted, logs);
  }

  Machine machine() {
    return machine;
  }

  /// Starts go to the nodes in turn.
  void over(List<BenchNode> these) {
    nodes = List.copyOf(these);
  }

  private Lane lane(TenantId tenant) {
    return lanes.computeIfAbsent(tenant, _ -> new Lane());
  }

  /// Starts one; false where it is refused.
  CompletionStage<Boolean> begin(TenantId tenant) {
    open.increment();
    List<BenchNode> all = nodes;
    int next = all.size() == 1 ? 0 : Math.floorMod(turn.getAndIncrement(), all.size());
    return all.get(next)
        .begin(tenant, machine, INPUT)
        .handle(
            (result, failure) -> {
              boolean started = failure == null && result instanceof StartResult.Started;
              if (!started) {
                open.decrement();
              }
              return started;
            });
  }

  /// Has so many open all the time, until [#end].
  void keepOpen(TenantId tenant, int count) {
    lane(tenant).again = true;
    for (int i = 0; i < count; i++) {
      begin(tenant);
    }
  }

  /// Starts no more, and waits for the last.
  void end(TenantId tenant) throws InterruptedException {
    lane(tenant).again = false;
    awaitIdle();
  }

  void awaitIdle() throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (open.sum() > 0) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("expected all to end, found " + open.sum() + " open");
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /// Steps that were durable so far.
  long steps() {
    return steps.sum();
  }

  /// Steps per second with so many executions open all the time.
  double rate(int count, double seconds) throws InterruptedException {
    keepOpen(BenchNode.TENANT, count);
    TimeUnit.MILLISECONDS.sleep(500); // the pipeline fills
    long before = steps();
    long from = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep((long) (seconds * 1_000));
    double rate = (steps() - before) / ((System.nanoTime() - from) / 1e9);
    end(BenchNode.TENANT);
    return rate;
  }

  /// Begins executions of so many steps per second, evenly; returns when the last has ended.
  void pace(double stepsPerSecond, double seconds) throws InterruptedException {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    pace(stepsPerSecond, () -> System.nanoTime() < until);
    awaitIdle();
  }

  /// Begins executions of so many steps per second, evenly, for as long as it is to go on.
  void pace(double stepsPerSecond, BooleanSupplier on) {
    double perSecond = stepsPerSecond / Machines.STEPS;
    long from = System.nanoTime();
    long begun = 0;
    while (on.getAsBoolean()) {
      long wanted = (long) ((System.nanoTime() - from) / 1e9 * perSecond);
      for (; begun < wanted; begun++) {
        begin(BenchNode.TENANT);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Milliseconds from the start to the moment the tenth result is durable; the tenant has no other
  /// open.
  double one(TenantId tenant) throws InterruptedException {
    Lane lane = lane(tenant);
    CountDownLatch done = new CountDownLatch(1);
    lane.done = done;
    long from = System.nanoTime();
    if (!begin(tenant).toCompletableFuture().join()) {
      throw new IllegalStateException("expected a start, found it refused");
    }
    if (!done.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("expected ten steps within 60 s");
    }
    return (System.nanoTime() - from) / 1e6;
  }

  @Override
  public boolean handles(Resource resource) {
    return true;
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    String state = invocation.state().value();
    if (!state.equals("S0")) {
      steps.increment();
    }
    if (state.equals(Machines.LAST)) {
      open.decrement();
      TenantId tenant = invocation.execution().tenant();
      Lane lane = lane(tenant);
      lane.done.countDown();
      if (lane.again) {
        begin(tenant);
      }
    }
    return CompletableFuture.completedFuture(new TaskOutcome.Succeeded(RESULT));
  }
}
