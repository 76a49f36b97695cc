package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// How long the work of a dead node waits: from a kill -9 until another node has taken over all
/// that it had, measured many times under load. The dead node comes back only afterwards.
final class NodeDeaths {
  private static final int KILLS = 20;
  private static final int MOST_SECONDS = 60;

  private NodeDeaths() {}

  static Verdict run(Stage.Cast cast) throws Exception {
    Random random = new Random(cast.seed());
    List<Double> seconds = new ArrayList<>();
    try (ChaosDatabase database = new ChaosDatabase(cast.directory().resolve("database"));
        Stage stage = new Stage(cast, database)) {
      stage.play(System.nanoTime());
      for (int i = 0; i < KILLS; i++) {
        ChaosNode node = stage.nodes().get(i % stage.nodes().size());
        TimeUnit.MILLISECONDS.sleep(2_000 + random.nextInt(2_000));
        long had = database.count(owned(node));
        double moved = kill(database, node);
        seconds.add(moved);
        Chaos.say("  %s died with %d executions; moved after %.2f s", node.name(), had, moved);
        node.start();
        node.awaitAnswer();
      }
      Verdict verdict = stage.judge();
      Chaos.say("%s", Seconds.line("a dead node's work moved", seconds));
      return verdict;
    }
  }

  private static double kill(ChaosDatabase database, ChaosNode node)
      throws SQLException, InterruptedException, IOException {
    node.kill();
    long killed = System.nanoTime();
    while (database.count(owned(node)) > 0) {
      if (System.nanoTime() - killed > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
        throw new IOException("expected " + node.name() + "'s work to move within a minute");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return (System.nanoTime() - killed) / 1e9;
  }

  /// What is still this node's.
  private static String owned(ChaosNode node) {
    return "execution e where status = 0 and owner = (select max(incarnation) from node where name = '"
        + node.name()
        + "')";
  }
}
