package io.gradus.bench;

import io.gradus.engine.LogLevel;
import io.gradus.store.Database;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// W1: ten durable task steps in a row, by tasks that do nothing in this very process; with
/// `--nodes 2`, by two nodes that share the database, with as many executions open on each: how
/// large groups are, and so what a step costs, is a matter of how many are open on a node. One node
/// alone is then measured between ([ScaleOut]). With `--log-level` each node writes the log beside,
/// as a server's does.
final class TenSteps implements Workload {
  static final int OPEN = 100;
  private static final int ALONE = 300;

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
    Map<String, Double> figures = new LinkedHashMap<>();
    int count = Math.max(1, options.sizes().nodes());
    StepLoad load = new StepLoad(options.lifted(), options.logs());
    try (TemporaryDatabase database = TemporaryDatabase.open(options);
        MemoryWatch memory = new MemoryWatch(database, ProcessHandle.current());
        Nodes nodes = new Nodes(database, load, options)) {
      int seconds = options.pace().seconds();
      nodes.be(count);
      load.rate(OPEN * count, seconds); // warm
      try (ScaleOut scaleOut = scaleOut(database, nodes, load, options)) {
        database.forgetStatements();
        Rounds rounds = Rounds.none();
        for (int i = 0; i < options.pace().rounds(); i++) {
          nodes.be(count);
          rounds.measure(database, load, count, options);
          if (scaleOut != null) {
            scaleOut.measureAll();
            nodes.be(1);
            scaleOut.measureOne();
            scaleOut.measureApart(nodes.first());
          }
        }
        if (options.profile()) {
          database.sayDearest();
        }
        nodes.putLogs(database, figures);
        nodes.be(count);
        database.settle();
        rounds.put(figures, alone(load));
        if (scaleOut != null) {
          scaleOut.put(figures, rounds);
        }
      }
      figures.put("rawCommitP50Ms", RawRows.commitMs(database));
      figures.put("nodes", (double) count);
      memory.put(figures);
      database.describe(figures);
    }
    return figures;
  }

  /// Null where one node is all there is to be.
  private static @Nullable ScaleOut scaleOut(
      TemporaryDatabase database, Nodes nodes, StepLoad load, Options options) throws Exception {
    int count = options.sizes().nodes();
    if (count <= 1) {
      return null;
    }
    nodes.be(1);
    double full = load.rate(OPEN, options.pace().seconds());
    return new ScaleOut(database, load, count, full, options);
  }

  static String nodes(int count) {
    return count == 1 ? "one node" : count + " nodes";
  }

  /// Milliseconds of one execution after the other.
  private static Samples alone(StepLoad load) throws InterruptedException {
    Samples alone = new Samples();
    for (int i = 0; i < ALONE; i++) {
      double ms = load.one(BenchNode.TENANT);
      load.awaitIdle();
      if (i >= ALONE / 5) {
        alone.add(ms);
      }
    }
    return alone;
  }

  /// The nodes that run, each with what writes its log.
  private static final class Nodes implements AutoCloseable {
    private final TemporaryDatabase database;
    private final StepLoad load;
    private final boolean logged;
    private final ArrayDeque<BenchNode> running = new ArrayDeque<>();
    private final ArrayDeque<Database> pools = new ArrayDeque<>();
    private final ArrayDeque<BenchLogs> logs = new ArrayDeque<>();

    Nodes(TemporaryDatabase database, StepLoad load, Options options) {
      this.database = database;
      this.load = load;
      this.logged = options.logs() != LogLevel.OFF;
    }

    /// Starts or ends nodes until there are so many, and has them get to know it.
    void be(int count) throws Exception {
      if (running.size() == count) {
        return;
      }
      boolean first = running.isEmpty();
      while (running.size() < count) {
        Database own = database.newDatabase();
        running.addLast(BenchNode.start("bench-" + running.size(), own, load));
        pools.addLast(own);
        if (logged) {
          logs.addLast(BenchLogs.start(database, own, load.machine()));
        }
      }
      while (running.size() > count) {
        if (logged) {
          logs.removeLast().close();
        }
        running.removeLast().close();
        database.release(pools.removeLast());
      }
      load.over(List.copyOf(running));
      if (count > 1 || !first) {
        TimeUnit.SECONDS.sleep(3);
      }
    }

    BenchNode first() {
      return running.getFirst();
    }

    void putLogs(TemporaryDatabase database, Map<String, Double> figures) throws Exception {
      if (logged) {
        logs.getFirst().put(database, figures);
      }
    }

    @Override
    public void close() {
      logs.forEach(BenchLogs::close);
      running.forEach(BenchNode::close);
    }
  }

  /// Measured rounds of it, and what they come to.
  record Rounds(
      Samples rates,
      Samples ratios,
      Samples raw,
      List<Meter.Cost> costs,
      List<Meter.Cost> rawCosts) {
    static Rounds none() {
      return new Rounds(
          new Samples(), new Samples(), new Samples(), new ArrayList<>(), new ArrayList<>());
    }

    /// @param nodes that the load is spread over; the raw rows come from as many writers
    static Rounds run(TemporaryDatabase database, StepLoad load, int nodes, Options options)
        throws Exception {
      Rounds rounds = none();
      for (int i = 0; i < options.pace().rounds(); i++) {
        rounds.measure(database, load, nodes, options);
      }
      return rounds;
    }

    void measure(TemporaryDatabase database, StepLoad load, int nodes, Options options)
        throws Exception {
      int seconds = options.pace().seconds();
      Meter meter = Meter.here(database);
      long before = load.steps();
      double rate = load.rate(OPEN * nodes, seconds);
      Meter.Cost cost = meter.stop((double) (load.steps() - before));
      int group = Math.clamp(Math.round(cost.units() / cost.groups()), 1, 1_000);
      RawRows.Rate raw = RawRows.measure(database, group, nodes, Math.max(2, seconds / 2));
      rates.add(rate);
      this.raw.add(raw.rowsPerSecond());
      ratios.add(2 * rate / raw.rowsPerSecond());
      costs.add(cost);
      rawCosts.add(raw.cost());
      Bench.say(
          "    round %d: %,.0f steps/s in groups of %d, %.3f CPU seconds per 1,000 (%s)",
          rates.size(), rate, group, cost.cpuPerThousand(), nodes(nodes));
    }

    /// Of the round with the median cost.
    Meter.Cost cost() {
      return middle(costs);
    }

    void put(Map<String, Double> figures, Samples alone) {
      figures.put("stepsPerSecond", rates.median());
      figures.put("rawRowsPerSecond", raw.median());
      figures.put("ratio", ratios.median());
      figures.put("p50Ms", alone.percentile(50));
      figures.put("p99Ms", alone.percentile(99));
      cost().put(figures, "Step");
      middle(rawCosts).putCpu(figures, "RawRow");
    }

    static Meter.Cost middle(List<Meter.Cost> costs) {
      return costs.stream()
          .sorted(Comparator.comparingDouble(Meter.Cost::cpuPerThousand))
          .toList()
          .get(costs.size() / 2);
    }
  }
}
