package io.gradus.bench;

import io.gradus.runtime.node.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// W9: W1 again and again, while the tables grow by finished executions of ten steps.
final class Growth implements Workload {
  private static final List<Integer> SIZES = List.of(0, 100_000, 1_000_000, 10_000_000);

  @Override
  public String name() {
    return "W9";
  }

  @Override
  public String title() {
    return "W1 with finished executions in the tables";
  }

  @Override
  public Map<String, Double> run(Options options) throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    StepLoad load = new StepLoad(options.lifted());
    try (TemporaryDatabase database = TemporaryDatabase.open(options);
        MemoryWatch memory = new MemoryWatch(database, ProcessHandle.current());
        BenchNode node = BenchNode.start("bench", database.database(), load)) {
      load.over(List.of(node));
      load.one(BenchNode.TENANT);
      load.awaitIdle();
      settle(node.node());
      Filler filler =
          new Filler(database, database.text("select id from execution where status = 1 limit 1"));
      long filled = 0;
      double first = 0;
      for (int size : SIZES) {
        if (size > options.sizes().finished()) {
          break;
        }
        long from = System.nanoTime();
        filler.copy(filled, size, options.sizes().finished());
        filled = size;
        Bench.say("    %,d finished, made in %.0f s", size, (System.nanoTime() - from) / 1e9);
        load.rate(TenSteps.OPEN, options.pace().seconds()); // warm
        TenSteps.Rounds rounds = TenSteps.Rounds.run(database, load, 1, options);
        double rate = rounds.rates().median();
        first = size == 0 ? rate : first;
        figures.put("stepsPerSecond" + size, rate);
        figures.put("relative" + size, rate / first);
        figures.put("cpuSecondsPer1000Steps" + size, rounds.cost().cpuPerThousand());
        figures.put("ratio" + size, rounds.ratios().median());
      }
      figures.put(
          "databaseMb", database.number("select pg_database_size(current_database()) / 1048576"));
      memory.put(figures);
      database.describe(figures);
    }
    return figures;
  }

  /// Waits until the last transition is stored.
  private static void settle(Node node) throws InterruptedException {
    while (node.figures().hotExecutions() > 0) {
      Thread.sleep(5);
    }
  }
}
