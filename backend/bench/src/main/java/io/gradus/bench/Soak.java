package io.gradus.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// For minutes at 70 % of W1's rate: what may not grow is looked at all the while. Beside the steps
/// run waits of two minutes, whose timers are rows that come and go.
final class Soak implements Workload {
  private static final double SHARE = 0.7;
  private static final int WAITS_PER_SECOND = 50;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String title() {
    return "W1 at 70 % of its rate, with far timers that come and go";
  }

  /// What is looked at.
  private record Look(
      double minute,
      double heapMb,
      int threads,
      double connections,
      Map<String, Double> tablesMb) {}

  @Override
  public Map<String, Double> run(Options options) throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    StepLoad load = new StepLoad(options.lifted());
    try (TemporaryDatabase database = TemporaryDatabase.open(options);
        MemoryWatch memory = new MemoryWatch(database, ProcessHandle.current());
        BenchNode node = BenchNode.start("bench", database.database(), load)) {
      load.over(List.of(node));
      load.rate(TenSteps.OPEN, options.pace().seconds());
      double full = load.rate(TenSteps.OPEN, options.pace().seconds());
      double wanted = full * SHARE;
      Bench.say("    %,.0f steps/s at most, %,.0f wanted", full, wanted);
      List<Look> looks = new ArrayList<>();
      AtomicBoolean stop = new AtomicBoolean();
      Thread steps = Thread.ofPlatform().daemon().start(() -> load.pace(wanted, () -> !stop.get()));
      Thread waits = Thread.ofPlatform().daemon().start(() -> waits(node, stop));
      long before = load.steps();
      long from = System.nanoTime();
      long until = from + (long) (options.pace().minutes() * 60e9);
      long every = Math.clamp((until - from) / 20, 5_000_000_000L, 60_000_000_000L);
      for (long next = from; next <= until; next += every) {
        LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
        looks.add(look(database, from));
        say(looks.getLast(), load.steps() - before);
      }
      double rate = (load.steps() - before) / ((System.nanoTime() - from) / 1e9);
      stop.set(true);
      steps.join();
      waits.join();
      load.awaitIdle();
      figures.put("minutes", options.pace().minutes());
      figures.put("stepsPerSecond", rate);
      figures.put("shareOfFull", rate / full);
      put(figures, looks);
      memory.put(figures);
      database.describe(figures);
    }
    return figures;
  }

  private static void waits(BenchNode node, AtomicBoolean stop) {
    var machine = Machines.wait(120);
    var input = io.gradus.engine.Payload.ofText("{}");
    while (!stop.get()) {
      node.begin(BenchNode.TENANT, machine, input);
      LockSupport.parkNanos(1_000_000_000L / WAITS_PER_SECOND);
    }
  }

  private static Look look(TemporaryDatabase database, long from) throws SQLException {
    // The collections themselves are few: one a minute hardly shows in the rate.
    System.gc();
    double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_048_576.0;
    Map<String, Double> tables = new TreeMap<>();
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select relname, pg_total_relation_size(relid) / 1048576.0 from pg_stat_user_tables where relname !~ '^(history|execution|raw_)'")) {
      while (rows.next()) {
        tables.put(rows.getString(1), rows.getDouble(2));
      }
    }
    return new Look(
        (System.nanoTime() - from) / 60e9,
        heap,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        database.number(
            "select count(*) from pg_stat_activity where backend_type = 'client backend'"),
        tables);
  }

  private static void say(Look look, long steps) {
    Bench.say(
        "    %5.1f min  %,12d steps  heap %,7.1f MB  %d threads  %.0f connections  timer %.2f MB  quartz %.2f MB",
        look.minute,
        steps,
        look.heapMb,
        look.threads,
        look.connections,
        look.tablesMb.getOrDefault("timer", 0.0),
        look.tablesMb.entrySet().stream()
            .filter(e -> e.getKey().startsWith("qrtz"))
            .mapToDouble(Map.Entry::getValue)
            .sum());
  }

  private static void put(Map<String, Double> figures, List<Look> looks) {
    // By then the first waits have ended, and what grows with them has grown.
    List<Look> settled = looks.subList(looks.size() / 2, looks.size());
    figures.put("heapMbAtEnd", looks.getLast().heapMb);
    figures.put("heapSlopeMbPerHour", slope(settled) * 60);
    figures.put("threadsFirst", (double) settled.getFirst().threads);
    figures.put("threadsLast", (double) settled.getLast().threads);
    figures.put("connectionsFirst", settled.getFirst().connections);
    figures.put("connectionsLast", settled.getLast().connections);
    double grown = 0;
    for (var table : settled.getLast().tablesMb.entrySet()) {
      grown +=
          Math.max(
              0, table.getValue() - settled.getFirst().tablesMb.getOrDefault(table.getKey(), 0.0));
    }
    figures.put(
        "otherTablesMbAtEnd",
        settled.getLast().tablesMb.values().stream().mapToDouble(x -> x).sum());
    figures.put("otherTablesGrownMb", grown);
    double pause = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      pause += collector.getCollectionTime();
    }
    figures.put("gcMs", pause);
    figures.put("settledFromMinute", settled.getFirst().minute);
    figures.put("looks", (double) looks.size());
  }

  /// MB per minute, by least squares.
  private static double slope(List<Look> looks) {
    double x = looks.stream().mapToDouble(Look::minute).average().orElse(0);
    double y = looks.stream().mapToDouble(Look::heapMb).average().orElse(0);
    double xy = looks.stream().mapToDouble(l -> (l.minute - x) * (l.heapMb - y)).sum();
    double xx = looks.stream().mapToDouble(l -> (l.minute - x) * (l.minute - x)).sum();
    return xx == 0 ? 0 : xy / xx;
  }
}
