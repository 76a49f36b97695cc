package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.Machine;
import io.gradus.runtime.PollResult;
import io.gradus.runtime.StartResult;
import io.gradus.runtime.SyncResult;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// What a node says at its bounds, and that it goes on below them.
class BoundsTest extends Nodes {
  private static final String ONE =
      """
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}""";

  @Test
  void aNodeWithoutMemoryLeftThrottlesStartsOfBothKindsUntilThereIsSome() {
    var answer = new CompletableFuture<TaskOutcome>();
    Node node =
        node(
            World.settings("full").withMaxHotBytes(1),
            pools(database.port()),
            World.functions(_ -> answer));
    ExecutionKey first = World.started(node.start(World.request(machine(tasks(1)), "a", "{}")));
    Machine pass = machine(ONE);
    World.await("it to be in memory", () -> node.figures().hotExecutions() == 1);
    assertThat(World.get(node.start(World.request(pass, "b", "{}"))))
        .isEqualTo(StartResult.Throttled.THROTTLED);
    assertThat(World.get(node.runSync(World.request(pass, null, "{}"))))
        .isEqualTo(SyncResult.Throttled.THROTTLED);
    assertThat(node.figures().refused().starts()).isEqualTo(2);
    answer.complete(new TaskOutcome.Succeeded(Payload.ofText("1")));
    World.await("the first to end", () -> World.status(database, first).equals("1"));
    World.await("its memory to be free", () -> node.figures().hotBytes() == 0);
    World.started(node.start(World.request(pass, "b", "{}")));
    assertThat(World.get(node.runSync(World.request(pass, null, "{}"))))
        .isInstanceOf(SyncResult.Ended.class);
  }

  @Test
  void aTenantThatStartsTooManyIsThrottled() {
    Node node =
        node(
            World.settings("strict").withStartsPerSecond(3),
            pools(database.port()),
            answering(_ -> "1"));
    Machine pass = machine(ONE);
    List<CompletionStage<StartResult>> starts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      starts.add(node.start(World.request(pass, "n" + i, "{}")));
    }
    long throttled =
        starts.stream().map(World::get).filter(StartResult.Throttled.class::isInstance).count();
    assertThat(throttled).isBetween(40L, 47L);
    assertThat(database.count("execution")).isEqualTo(50 - throttled);
  }

  @Test
  void anActivityHasAThousandPollersAtMostAndNothingIsKeptOfThem() {
    database.run(
        "insert into activity (tenant_id, id, name) values ('%s', '%s', 'crowd')"
            .formatted(TestDatabase.TENANT, UUID.randomUUID()));
    String arn = "arn:aws:states:us-east-1:000000000000:activity:crowd";
    Node node = node(World.settings("crowded"), pools(database.port()), answering(_ -> "1"));
    List<CompletionStage<PollResult>> polls = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      polls.add(node.pollActivity(World.TENANT, arn, null));
    }
    World.await("all to wait", () -> node.figures().pollers() == 1_000);
    assertThat(World.get(node.pollActivity(World.TENANT, arn, null)))
        .isEqualTo(PollResult.TooManyPollers.TOO_MANY_POLLERS);
    assertThat(node.figures().refused().polls()).isEqualTo(1);
    node.close();
    polls.forEach(poll -> assertThat(World.get(poll)).isEqualTo(PollResult.Nothing.NOTHING));
    World.await("none to wait", () -> node.figures().pollers() == 0);
  }
}
