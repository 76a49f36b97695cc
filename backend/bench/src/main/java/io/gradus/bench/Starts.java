package io.gradus.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// W5: StartExecution over HTTP with SigV4, each durable when it is answered.
final class Starts implements Workload {
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
    return run(options, "STANDARD", "StartExecution", "Start");
  }

  /// Calls of one operation that runs a machine of one Pass state.
  static Map<String, Double> run(Options options, String type, String operation, String unit)
      throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    Path data = Files.createTempDirectory("gradus-bench");
    try (TemporaryDatabase database = TemporaryDatabase.open(options);
        Server server = Server.launch(data, Server.freePort(), database.settings());
        MemoryWatch memory = new MemoryWatch(database, server.process())) {
      server.awaitAnswer();
      String machine;
      try (Client client = server.client()) {
        machine = ColdStart.machine(client, "bench", type, ColdStart.PASS);
      }
      String request = "{\"stateMachineArn\":\"" + machine + "\",\"input\":\"{\\\"n\\\":1}\"}";
      Callers.measure(
          new Callers.Bound(database, server, operation), request, unit, options, figures);
      memory.put(figures);
      database.describe(figures);
    } finally {
      ColdStart.delete(data);
    }
    return figures;
  }
}
