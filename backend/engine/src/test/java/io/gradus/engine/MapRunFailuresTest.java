package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Frame.Phase.InMapRun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A distributed Map that fails: what it writes out goes before it says so.
class MapRunFailuresTest {
  private static final String WRITER =
      """
      "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"b"}},""";

  private static World map(String fields, String input) {
    return new World(
        """
        {"StartAt":"M","States":{"M":{"Type":"Map",%s"ItemProcessor":{
          "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
          "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}"""
            .formatted(fields),
        input);
  }

  private static Command written(Effect.GatherResults gather, long children) {
    return new Command.ResultsGathered(
        gather.mapRun().frame(),
        gather.mapRun().startedEventId(),
        Payload.ofText("{}"),
        new MapProgress.Written(children, children));
  }

  private static @Nullable ExecutionStatus failing(Effect.StartChild child) {
    return child.index() == 0 ? ExecutionStatus.FAILED : null;
  }

  @Test
  void itsChildrenEndAndItsFilesAreWrittenBeforeItFails() {
    List<MapProgress> before = new ArrayList<>();
    List<Execution> seen = new ArrayList<>();
    World world = map(WRITER + "\"MaxConcurrency\":3,", "[0,1,2,3,4]");
    world
        .children(child -> child.index() == 0 ? ExecutionStatus.FAILED : null)
        .gathering(
            gather -> {
              seen.add(world.execution);
              before.add(run(world.execution).progress());
              return written(gather, 5);
            })
        .run();
    assertThat(before)
        .singleElement()
        .satisfies(
            progress -> {
              assertThat(progress.running()).isZero();
              assertThat(progress.failed()).isEqualTo(1);
              assertThat(progress.aborted()).isEqualTo(2);
            });
    assertThat(seen).allMatch(execution -> execution.status() == ExecutionStatus.RUNNING);
    assertThat(world.types())
        .containsExactly(
            "ExecutionStarted",
            "MapStateEntered",
            "MapStateStarted",
            "MapRunStarted",
            "MapRunFailed",
            "MapStateFailed",
            "ExecutionFailed");
    assertThat(world.execution.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThat(world.mapRuns.values())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.status()).isEqualTo(MapRun.Status.FAILED);
              assertThat(run.progress().written()).isEqualTo(new MapProgress.Written(5, 5));
              assertThat(run.progress().items()).isEqualTo(3);
            });
    assertThat(Engine.replay(world.execution.info(), world.journal)).isEqualTo(world.execution);
  }

  private static Command denied(Effect.GatherResults gather) {
    return new Command.MapRunHindered(
        gather.mapRun().frame(),
        gather.mapRun().startedEventId(),
        ErrorName.RESULT_WRITER_FAILED,
        "Access Denied");
  }

  @Test
  void itFailsOfWhatItFailedWhenItsFilesCannotBeWritten() {
    World world =
        map(WRITER, "[0,1]")
            .children(MapRunFailuresTest::failing)
            .gathering(MapRunFailuresTest::denied)
            .run();
    assertThat(world.execution.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThat(world.effects).filteredOn(Effect.GatherResults.class::isInstance).hasSize(1);
    assertThat(world.mapRuns.values()).allMatch(run -> run.progress().written() == null);
  }

  @Test
  void aWritersOwnErrorEndsItAtOnce() {
    World world = map(WRITER, "[0,1]").gathering(MapRunFailuresTest::denied).run();
    assertThat(world.execution.error()).isEqualTo("States.ResultWriterFailed");
    assertThat(world.effects).filteredOn(Effect.GatherResults.class::isInstance).hasSize(1);
  }

  @Test
  void whatComesLateDoesNotEndItBeforeItsChildren() {
    World world = map(WRITER, "[0,1]").children(_ -> null).run();
    Effect.StartChild first = world.children.getFirst();
    world.send(World.ended(first, ExecutionStatus.FAILED));
    assertThat(
            world.send(
                new Command.MapRunHindered(
                    first.mapRun().frame(),
                    first.mapRun().startedEventId(),
                    ErrorName.ITEM_READER_FAILED,
                    "Slow down")))
        .isInstanceOf(Decision.Rejected.class);
    assertThat(world.send(new Command.Continue())).isInstanceOf(Decision.Rejected.class);
    world.settle();
    assertThat(world.types()).endsWith("MapRunFailed", "MapStateFailed", "ExecutionFailed");
  }

  @Test
  void stoppingDoesNotWaitForFiles() {
    World world = map(WRITER, "[0,1]").children(_ -> null).run();
    world.send(World.ended(world.children.getFirst(), ExecutionStatus.FAILED));
    world.send(new Command.StopExecution("Enough", null));
    assertThat(world.types()).endsWith("MapRunAborted", "ExecutionAborted");
    assertThat(world.effects).noneMatch(Effect.GatherResults.class::isInstance);
  }

  @Test
  void aNodeThatLoadsItWritesAgain() {
    World world = map(WRITER, "[0]").children(MapRunFailuresTest::failing);
    List<Effect> resumed = new ArrayList<>();
    world
        .gathering(
            gather -> {
              resumed.addAll(
                  Engine.resume(
                      world.stored(world.execution),
                      new Environment(world.now, () -> 1, (_, _) -> "token")));
              return written(gather, 1);
            })
        .run();
    assertThat(resumed).singleElement().isInstanceOf(Effect.GatherResults.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                | 1 2 3 4
          "ItemSelector":{"v.$":"$$.Map.Item.Value","i.$":"$$.Map.Item.Index"}, | {"v":1,"i":1} {"v":2,"i":2} {"v":3,"i":3} {"v":4,"i":4}
          "ItemBatcher":{"MaxItemsPerBatch":3,"BatchInput":{"a":1}},"ItemSelector":{"v.$":"$$.Map.Item.Value"}, | {"BatchInput":{"a":1},"Items":[{"v":3},{"v":4}]}
          """)
  void whatWasNotStartedIsGivenAsItWouldHaveBeen(String fields, String expected) {
    String bounds = WRITER + "\"MaxConcurrency\":1," + fields.replace("''", "");
    List<String> pending = new ArrayList<>();
    World world = map(bounds, "[0,1,2,3,4]");
    world
        .children(_ -> ExecutionStatus.FAILED)
        .gathering(
            gather -> {
              pending.addAll(unstarted(world));
              assertThat(unstarted(world)).isEqualTo(pending);
              return written(gather, 5);
            })
        .run();
    assertThat(String.join(" ", pending)).isEqualTo(expected);
  }

  @Test
  void madeAgainItIsTheSame() {
    String fields = WRITER + "\"MaxConcurrency\":1,\"ItemSelector\":{\"id.$\":\"States.UUID()\"},";
    List<List<String>> pending = new ArrayList<>();
    World world = map(fields, "[0,1,2]");
    world
        .children(_ -> ExecutionStatus.FAILED)
        .gathering(
            gather -> {
              pending.add(unstarted(world));
              pending.add(unstarted(world));
              return written(gather, 3);
            })
        .run();
    assertThat(pending.getFirst()).hasSize(2).doesNotHaveDuplicates().isEqualTo(pending.getLast());
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whatBeganBeforeAnItemThatCannotBeMadeCounts(boolean writes) {
    List<String> pending = new ArrayList<>();
    World world =
        map(
            (writes ? WRITER : "")
                + "\"ItemSelector\":{\"v.$\":\"States.MathAdd($$.Map.Item.Value, 1)\"},",
            "[0,1,\"x\",3]");
    world
        .children(_ -> null)
        .gathering(
            gather -> {
              pending.addAll(unstarted(world));
              return written(gather, 4);
            })
        .run();
    assertThat(world.execution.error()).isEqualTo("States.IntrinsicFailure");
    assertThat(world.stopped).hasSize(1);
    assertThat(world.mapRuns.values())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.progress().children()).isEqualTo(2);
              assertThat(run.progress().aborted()).isEqualTo(2);
            });
    assertThat(pending).isEqualTo(writes ? List.of("\"x\"", "{\"v\":4}") : List.of());
  }

  @Test
  void whatCannotBeTakenUpAgainIsCounted() {
    World world = map("\"ToleratedFailureCount\":9,", "[0,1,2]").children(_ -> null).run();
    for (Effect.StartChild child : world.children) {
      world.send(
          new Command.ChildEnded(
              child.mapRun().frame(),
              child.mapRun().startedEventId(),
              child.index(),
              child.index() == 0 ? ExecutionStatus.SUCCEEDED : ExecutionStatus.FAILED,
              1,
              child.index() == 1));
    }
    assertThat(world.mapRuns.values())
        .singleElement()
        .satisfies(run -> assertThat(run.progress().notRedrivable()).isEqualTo(1));
  }

  private static List<String> unstarted(World world) {
    List<String> inputs = new ArrayList<>();
    var unstarted =
        Engine.unstarted(
            world.stored(world.execution),
            FrameId.ROOT,
            (input, _) -> inputs.add(input.toString()));
    assertThat(unstarted.addOwn()).isTrue();
    unstarted.end();
    return inputs;
  }

  private static InMapRun run(Execution execution) {
    return (InMapRun) execution.frame(FrameId.ROOT).phase();
  }
}
