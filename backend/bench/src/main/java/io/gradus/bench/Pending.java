package io.gradus.bench;

import io.gradus.engine.Payload;
import io.gradus.runtime.Machine;
import java.sql.SQLException;
import java.util.Map;

/// What executions cost that wait for a day: a node's start beside them, its memory, and one more.
final class Pending {
  private static final Payload INPUT = Payload.ofText("{}");
  private static final int MORE = 300;

  private Pending() {}

  static void measure(TemporaryDatabase database, int pending, Map<String, Double> figures)
      throws SQLException {
    Machine day = Machines.wait(86_400);
    try (BenchNode node = BenchNode.start("bench", database.database(), new StepLoad(false))) {
      figures.put("oneMoreMs0Pending", oneMore(node, day));
    }
    if (pending == 0) {
      return;
    }
    Filler filler =
        new Filler(
            database,
            database.text(
                "select id from execution where state_machine_id = '%s' and status = 0 limit 1"
                    .formatted(day.id())));
    filler.copy(0, pending, pending);
    double before = heapMb();
    long from = System.nanoTime();
    try (BenchNode node = BenchNode.start("bench", database.database(), new StepLoad(false))) {
      node.started(Machines.wait(86_400), INPUT);
      figures.put("startMsWithPending", (System.nanoTime() - from) / 1e6);
      figures.put("oneMoreMsWithPending", oneMore(node, day));
      figures.put("heapMbOfPending", heapMb() - before);
      figures.put("hotExecutionsWithPending", (double) node.node().figures().hotExecutions());
    }
    figures.put("pending", database.number("select count(*) from timer"));
  }

  /// Milliseconds, the median.
  private static double oneMore(BenchNode node, Machine machine) {
    Samples samples = new Samples();
    for (int i = 0; i < MORE; i++) {
      long from = System.nanoTime();
      node.started(machine, INPUT);
      samples.add((System.nanoTime() - from) / 1e6);
    }
    return samples.median();
  }

  private static double heapMb() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1_048_576.0;
  }
}
