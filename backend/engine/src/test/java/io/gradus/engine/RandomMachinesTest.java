package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Machines of any shape, with tasks that succeed, fail or never answer, and commands that come
/// twice: whatever happens, the journal is gapless and folds to the state, and nothing is left over
/// at the end. A failing seed fails again.
class RandomMachinesTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void journalIsGaplessAndNothingIsLeftOver(long block) {
    for (long seed = block * 100; seed < block * 100 + 100; seed++) {
      try {
        runOne(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void runOne(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String definition = new MachineGenerator(random).machine(3);
    World world = new World(definition, "{\"items\":[1,2,3],\"n\":" + random.nextInt(10) + "}");
    world.anyTask(
        call -> {
          int draw = random.nextInt(10);
          if (draw < 7) {
            return new Command.TaskSucceeded(call.task(), result(random));
          }
          return draw < 9 ? World.failed(call, "E" + random.nextInt(2), "cause") : null;
        });
    world.echo(command -> random.nextInt(4) == 0);

    world.run();
    if (!world.execution.status().isTerminal()) {
      world.send(new Command.StopExecution(null, null));
    }

    List<Fact.HistoryEvent> events = world.events();
    Set<Long> seen = new HashSet<>(Set.of(0L));
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).id()).isEqualTo(i + 1L);
      assertThat(seen).contains(events.get(i).previousEventId());
      seen.add(events.get(i).id());
    }
    Execution folded = Execution.fresh(world.execution.info());
    for (Fact fact : world.journal) {
      folded = Engine.apply(folded, fact);
    }
    assertThat(folded.status()).isEqualTo(world.execution.status());
    assertThat(folded.output()).isEqualTo(world.execution.output());
    assertThat(world.execution.frames()).isEmpty();
    assertThat(world.timers).isEmpty();
    assertThat(world.openTasks).isEmpty();
  }

  private static Payload result(SplittableRandom random) {
    return random.nextInt(5) == 0
        ? Payload.ofText("{\"items\":[1,2],\"big\":\"" + "y".repeat(300) + "\"}")
        : Payload.ofText("{\"items\":[4,5,6,7],\"n\":" + random.nextInt(10) + "}");
  }
}
