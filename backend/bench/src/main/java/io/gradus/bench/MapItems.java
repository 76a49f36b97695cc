package io.gradus.bench;

import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// W2: a Map with one task per item, from the start to the durable end. Inline runs 40 iterations
/// at once, as AWS does. DISTRIBUTED makes a Map Run with a Standard child for each.
final class MapItems implements Workload {
  private static final List<Integer> SIZES = List.of(10, 100, 1_000, 10_000);

  @Override
  public String name() {
    return "W2";
  }

  @Override
  public String title() {
    return "a Map with one task per item, inline and distributed";
  }

  @Override
  public Map<String, Double> run(Options options) throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    Tasks tasks = new Tasks();
    try (TemporaryDatabase database = TemporaryDatabase.open(options);
        MemoryWatch memory = new MemoryWatch(database, ProcessHandle.current());
        BenchNode node = BenchNode.start("bench", database.database(), tasks)) {
      Lab lab = new Lab(database, node, tasks);
      for (String mode : List.of("INLINE", "DISTRIBUTED")) {
        Machine machine = Machines.map(mode);
        for (int i = 0; i < 40; i++) {
          one(lab, machine, Math.min(1_000, options.sizes().items())); // warm
        }
        database.forgetStatements();
        for (int items : SIZES) {
          if (items <= options.sizes().items()) {
            measure(lab, machine, mode, items, options, figures);
          }
        }
      }
      if (options.profile()) {
        database.sayDearest();
      }
      memory.put(figures);
      database.describe(figures);
    }
    return figures;
  }

  private record Lab(TemporaryDatabase database, BenchNode node, Tasks tasks) {}

  private static void measure(
      Lab lab,
      Machine machine,
      String mode,
      int items,
      Options options,
      Map<String, Double> figures)
      throws Exception {
    Samples samples = new Samples();
    int times = Math.max(1, Math.min(50, 20_000 / items)) * options.pace().rounds();
    Meter meter = Meter.here(lab.database);
    for (int i = 0; i < times; i++) {
      samples.add(one(lab, machine, items));
    }
    Meter.Cost cost = meter.stop((double) times * items);
    String lower = mode.toLowerCase(Locale.ROOT);
    figures.put(lower + "Ms" + items, samples.median());
    figures.put(lower + "MicrosPerItem" + items, samples.median() * 1_000 / items);
    if (items == 1_000) {
      Map<String, Double> costs = new LinkedHashMap<>();
      cost.put(costs, "Item");
      costs.put("ratio", cost.ratio(lab.database, 2));
      costs.forEach((name, value) -> figures.put(lower + capital(name), value));
    }
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /// Milliseconds from the start to the call after the Map, which is made when its end is durable.
  private static double one(Lab lab, Machine machine, int items) throws InterruptedException {
    String input =
        IntStream.range(0, items)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    CountDownLatch done = new CountDownLatch(1);
    lab.tasks.done = done;
    long from = System.nanoTime();
    lab.node.started(machine, Payload.ofText(input));
    if (!done.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("expected a Map of " + items + " to end within 2 min");
    }
    return (System.nanoTime() - from) / 1e6;
  }

  private static final class Tasks implements Connector {
    volatile CountDownLatch done = new CountDownLatch(0);
    private static final Payload RESULT = Payload.ofText("{\"ok\":true}");

    @Override
    public boolean handles(Resource resource) {
      return true;
    }

    @Override
    public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
      if (invocation.state().value().equals("Done")) {
        done.countDown();
      }
      return CompletableFuture.completedFuture(new TaskOutcome.Succeeded(RESULT));
    }
  }
}
