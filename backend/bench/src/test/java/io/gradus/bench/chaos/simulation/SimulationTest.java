package io.gradus.bench.chaos.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.bench.chaos.check.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// The engine in many bad worlds. A seed that fails fails again, here and by the command that the
/// message names.
class SimulationTest {
  private static final int SEEDS = 10_000;
  private static final int SEEDS_FOR_EVERY_COMMIT = 12;
  private static final int SEEDS_FOR_A_FAULT = 150;

  @Test
  void nothingIsLostAndNothingHappensTwice() {
    assertThat(Simulations.run(0, SEEDS)).isEmpty();
  }

  /// Every place at which a node can die between its decisions, one after another.
  @ParameterizedTest
  @EnumSource(value = CommitFate.class, mode = Mode.EXCLUDE, names = "DONE")
  void everyCommitCanGoWrong(CommitFate fate) {
    for (long seed = 0; seed < SEEDS_FOR_EVERY_COMMIT; seed++) {
      int commits = Simulation.commits(seed);
      assertThat(commits).isPositive();
      for (int commit = 0; commit < commits; commit++) {
        Verdict verdict = Simulation.run(seed, commit, fate);
        assertThat(verdict.told()).as("seed %d, commit %d", seed, commit).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = PlantedFault.class, mode = Mode.EXCLUDE, names = "NONE")
  void everyPlantedFaultIsSeen(PlantedFault fault) {
    assertThat(Simulations.firstCaught(fault, SEEDS_FOR_A_FAULT)).as(fault.meaning()).isPresent();
  }

  @Test
  void aSeedIsTheSameWorldAgain() {
    assertThat(Simulation.record(7, PlantedFault.NONE).notes())
        .isEqualTo(Simulation.record(7, PlantedFault.NONE).notes())
        .isNotEmpty();
  }
}
