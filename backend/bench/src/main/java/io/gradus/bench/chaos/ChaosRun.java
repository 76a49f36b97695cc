package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.Verdict;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// One run: nodes under load on one PostgreSQL while faults happen; then everything is healed,
/// comes to rest, is written down and checked.
final class ChaosRun {
  /// Enough for a fault that is in every node.
  private static final Set<Fault> FEW =
      EnumSet.of(Fault.KILL_NODE, Fault.FREEZE_NODE, Fault.CUT_BEFORE_COMMIT, Fault.DISCONNECT);

  private ChaosRun() {}

  static Verdict run(Stage.Cast cast, double minutes) throws Exception {
    Chaos.say("%d nodes, %.1f minutes, seed %d", cast.nodes(), minutes, cast.seed());
    long nanos = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
    try (ChaosDatabase database = new ChaosDatabase(cast.directory().resolve("database"));
        Stage stage = new Stage(cast, database)) {
      long begun = System.nanoTime();
      boolean planted = !cast.plant().isEmpty();
      stage.play(planted ? begun : begun + nanos / 2);
      Adversary adversary =
          new Adversary(
              stage.nodes(), database, cast.seed(), planted ? FEW : EnumSet.allOf(Fault.class));
      adversary.run(begun + nanos);
      Chaos.say("done: %s", adversary.done());
      return stage.judge();
    }
  }
}
