package io.gradus.bench;

import io.gradus.store.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What a step costs with several nodes and with one, by turns in the same process: runs apart
/// differ by more than nodes do. Once with all that they can do, where they share the machine's
/// cores and all its threads wait for one; and with a rate to keep that leaves cores idle, as on
/// machines of their own: beside one node with the load of one, and with the load of all.
///
/// What full cores cost whoever is on them is told by as many nodes on databases of their own,
/// which have nothing in common but the machine: what they cost more than one node is the
/// machine's, and what nodes on one database cost more than they do is the price of sharing it.
final class ScaleOut implements AutoCloseable {
  /// Of what one node can do, for each of those that have a rate to keep.
  private static final double SHARE = 0.35;

  private final TemporaryDatabase database;
  private final StepLoad load;
  private final int nodes;
  private final double each;
  private final Options options;
  private final TenSteps.Rounds one = TenSteps.Rounds.none();
  private final List<Meter.Cost> pacedAll = new ArrayList<>();
  private final List<Meter.Cost> pacedOne = new ArrayList<>();
  private final List<Meter.Cost> loadOfAll = new ArrayList<>();
  private final List<Meter.Cost> apart = new ArrayList<>();
  private final List<TemporaryDatabase> others = new ArrayList<>();

  /// @param full steps per second of one node
  ScaleOut(TemporaryDatabase database, StepLoad load, int nodes, double full, Options options)
      throws IOException, SQLException {
    this.database = database;
    this.load = load;
    this.nodes = nodes;
    this.each = full * SHARE;
    this.options = options;
    for (int i = 1; i < nodes; i++) {
      others.add(TemporaryDatabase.open(options));
    }
  }

  /// While all nodes run.
  void measureAll() throws Exception {
    pacedAll.add(paced(each * nodes, nodes));
  }

  /// While one runs.
  void measureOne() throws Exception {
    one.measure(database, load, 1, options);
    pacedOne.add(paced(each, 1));
    loadOfAll.add(paced(each * nodes, 1));
  }

  /// While one runs: beside it as many as are to be, each on a database of its own.
  void measureApart(BenchNode node) throws Exception {
    List<BenchNode> all = new ArrayList<>(List.of(node));
    List<Database> pools = new ArrayList<>();
    try {
      for (TemporaryDatabase other : others) {
        Database own = other.newDatabase();
        pools.add(own);
        all.add(BenchNode.start("bench-apart", own, load));
      }
      load.over(all);
      TimeUnit.SECONDS.sleep(3);
      int open = TenSteps.OPEN * nodes;
      load.rate(open, 2); // the new databases' connections and plans
      Meter meter = Meter.here(database, others);
      long before = load.steps();
      double rate = load.rate(open, options.pace().seconds());
      Meter.Cost cost = meter.stop((double) (load.steps() - before));
      apart.add(cost);
      Bench.say(
          "             %,.0f steps/s, %.3f CPU seconds per 1,000 (%d nodes, each with a database"
              + " of its own)",
          rate, cost.cpuPerThousand(), nodes);
    } finally {
      load.over(List.of(node));
      all.stream().skip(1).forEach(BenchNode::close);
      for (int i = 0; i < pools.size(); i++) {
        others.get(i).release(pools.get(i));
      }
    }
  }

  /// @param rate steps per second of all together
  private Meter.Cost paced(double rate, int running) throws SQLException, InterruptedException {
    Meter meter = Meter.here(database);
    long before = load.steps();
    load.pace(rate, options.pace().seconds());
    Meter.Cost cost = meter.stop((double) (load.steps() - before));
    Bench.say(
        "             %,.0f steps/s, as it should be, %.3f CPU seconds per 1,000 (%s)",
        cost.units() / cost.seconds(), cost.cpuPerThousand(), TenSteps.nodes(running));
    return cost;
  }

  /// @param rounds of all nodes, which these took turns with
  void put(Map<String, Double> figures, TenSteps.Rounds rounds) {
    figures.put("oneNodeStepsPerSecond", one.rates().median());
    figures.put("oneNodeCpuSecondsPer1000Steps", one.cost().cpuPerThousand());
    figures.put("relativeCost", relative(rounds.costs(), one.costs()));
    figures.put("apartCpuSecondsPer1000Steps", TenSteps.Rounds.middle(apart).cpuPerThousand());
    figures.put("apartRelativeCost", relative(apart, one.costs()));
    figures.put("relativeCostToApart", relative(rounds.costs(), apart));
    figures.put("pacedStepsPerSecondAndNode", each);
    figures.put("pacedCpuSecondsPer1000Steps", TenSteps.Rounds.middle(pacedAll).cpuPerThousand());
    figures.put(
        "oneNodePacedCpuSecondsPer1000Steps", TenSteps.Rounds.middle(pacedOne).cpuPerThousand());
    figures.put("pacedRelativeCost", relative(pacedAll, pacedOne));
    figures.put(
        "oneNodeLoadOfAllCpuSecondsPer1000Steps",
        TenSteps.Rounds.middle(loadOfAll).cpuPerThousand());
    figures.put("loadOfAllRelativeCost", relative(pacedAll, loadOfAll));
  }

  /// Median of the rounds.
  private static double relative(List<Meter.Cost> several, List<Meter.Cost> one) {
    Samples relative = new Samples();
    for (int i = 0; i < one.size(); i++) {
      relative.add(several.get(i).cpuPerThousand() / one.get(i).cpuPerThousand());
    }
    return relative.median();
  }

  @Override
  public void close() throws IOException {
    for (TemporaryDatabase other : others) {
      other.close();
    }
  }
}
