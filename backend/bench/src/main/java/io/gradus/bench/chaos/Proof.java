package io.gradus.bench.chaos;

import io.gradus.bench.ColdStart;
import io.gradus.bench.chaos.agent.Plant;
import io.gradus.bench.chaos.check.Verdict;
import io.gradus.bench.chaos.simulation.PlantedFault;
import io.gradus.bench.chaos.simulation.Simulations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Whether the checker sees what it is there to see: every fault that can be planted in the
/// simulation, and every one that can be planted in a real node, must be found.
final class Proof {
  private static final long SEEDS = 1_000;

  private Proof() {}

  /// @param real whether real nodes are started as well
  /// @return whether all were found
  static boolean run(Path directory, long seed, double minutes, boolean real) throws Exception {
    boolean all = true;
    for (PlantedFault fault : PlantedFault.values()) {
      if (fault != PlantedFault.NONE) {
        Optional<Simulations.Failure> caught = Simulations.firstCaught(fault, SEEDS);
        all &= caught.isPresent();
        row(
            "simulated",
            fault.name(),
            fault.meaning(),
            caught.map(found -> "seed " + found.seed() + ": " + found.line()).orElse("NOT SEEN"));
      }
    }
    for (Plant plant : Plant.values()) {
      if (real) {
        Path own = Files.createDirectories(directory.resolve(plant.name()));
        Stage.Cast cast = new Stage.Cast(own, seed, 2, plant.name());
        Verdict verdict = ChaosRun.run(cast, minutes);
        all &= !verdict.isClean();
        verdict.told().stream().limit(3).forEach(line -> Chaos.say("    %s", line));
        row(
            "real nodes",
            plant.name(),
            plant.meaning(),
            verdict.isClean() ? "NOT SEEN" : verdict.line());
        ColdStart.delete(own);
      }
    }
    return all;
  }

  private static void row(String where, String name, String meaning, String found) {
    System.out.printf(Locale.ROOT, "%-10s | %-22s | %-72s | %s%n", where, name, meaning, found);
  }
}
