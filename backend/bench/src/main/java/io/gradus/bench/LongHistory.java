package io.gradus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// W7: a history of 25,000 events, the most there can be: written by a loop of Pass states, read
/// over HTTP by pages of 1,000, and backwards from its end.
final class LongHistory implements Workload {
  private static final int EVENTS = 25_000;
  private static final String LOOP =
      "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},\"B\":{\"Type\":\"Pass\",\"Next\":\"A\"}}}";

  @Override
  public String name() {
    return "W7";
  }

  @Override
  public String title() {
    return "a history of 25,000 events: written, read, paged backwards";
  }

  @Override
  public Map<String, Double> run(Options options) throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    Samples write = new Samples();
    Samples read = new Samples();
    Samples firstBack = new Samples();
    Samples back = new Samples();
    Path data = Files.createTempDirectory("gradus-bench");
    try (TemporaryDatabase database = TemporaryDatabase.open(options);
        Server server = Server.launch(data, Server.freePort(), database.settings());
        MemoryWatch memory = new MemoryWatch(database, server.process())) {
      server.awaitAnswer();
      Meter.Cost cost = null;
      try (Client client = server.client()) {
        String machine = ColdStart.machine(client, "loop", "STANDARD", LOOP);
        for (int round = -1; round < options.pace().rounds(); round++) {
          boolean warm = round < 0;
          Meter meter = Meter.of(database, server.process());
          long from = System.nanoTime();
          String execution = finished(client, machine);
          note(write, from, warm);
          cost = meter.stop(EVENTS);
          from = System.nanoTime();
          page(client, execution, false, Integer.MAX_VALUE);
          note(read, from, warm);
          from = System.nanoTime();
          page(client, execution, true, 1);
          note(firstBack, from, warm);
          from = System.nanoTime();
          page(client, execution, true, Integer.MAX_VALUE);
          note(back, from, warm);
        }
      }
      figures.put("writeMs", write.median());
      figures.put("eventsWrittenPerSecond", EVENTS / write.median() * 1_000);
      figures.put("readMs", read.median());
      figures.put("firstPageBackwardsMs", firstBack.median());
      figures.put("readBackwardsMs", back.median());
      if (cost != null) {
        cost.put(figures, "Event");
        figures.put("ratio", cost.ratio(database, 2));
      }
      memory.put(figures);
      database.describe(figures);
    } finally {
      ColdStart.delete(data);
    }
    return figures;
  }

  private static void note(Samples samples, long from, boolean warm) {
    if (!warm) {
      samples.add((System.nanoTime() - from) / 1e6);
    }
  }

  /// Starts the loop and waits until its history is full.
  private static String finished(Client client, String machine)
      throws IOException, InterruptedException {
    String execution =
        ColdStart.field(
            client.call("StartExecution", "{\"stateMachineArn\":\"" + machine + "\"}"),
            "executionArn");
    String describe = "{\"executionArn\":\"" + execution + "\"}";
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!client.call("DescribeExecution", describe).contains("\"FAILED\"")) {
      if (System.nanoTime() > until) {
        throw new IOException("expected the history to be full within 60 s");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return execution;
  }

  /// Reads up to so many pages, and looks that all events are there.
  private static void page(Client client, String execution, boolean backwards, int pages)
      throws IOException {
    String token = "";
    int events = 0;
    for (int page = 0; page < pages; page++) {
      String answer =
          client.call(
              "GetExecutionHistory",
              "{\"executionArn\":\"%s\",\"maxResults\":1000,\"reverseOrder\":%s%s}"
                  .formatted(
                      execution,
                      backwards,
                      token.isEmpty() ? "" : ",\"nextToken\":\"" + token + "\""));
      for (int at = answer.indexOf("\"timestamp\"");
          at >= 0;
          at = answer.indexOf("\"timestamp\"", at + 1)) {
        events++;
      }
      if (!answer.contains("\"nextToken\"")) {
        break;
      }
      token = ColdStart.field(answer, "nextToken");
    }
    if (pages > EVENTS && events != EVENTS) {
      throw new IOException("expected " + EVENTS + " events, found " + events);
    }
  }
}
