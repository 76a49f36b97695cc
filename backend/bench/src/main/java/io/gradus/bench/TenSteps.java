package io.gradus.bench;

import io.gradus.engine.LogLevel;
import io.gradus.store.Database;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// W1: ten durable task steps in a row, by tasks that do nothing in this very process; with
/// `--nodes 2`, by two nodes that share the database, with as many executions open on each: how
/// large groups are, and so what a step costs, is a matter of how many are open on a node. With
/// `--log-level` each node writes the log beside, as a server's does.
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
    try (TemporaryDatabase database = TemporaryDatabase.open(options);
        MemoryWatch memory = new MemoryWatch(database, ProcessHandle.current())) {
      StepLoad load = new StepLoad(options.lifted(), options.logs());
      List<BenchNode> nodes = new ArrayList<>();
      List<BenchLogs> logs = new ArrayList<>();
      try {
        for (int i = 0; i < Math.max(1, options.sizes().nodes()); i++) {
          Database own = database.newDatabase();
          nodes.add(BenchNode.start("bench-" + i, own, load));
          if (options.logs() != LogLevel.OFF) {
            logs.add(BenchLogs.start(database, own, load.machine()));
          }
        }
        load.over(nodes);
        if (nodes.size() > 1) {
          TimeUnit.SECONDS.sleep(3); // they get to know each other
        }
        load.rate(OPEN * nodes.size(), options.pace().seconds()); // warm
        database.forgetStatements();
        Rounds rounds = Rounds.run(database, load, nodes.size(), options);
        if (options.profile()) {
          database.sayDearest();
        }
        if (!logs.isEmpty()) {
          logs.getFirst().put(database, figures);
        }
        database.settle();
        Samples alone = new Samples();
        for (int i = 0; i < ALONE; i++) {
          double ms = load.one(BenchNode.TENANT);
          load.awaitIdle();
          if (i >= ALONE / 5) {
            alone.add(ms);
          }
        }
        rounds.put(figures, alone);
        figures.put("rawCommitP50Ms", RawRows.commitMs(database));
        figures.put("nodes", (double) nodes.size());
        memory.put(figures);
        database.describe(figures);
      } finally {
        logs.forEach(BenchLogs::close);
        nodes.forEach(BenchNode::close);
      }
    }
    return figures;
  }

  /// Measured rounds of it, and what they come to.
  record Rounds(
      Samples rates,
      Samples ratios,
      Samples raw,
      List<Meter.Cost> costs,
      List<Meter.Cost> rawCosts) {
    /// @param nodes that the load is spread over; the raw rows come from as many writers
    static Rounds run(TemporaryDatabase database, StepLoad load, int nodes, Options options)
        throws Exception {
      var rounds =
          new Rounds(
              new Samples(), new Samples(), new Samples(), new ArrayList<>(), new ArrayList<>());
      int seconds = options.pace().seconds();
      for (int i = 0; i < options.pace().rounds(); i++) {
        Meter meter = Meter.here(database);
        long before = load.steps();
        double rate = load.rate(OPEN * nodes, seconds);
        Meter.Cost cost = meter.stop((double) (load.steps() - before));
        int group = Math.clamp(Math.round(cost.units() / cost.groups()), 1, 1_000);
        RawRows.Rate raw = RawRows.measure(database, group, nodes, Math.max(2, seconds / 2));
        rounds.rates.add(rate);
        rounds.raw.add(raw.rowsPerSecond());
        rounds.ratios.add(2 * rate / raw.rowsPerSecond());
        rounds.costs.add(cost);
        rounds.rawCosts.add(raw.cost());
        Bench.say("    round %d: %,.0f steps/s in groups of %d", i + 1, rate, group);
      }
      return rounds;
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

    private static Meter.Cost middle(List<Meter.Cost> costs) {
      return costs.stream()
          .sorted(Comparator.comparingDouble(Meter.Cost::cpuPerThousand))
          .toList()
          .get(costs.size() / 2);
    }
  }
}
