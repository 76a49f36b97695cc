package io.gradus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// W4: from nothing to the first finished execution, over the API; and what an idle server takes.
public final class ColdStart implements Workload {
  static final String PASS =
      "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}";
  private static final long SETTLE_SECONDS = 10;

  @Override
  public String name() {
    return "W4";
  }

  @Override
  public String title() {
    return "cold start to the first finished execution, warm start, idle memory";
  }

  @Override
  public Map<String, Double> run(Options options) throws Exception {
    Path data = Files.createTempDirectory("gradus-bench");
    Map<String, Double> figures = new LinkedHashMap<>();
    try {
      figures.put("coldStartMs", firstFinished(data, figures));
      figures.put("warmStartMs", firstFinished(data, figures));
    } finally {
      delete(data);
    }
    return figures;
  }

  private static double firstFinished(Path data, Map<String, Double> figures)
      throws IOException, InterruptedException {
    long from = System.nanoTime();
    try (Server server = Server.launch(data)) {
      server.awaitAnswer();
      try (Client client = server.client()) {
        String machine = machine(client, "cold-" + System.nanoTime());
        String execution =
            field(
                client.call("StartExecution", "{\"stateMachineArn\":\"" + machine + "\"}"),
                "executionArn");
        String describe = "{\"executionArn\":\"" + execution + "\"}";
        while (!client.call("DescribeExecution", describe).contains("\"SUCCEEDED\"")) {
          TimeUnit.MILLISECONDS.sleep(2);
        }
      }
      double ms = (System.nanoTime() - from) / 1e6;
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      figures.put("idleResidentMb", ProcessCost.residentMb(server.process().pid()));
      return ms;
    }
  }

  static String machine(Client client, String name) throws IOException {
    return machine(client, name, "STANDARD", PASS);
  }

  /// Makes a state machine; returns its ARN.
  static String machine(Client client, String name, String type, String definition)
      throws IOException {
    return field(
        client.call(
            "CreateStateMachine",
            "{\"name\":\""
                + name
                + "\",\"type\":\""
                + type
                + "\",\"roleArn\":\"arn:aws:iam::000000000000:role/bench\",\"definition\":\""
                + definition.replace("\"", "\\\"")
                + "\"}"),
        "stateMachineArn");
  }

  /// The text of a member of a flat JSON object.
  static String field(String json, String name) {
    int from = json.indexOf('"' + name + '"');
    int start = json.indexOf('"', json.indexOf(':', from)) + 1;
    return json.substring(start, json.indexOf('"', start));
  }

  /// Deletes a directory with all that is in it.
  public static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
