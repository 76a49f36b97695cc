package io.gradus.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.ItemReader;
import io.gradus.engine.port.ResultWriter;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.Machine;
import io.gradus.runtime.MapPorts;
import io.gradus.runtime.NodeSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// W10: a Map Run over items that are read a page at a time, each a child execution with one task,
/// Standard and Express; its results are written. From 1,000 items to as many as asked for, the
/// cost of an item should stay what it is.
final class MapRunItems implements Workload {
  /// Numbers to read, and nowhere to write.
  static final MapPorts PORTS = new MapPorts(Numbers::read, Away::write);

  private static final int SMALLEST = 1_000;

  @Override
  public String name() {
    return "W10";
  }

  @Override
  public String title() {
    return "a Map Run with a child per item, Standard and Express";
  }

  @Override
  public Map<String, Double> run(Options options) throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    Tasks tasks = new Tasks();
    try (TemporaryDatabase database = TemporaryDatabase.open(options);
        MemoryWatch memory = new MemoryWatch(database, ProcessHandle.current());
        BenchNode node =
            BenchNode.start(
                NodeSettings.usual("bench", "us-east-1", new byte[32]),
                database.database(),
                tasks,
                PORTS)) {
      for (String type : options.children().types()) {
        for (int i = 0; i < 5; i++) {
          one(node, tasks, Machines.mapRun(type, SMALLEST, options.children().items())); // warm
        }
        database.forgetStatements();
        for (long items = SMALLEST; items <= options.sizes().items(); items *= 10) {
          Machine machine = Machines.mapRun(type, (int) items, options.children().items());
          measure(database, node, tasks, machine, (int) items, type, figures);
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

  private static void measure(
      TemporaryDatabase database,
      BenchNode node,
      Tasks tasks,
      Machine machine,
      int items,
      String type,
      Map<String, Double> figures)
      throws Exception {
    int times = Math.max(1, 5_000 / items);
    Samples samples = new Samples();
    Meter meter = Meter.here(database);
    for (int i = 0; i < times; i++) {
      samples.add(one(node, tasks, machine));
    }
    Meter.Cost cost = meter.stop((double) times * items);
    String lower = type.toLowerCase(Locale.ROOT);
    figures.put(lower + "ItemsPerSecond" + items, items / samples.median() * 1_000);
    Map<String, Double> costs = new LinkedHashMap<>();
    cost.put(costs, "Item");
    costs.forEach(
        (name, value) ->
            figures.put(
                lower + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + items,
                value));
  }

  /// Milliseconds from the start to the call after the Map, which is made when its end is durable.
  private static double one(BenchNode node, Tasks tasks, Machine machine)
      throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    tasks.done = done;
    long from = System.nanoTime();
    node.started(machine, Payload.ofText("{}"));
    if (!done.await(5, TimeUnit.HOURS)) {
      throw new IllegalStateException("expected a Map Run to end within 5 h");
    }
    return (System.nanoTime() - from) / 1e6;
  }

  /// Reads numbers up to what the arguments say.
  private static final class Numbers {
    static CompletionStage<ItemReader.Page> read(ItemReader.Query query) {
      int count = query.arguments().path("Count").asInt(0);
      byte[] cursor = query.cursor();
      int from = cursor == null ? 0 : Integer.parseInt(new String(cursor, UTF_8));
      int to = Math.min(count, from + query.maxItems());
      return CompletableFuture.completedFuture(
          new ItemReader.Page(
              IntStream.range(from, to)
                  .mapToObj(i -> new ItemReader.Item(Payload.ofText("" + i), "S3://there/numbers"))
                  .toList(),
              to == count ? null : ("" + to).getBytes(UTF_8)));
    }
  }

  /// Takes files and keeps none.
  private static final class Away {
    static CompletionStage<Void> write(ResultWriter.File file) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private static final class Tasks implements Connector {
    private static final Payload RESULT = Payload.ofText("{\"ok\":true}");
    volatile CountDownLatch done = new CountDownLatch(0);

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
