package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.Verdict;
import java.util.concurrent.TimeUnit;

/// One run: nodes under load on one PostgreSQL while faults happen; then everything is healed,
/// comes to rest, is written down and checked.
final class ChaosRun {
  private ChaosRun() {}

  static Verdict run(Stage.Cast cast, double minutes) throws Exception {
    Chaos.say("%d nodes, %.1f minutes, seed %d", cast.nodes(), minutes, cast.seed());
    long nanos = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
    try (ChaosDatabase database = new ChaosDatabase(cast.directory().resolve("database"));
        Stage stage = new Stage(cast, database)) {
      long begun = System.nanoTime();
      stage.play(begun + nanos / 2);
      Adversary adversary = new Adversary(stage.nodes(), database, cast.seed());
      adversary.run(begun + nanos);
      Chaos.say("done: %s", adversary.done());
      return stage.judge();
    }
  }
}
