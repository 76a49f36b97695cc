package io.gradus.bench;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.runtime.NodeSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// W8: tenant B runs ten steps after another, alone and beside tenant A, which asks for ten times
/// the starts that its bound lets through; once more with no bound, beside a thousand open
/// executions of A; and beside a Map Run of A that has as many children as it may.
final class NoisyNeighbour implements Workload {
  private static final TenantId A = new TenantId(new UUID(0, 1));
  private static final TenantId B = new TenantId(new UUID(0, 2));

  /// What A may start per second.
  private static final int BOUND = 200;

  private static final int FLOOD = 1_000;

  /// Items of a Map Run that does not come to its end here.
  private static final int ENDLESS = 100_000_000;

  @Override
  public String name() {
    return "W8";
  }

  @Override
  public String title() {
    return "tenant B's ten steps, alone and beside a flood from A";
  }

  @Override
  public Map<String, Double> run(Options options) throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    try (TemporaryDatabase database = TemporaryDatabase.open(options);
        MemoryWatch memory = new MemoryWatch(database, ProcessHandle.current())) {
      double aloneP99;
      NodeSettings usual = NodeSettings.usual("bench", "us-east-1", new byte[32]);
      StepLoad bounded = new StepLoad(false);
      try (BenchNode node =
          BenchNode.start(
              usual.withStartsPerSecond(BOUND), database.database(), bounded, MapRunItems.PORTS)) {
        bounded.over(List.of(node));
        warm(bounded, options);
        Samples alone = new Samples();
        Samples beside = new Samples();
        for (int i = 0; i < options.pace().rounds(); i++) {
          runB(bounded, options.pace().seconds(), alone);
          try (Flood flood = new Flood(bounded)) {
            TimeUnit.SECONDS.sleep(2); // A's burst is used up
            runB(bounded, options.pace().seconds(), beside);
            figures.put("asked", (double) flood.asked.sum());
            figures.put("refused", (double) flood.refused.sum());
          }
          bounded.awaitIdle();
        }
        put(figures, "alone", alone);
        put(figures, "beside", beside);
        aloneP99 = alone.percentile(99);
        figures.put("besideOverAloneP99", beside.percentile(99) / aloneP99);
        besideMapRun("besideBoundedMapRun", node, bounded, options, aloneP99, figures);
      }
      StepLoad free = new StepLoad(false);
      try (BenchNode node = BenchNode.start(usual, database.database(), free)) {
        free.over(List.of(node));
        Samples beside = new Samples();
        free.keepOpen(A, FLOOD);
        TimeUnit.SECONDS.sleep(2);
        runB(free, options.pace().seconds(), beside);
        free.end(A);
        put(figures, "besideUnbounded", beside);
      }
      StepLoad besideMap = new StepLoad(false);
      try (BenchNode node =
          BenchNode.start(usual, database.database(), besideMap, MapRunItems.PORTS)) {
        besideMap.over(List.of(node));
        warm(besideMap, options);
        besideMapRun("besideMapRun", node, besideMap, options, aloneP99, figures);
      }
      memory.put(figures);
      database.describe(figures);
    }
    return figures;
  }

  private static void besideMapRun(
      String name,
      BenchNode node,
      StepLoad load,
      Options options,
      double aloneP99,
      Map<String, Double> figures)
      throws InterruptedException {
    Samples beside = new Samples();
    ExecutionKey mapRun =
        node.started(Machines.mapRun("STANDARD", ENDLESS, 1), Payload.ofText("{}")).key();
    TimeUnit.SECONDS.sleep(2);
    int seconds = options.pace().seconds() * options.pace().rounds();
    long before = load.steps();
    long own = (long) runB(load, seconds, beside) * Machines.STEPS;
    figures.put(name + "ItemsPerSecond", (load.steps() - before - own) / (double) seconds);
    node.node().stop(mapRun, null, null).toCompletableFuture().join();
    put(figures, name, beside);
    figures.put(name + "OverAloneP99", beside.percentile(99) / aloneP99);
  }

  private static void warm(StepLoad load, Options options) throws InterruptedException {
    runB(load, options.pace().seconds(), new Samples());
    load.awaitIdle();
  }

  private static void put(Map<String, Double> figures, String prefix, Samples samples) {
    figures.put(prefix + "P50Ms", samples.percentile(50));
    figures.put(prefix + "P99Ms", samples.percentile(99));
  }

  /// @return how many it ran
  private static int runB(StepLoad load, int seconds, Samples samples) throws InterruptedException {
    int ran = 0;
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < until) {
      samples.add(load.one(B));
      ran++;
      TimeUnit.MILLISECONDS.sleep(5); // it is a neighbour, not another flood
    }
    return ran;
  }

  /// Starts of A at ten times its bound, whether they are let through or not.
  private static final class Flood implements AutoCloseable {
    private final LongAdder asked = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;

    Flood(StepLoad load) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    long from = System.nanoTime();
                    long due = 0;
                    while (!stopped.get()) {
                      long wanted = (System.nanoTime() - from) * BOUND * 10 / 1_000_000_000;
                      for (; due < wanted; due++) {
                        asked.increment();
                        load.begin(A)
                            .thenAccept(
                                started -> {
                                  if (!started) {
                                    refused.increment();
                                  }
                                });
                      }
                      LockSupport.parkNanos(1_000_000);
                    }
                  });
    }

    @Override
    public void close() {
      stopped.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("expected the flood to end", e);
      }
    }
  }
}
