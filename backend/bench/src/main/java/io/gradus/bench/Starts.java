package io.gradus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// W5: StartExecution over HTTP with SigV4, each durable when it is answered.
final class Starts implements Workload {
  private static final int CALLERS = 32;

  @Override
  public String name() {
    return "W5";
  }

  @Override
  public String title() {
    return "StartExecution calls over HTTP, signed, 32 callers, each durable when answered";
  }

  @Override
  public Map<String, Double> run(Options options) throws Exception {
    Path data = Files.createTempDirectory("gradus-bench");
    try (Server server = Server.launch(data)) {
      server.awaitAnswer();
      String machine;
      try (Client client = server.client()) {
        machine = ColdStart.machine(client, "starts");
      }
      String request = "{\"stateMachineArn\":\"" + machine + "\",\"input\":\"{\\\"n\\\":1}\"}";
      round(server, request, options.seconds(), new Samples()); // warm
      Samples rates = new Samples();
      Samples latencies = new Samples();
      for (int i = 0; i < options.rounds(); i++) {
        rates.add(round(server, request, options.seconds(), latencies));
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("startsPerSecond", rates.median());
      figures.put("p50Ms", latencies.percentile(50));
      figures.put("p99Ms", latencies.percentile(99));
      return figures;
    } finally {
      ColdStart.delete(data);
    }
  }

  private static double round(Server server, String request, int seconds, Samples latencies)
      throws InterruptedException, IOException {
    LongAdder started = new LongAdder();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    List<Thread> callers = new ArrayList<>();
    long from = System.nanoTime();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Client client = server.client()) {
                      while (!stop.get()) {
                        long before = System.nanoTime();
                        client.call("StartExecution", request);
                        latencies.add((System.nanoTime() - before) / 1e6);
                        started.increment();
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
    return started.sum() / ((System.nanoTime() - from) / 1e9);
  }
}
