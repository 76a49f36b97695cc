package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.Verdict;
import java.util.concurrent.TimeUnit;

/// The primary dies and its standby is promoted, under load. A synchronous standby has all that was
/// acknowledged; an asynchronous one that lagged has not, which shows that the check can fail.
final class Failover {
  private static final int LOAD_SECONDS = 20;
  private static final int LAG_SECONDS = 3;

  private Failover() {}

  static Verdict run(Stage.Cast cast, boolean synchronous) throws Exception {
    try (ChaosDatabase database = new ChaosDatabase(cast.directory().resolve("database"));
        Stage stage = new Stage(cast, database)) {
      play(stage, database, cast, synchronous);
      return stage.judge();
    }
  }

  private static void play(
      Stage stage, ChaosDatabase database, Stage.Cast cast, boolean synchronous) throws Exception {
    try (Standby standby =
        new Standby(database, cast.directory().resolve("standby"), synchronous)) {
      stage.play(System.nanoTime());
      TimeUnit.SECONDS.sleep(LOAD_SECONDS);
      if (synchronous) {
        waitsAreCut(stage, standby);
      } else {
        standby.lag();
        TimeUnit.SECONDS.sleep(LAG_SECONDS);
      }
      database.failOver(standby);
      stage.nodes().forEach(node -> node.proxy().target(database.port()));
      long up = System.nanoTime();
      for (ChaosNode node : stage.nodes()) {
        DatabaseRestarts.awaitStart(node, "failover");
      }
      Chaos.say("  all nodes work %.2f s after the promotion", (System.nanoTime() - up) / 1e9);
      TimeUnit.SECONDS.sleep(LOAD_SECONDS / 2);
      standby.keep();
    }
  }

  /// The worst moment: commits wait for a standby that does not answer, their connections are lost,
  /// and the nodes ask what became of them. What stands on the primary alone must not be
  /// acknowledged.
  private static void waitsAreCut(Stage stage, Standby standby) throws Exception {
    standby.lag();
    TimeUnit.SECONDS.sleep(1);
    for (ChaosNode node : stage.nodes()) {
      node.proxy().closed(true);
      node.proxy().closed(false);
    }
    TimeUnit.SECONDS.sleep(LAG_SECONDS);
  }
}
