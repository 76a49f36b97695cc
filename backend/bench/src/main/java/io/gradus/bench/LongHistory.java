package io.gradus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// W7: a history of 25,000 events, the most there can be with AWS's limits: written by a loop of
/// Pass states, read over HTTP by pages of 1,000, and backwards from its end. With `--lifted` one
/// of at least 60,000, where the loop is stopped.
final class LongHistory implements Workload {
  private static final int EVENTS = 25_000;
  private static final int LIFTED_EVENTS = 60_000;
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  /// It has an end, as it must, that it never comes to.
  private static final String LOOP =
      """
      {"StartAt": "A", "States": {\
        "A": {"Type": "Pass", "Next": "B"},\
        "B": {"Type": "Choice", "Choices": [{"Variable": "$.end", "IsPresent": true, "Next": "End"}], "Default": "A"},\
        "End": {"Type": "Succeed"}}}""";

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
    Samples written = new Samples();
    Samples read = new Samples();
    Samples firstBack = new Samples();
    Samples back = new Samples();
    Path data = Files.createTempDirectory("gradus-bench");
    try (TemporaryDatabase database = TemporaryDatabase.open(options);
        Server server = Server.launch(data, Server.freePort(), database.settings());
        MemoryWatch memory = new MemoryWatch(database, server.process())) {
      server.awaitAnswer();
      if (options.lifted()) {
        database.execute("update tenant set aws_strict = false");
      }
      Meter.Cost cost = null;
      try (Client client = server.client()) {
        String machine = ColdStart.machine(client, "loop", "STANDARD", LOOP);
        for (int round = -1; round < options.pace().rounds(); round++) {
          boolean warm = round < 0;
          Meter meter = Meter.of(database, server.process());
          long from = System.nanoTime();
          String execution = start(client, machine);
          int events = options.lifted() ? stopped(client, execution) : full(client, execution);
          double took = (System.nanoTime() - from) / 1e6;
          cost = meter.stop(events);
          if (!warm) {
            write.add(took);
            written.add(events / took * 1_000);
          }
          from = System.nanoTime();
          page(client, execution, false, events);
          note(read, from, warm);
          from = System.nanoTime();
          page(client, execution, true, 0);
          note(firstBack, from, warm);
          from = System.nanoTime();
          page(client, execution, true, events);
          note(back, from, warm);
        }
      }
      figures.put("writeMs", write.median());
      figures.put("eventsWrittenPerSecond", written.median());
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

  private static String start(Client client, String machine) throws IOException {
    return ColdStart.field(
        client.call("StartExecution", "{\"stateMachineArn\":\"" + machine + "\"}"), "executionArn");
  }

  /// Waits until the history is full, which ends the execution.
  ///
  /// @return how many events it has
  private static int full(Client client, String execution)
      throws IOException, InterruptedException {
    String describe = "{\"executionArn\":\"" + execution + "\"}";
    await(() -> client.call("DescribeExecution", describe).contains("\"FAILED\""));
    return EVENTS;
  }

  /// Waits until the history is longer than AWS lets one be, and stops the execution.
  ///
  /// @return how many events it has
  private static int stopped(Client client, String execution)
      throws IOException, InterruptedException {
    await(() -> last(client, execution) >= LIFTED_EVENTS);
    client.call("StopExecution", "{\"executionArn\":\"" + execution + "\"}");
    return last(client, execution);
  }

  private static int last(Client client, String execution) throws IOException {
    String newest =
        client.call(
            "GetExecutionHistory",
            "{\"executionArn\":\"" + execution + "\",\"maxResults\":1,\"reverseOrder\":true}");
    Matcher id = ID.matcher(newest);
    return id.find() ? Integer.parseInt(id.group(1)) : 0;
  }

  /// What is waited for.
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      if (System.nanoTime() > until) {
        throw new IOException("expected the history to be long enough within 60 s");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /// Reads all pages and looks that all events are there, or the first page alone.
  ///
  /// @param expected 0 for the first page alone
  private static void page(Client client, String execution, boolean backwards, int expected)
      throws IOException {
    String token = "";
    int events = 0;
    do {
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
      token = answer.contains("\"nextToken\"") ? ColdStart.field(answer, "nextToken") : "";
    } while (expected > 0 && !token.isEmpty());
    if (expected > 0 && events != expected) {
      throw new IOException("expected " + expected + " events, found " + events);
    }
  }
}
