package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.Verdict;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// One run: nodes under load on one PostgreSQL while faults happen; then everything is healed,
/// comes to rest, is written down and checked.
final class ChaosRun {
  private static final long HALF_A_MINUTE = TimeUnit.SECONDS.toNanos(30);

  private ChaosRun() {}

  /// With every kind of fault, and long Waits in its second half.
  static Verdict run(Stage.Cast cast, double minutes) throws Exception {
    return run(cast, minutes, EnumSet.allOf(Fault.class), (long) (minutes * HALF_A_MINUTE));
  }

  /// With these faults, and no long Waits.
  static Verdict run(Stage.Cast cast, double minutes, Set<Fault> faults) throws Exception {
    return run(cast, minutes, faults, 0);
  }

  private static Verdict run(Stage.Cast cast, double minutes, Set<Fault> faults, long farNanos)
      throws Exception {
    Chaos.say("%d nodes, %.1f minutes, seed %d", cast.nodes(), minutes, cast.seed());
    long nanos = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
    try (ChaosDatabase database = new ChaosDatabase(cast.directory().resolve("database"));
        Stage stage = new Stage(cast, database)) {
      long begun = System.nanoTime();
      stage.play(begun + farNanos);
      Adversary adversary = new Adversary(stage.nodes(), database, cast.seed(), faults);
      adversary.run(begun + nanos);
      Chaos.say("done: %s", adversary.done());
      return stage.judge();
    }
  }
}
