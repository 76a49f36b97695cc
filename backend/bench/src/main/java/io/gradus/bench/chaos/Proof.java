package io.gradus.bench.chaos;

import io.gradus.bench.ColdStart;
import io.gradus.bench.chaos.agent.Plant;
import io.gradus.bench.chaos.check.Verdict;
import io.gradus.bench.chaos.simulation.PlantedFault;
import io.gradus.bench.chaos.simulation.Simulations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether the checker sees what it is there to see: every fault that can be planted in the
/// simulation, and every one that can be planted in a real node, must be found.
final class Proof {
  private static final long SEEDS = 1_000;

  /// In a real node a fault shows by chance: each has so many runs to show.
  private static final int RUNS = 6;

  /// Enough for most.
  private static final Set<Fault> FEW =
      EnumSet.of(Fault.KILL_NODE, Fault.FREEZE_NODE, Fault.CUT_BEFORE_COMMIT, Fault.DISCONNECT);

  /// A version is held against another's only where two nodes believe to have an execution.
  private static final Map<Plant, Set<Fault>> SHOWN_BY =
      Map.of(Plant.NO_VERSION_CHECK, EnumSet.of(Fault.FREEZE_NODE));

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
    if (real) {
      for (Plant plant : Plant.values()) {
        String seen = seen(plant, directory, seed, minutes);
        all &= !seen.isEmpty();
        row("real nodes", plant.name(), plant.meaning(), seen.isEmpty() ? "NOT SEEN" : seen);
      }
    }
    return all;
  }

  /// What the checker says of the first run that shows the fault; empty if none does.
  private static String seen(Plant plant, Path directory, long seed, double minutes)
      throws Exception {
    for (int run = 1; run <= RUNS; run++) {
      Path own = Files.createDirectories(directory.resolve(plant.name() + "-" + run));
      Stage.Cast cast = new Stage.Cast(own, seed + run, 2, plant.name());
      Verdict verdict = ChaosRun.run(cast, minutes, SHOWN_BY.getOrDefault(plant, FEW));
      verdict.told().stream().limit(3).forEach(line -> Chaos.say("    %s", line));
      ColdStart.delete(own);
      if (!verdict.isClean()) {
        return "run " + run + ": " + verdict.line();
      }
    }
    return "";
  }

  private static void row(String where, String name, String meaning, String found) {
    System.out.printf(Locale.ROOT, "%-10s | %-22s | %-72s | %s%n", where, name, meaning, found);
  }
}
