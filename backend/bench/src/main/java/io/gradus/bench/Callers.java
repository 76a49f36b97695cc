package io.gradus.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Clients that call a server over HTTP, each as soon as it has its answer.
final class Callers {
  private static final int COUNT = 32;

  /// A server compiles what it does while it does it: on two cores that takes its time.
  private static final int WARM_SECONDS = 40;

  private Callers() {}

  /// Calls for so many seconds.
  ///
  /// @return calls answered per second
  static double round(
      Server server, String operation, String request, int seconds, Samples latencies)
      throws InterruptedException, IOException {
    LongAdder answered = new LongAdder();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    List<Thread> callers = new ArrayList<>();
    long from = System.nanoTime();
    for (int i = 0; i < COUNT; i++) {
      callers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Client client = server.client()) {
                      while (!stop.get()) {
                        long before = System.nanoTime();
                        client.call(operation, request);
                        latencies.add((System.nanoTime() - before) / 1e6);
                        answered.increment();
                      }
                    } catch (IOException e) {
                      failure.compareAndSet(null, e);
                    }
                  }));
    }
    TimeUnit.SECONDS.sleep(seconds);
    stop.set(true);
    for (Thread caller : callers) {
      caller.join();
    }
    IOException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return answered.sum() / ((System.nanoTime() - from) / 1e9);
  }

  /// Rounds of it, with what they cost.
  ///
  /// @param unit what a call is called in the figures, as `Start`
  static void measure(
      Bound bound,
      String request,
      String unit,
      Options options,
      java.util.Map<String, Double> figures)
      throws Exception {
    Samples latencies = new Samples();
    Samples rates = new Samples();
    int seconds = options.pace().seconds();
    round(bound.server, bound.operation, request, Math.max(WARM_SECONDS, seconds), new Samples());
    List<Meter.Cost> costs = new ArrayList<>();
    for (int i = 0; i < options.pace().rounds(); i++) {
      Meter meter = Meter.of(bound.database, bound.server.process());
      int before = latencies.size();
      rates.add(round(bound.server, bound.operation, request, seconds, latencies));
      costs.add(meter.stop(latencies.size() - before));
    }
    figures.put(unit.toLowerCase(java.util.Locale.ROOT) + "sPerSecond", rates.median());
    figures.put("p50Ms", latencies.percentile(50));
    figures.put("p99Ms", latencies.percentile(99));
    Meter.Cost cost = costs.get(costs.size() / 2);
    cost.put(figures, unit);
    if (cost.rows() > cost.units()) {
      figures.put("ratio", cost.ratio(bound.database, Math.max(2, seconds / 2)));
    }
  }

  /// What is called.
  record Bound(TemporaryDatabase database, Server server, String operation) {}
}
