package io.gradus.bench.chaos;

import io.gradus.bench.Client;
import io.gradus.bench.chaos.check.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL that is killed and comes back: how long after it is up again each node starts
/// executions, with no restart of any node.
final class DatabaseRestarts {
  private static final int RESTARTS = 10;

  private DatabaseRestarts() {}

  static Verdict run(Stage.Cast cast) throws Exception {
    List<Double> seconds = new ArrayList<>();
    try (ChaosDatabase database = new ChaosDatabase(cast.directory().resolve("database"));
        Stage stage = new Stage(cast, database)) {
      List<Long> processes = stage.nodes().stream().map(ChaosNode::pid).toList();
      stage.play(System.nanoTime());
      for (int i = 0; i < RESTARTS; i++) {
        TimeUnit.SECONDS.sleep(4);
        database.crash();
        stage.nodes().forEach(node -> node.proxy().target(database.port()));
        long up = System.nanoTime();
        for (ChaosNode node : stage.nodes()) {
          awaitStart(node, "restart" + i);
        }
        seconds.add((System.nanoTime() - up) / 1e9);
        Chaos.say("  all nodes start executions %.2f s after it was up", seconds.getLast());
      }
      Verdict verdict = stage.judge();
      if (!stage.nodes().stream().map(ChaosNode::pid).toList().equals(processes)) {
        verdict.add(Verdict.Kind.LOST, "a node had to be started again");
      }
      Chaos.say("%s", Seconds.line("nodes work after PostgreSQL is up", seconds));
      return verdict;
    }
  }

  /// Until that node itself has read and answered from the database.
  static void awaitStart(ChaosNode node, String what) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < until) {
      try (Client client = Tenant.ONE.client(node.port())) {
        client.call(
            "DescribeStateMachine", "{\"stateMachineArn\":\"" + Tenant.ONE.machineArn() + "\"}");
        return;
      } catch (IOException _) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    throw new IOException("expected " + node.name() + " to work again after " + what);
  }
}
