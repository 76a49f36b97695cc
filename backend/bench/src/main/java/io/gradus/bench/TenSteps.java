package io.gradus.bench;

import io.gradus.asl.model.Resource;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.Machine;
import io.gradus.runtime.NodeSettings;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.StartResult;
import io.gradus.runtime.node.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// W1: ten durable task steps in a row, by tasks that do nothing in this very process. A step is
/// counted by the call after it: that call is made only when the step's result is durable.
final class TenSteps implements Workload {
  private static final int OPEN = 100;
  private static final int STEPS = 10;
  private static final int ALONE = 300;
  private static final String LAST = "S" + STEPS;
  private static final Payload RESULT = Payload.ofText("{\"ok\":true}");

  @Override
  public String name() {
    return "W1";
  }

  @Override
  public String title() {
    return "ten durable task steps in a row, 100 executions open, and one at a time";
  }

  @Override
  public Map<String, Double> run(Options options) throws Exception {
    try (TemporaryDatabase database = TemporaryDatabase.open()) {
      Bench.say("    PostgreSQL %s", database.version());
      NoOp tasks = new NoOp();
      NodeSettings settings = NodeSettings.usual("bench", "us-east-1", new byte[32]);
      try (Node node = new Node(settings, database.database(), List.of(tasks)).start()) {
        tasks.node = node;
        many(tasks, options.seconds()); // warm
        Samples rates = new Samples();
        Samples raw = new Samples();
        Samples cpu = new Samples();
        Samples databaseCpu = new Samples();
        Samples perStatement = new Samples();
        for (int round = 0; round < options.rounds(); round++) {
          double ownBefore = ProcessCost.ownCpuSeconds();
          double databaseBefore = database.cpuSeconds();
          long commitsBefore = database.commits();
          double rate = many(tasks, options.seconds());
          double steps = rate * options.seconds();
          double own = ProcessCost.ownCpuSeconds() - ownBefore;
          double theirs = database.cpuSeconds() - databaseBefore;
          double group = Math.max(1, steps / Math.max(1, database.commits() - commitsBefore));
          rates.add(rate);
          cpu.add((own + theirs) / steps * 1_000);
          databaseCpu.add(theirs / steps * 1_000);
          perStatement.add(group);
          raw.add(
              RawRows.perSecond(
                  database, (int) Math.round(group), Math.max(2, options.seconds() / 2)));
          Bench.say("    round %d: %,.0f steps/s in groups of %.0f", round + 1, rate, group);
        }
        Samples alone = new Samples();
        for (int i = 0; i < ALONE; i++) {
          double ms = one(tasks);
          if (i >= ALONE / 5) {
            alone.add(ms);
          }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("stepsPerSecond", rates.median());
        figures.put("rawRowsPerSecond", raw.median());
        figures.put("ratio", 2 * rates.median() / raw.median());
        figures.put("p50Ms", alone.percentile(50));
        figures.put("p99Ms", alone.percentile(99));
        figures.put("cpuSecondsPer1000Steps", cpu.median());
        figures.put("databaseCpuSecondsPer1000Steps", databaseCpu.median());
        figures.put("stepsPerCommit", perStatement.median());
        return figures;
      }
    }
  }

  /// Steps per second with [#OPEN] executions open all the time.
  private static double many(NoOp tasks, int seconds) throws InterruptedException {
    tasks.again = true;
    for (int i = 0; i < OPEN; i++) {
      tasks.begin();
    }
    TimeUnit.MILLISECONDS.sleep(500); // the pipeline fills
    long before = tasks.steps.sum();
    long from = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    double rate = (tasks.steps.sum() - before) / ((System.nanoTime() - from) / 1e9);
    tasks.again = false;
    tasks.awaitIdle();
    return rate;
  }

  /// Milliseconds from the start to the moment the tenth result is durable.
  private static double one(NoOp tasks) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    tasks.last = done;
    long from = System.nanoTime();
    tasks.begin();
    if (!done.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("expected ten steps within 30 s");
    }
    double ms = (System.nanoTime() - from) / 1e6;
    tasks.awaitIdle();
    return ms;
  }

  private static Machine machine() {
    StringBuilder json = new StringBuilder("{\"StartAt\":\"S0\",\"States\":{");
    for (int i = 0; i <= STEPS; i++) {
      json.append(i > 0 ? "," : "")
          .append("\"S")
          .append(i)
          .append(
              "\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Parameters\":"
                  + "{\"FunctionName\":\"noop\",\"n.$\":\"$.n\"},\"ResultPath\":\"$.r\",")
          .append(i < STEPS ? "\"Next\":\"S" + (i + 1) + "\"}" : "\"End\":true}");
    }
    String text = json.append("}}").toString();
    return new Machine(
        new UUID(1, 1),
        new UUID(1, 2),
        "arn:aws:states:us-east-1:000000000000:stateMachine:bench",
        "bench",
        "arn:aws:iam::000000000000:role/bench",
        null,
        null,
        false,
        Objects.requireNonNull(DefinitionParser.parse(text).definition()),
        ExecutionInfo.Limits.AWS);
  }

  /// Tasks that do nothing. The call of the state after the tenth step ends an execution's part.
  private static final class NoOp implements Connector {
    private final TenantId tenant = new TenantId(new UUID(0, 1));
    private final Machine machine = machine();
    private final Payload input = Payload.ofText("{\"n\":1,\"r\":null}");
    final LongAdder steps = new LongAdder();
    private final LongAdder open = new LongAdder();
    private volatile @Nullable Node node;
    volatile boolean again;
    volatile @Nullable CountDownLatch last;

    void begin() {
      open.increment();
      Objects.requireNonNull(node)
          .start(new StartRequest(tenant, machine, null, input, null, null, null))
          .whenComplete(
              (result, failure) -> {
                if (failure != null || !(result instanceof StartResult.Started)) {
                  open.decrement();
                }
              });
    }

    void awaitIdle() throws InterruptedException {
      while (open.sum() > 0) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
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
      if (state.equals(LAST)) {
        open.decrement();
        CountDownLatch latch = last;
        if (latch != null) {
          latch.countDown();
        }
        if (again) {
          begin();
        }
      }
      return CompletableFuture.completedFuture(new TaskOutcome.Succeeded(RESULT));
    }
  }
}
