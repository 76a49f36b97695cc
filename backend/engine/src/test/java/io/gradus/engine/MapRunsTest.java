package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.port.ItemReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A distributed Map: how its items become children, and what their ends come to.
class MapRunsTest {
  private static World map(String fields, String input) {
    return new World(
        """
        {"StartAt":"M","States":{"M":{"Type":"Map",%s"ItemProcessor":{
          "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
          "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}"""
            .formatted(fields),
        input);
  }

  private static World jsonata(String fields, String input) {
    return new World(
        """
        {"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map",%s"ItemProcessor":{
          "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
          "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}"""
            .formatted(fields),
        input);
  }

  private static List<String> inputs(World world) {
    return world.children.stream().map(child -> child.input().toString()).toList();
  }

  private static String numbers(int count) {
    return IntStream.range(0, count)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void itsEventsFollowOneAnotherAsAwsRecordsThem() {
    World world = map("\"MaxConcurrency\":1,", "[1,2,3]").run();
    assertThat(world.output()).isEqualTo("[1,2,3]");
    assertThat(world.chain())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered",
            "3<-2 MapStateStarted",
            "4<-3 MapRunStarted",
            "5<-4 MapRunSucceeded",
            "6<-5 MapStateSucceeded",
            "7<-5 MapStateExited",
            "8<-7 ExecutionSucceeded");
    assertThat(Engine.replay(world.execution.info(), world.journal)).isEqualTo(world.execution);
  }

  @Test
  void anEmptyOneSucceedsAtOnce() {
    World world = map("", "[]").run();
    assertThat(world.output()).isEqualTo("[]");
    assertThat(world.types()).contains("MapRunStarted", "MapRunSucceeded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "MaxItemsPerBatch":2            | [1,2,3,4,5] | {"Items":[1,2]} {"Items":[3,4]} {"Items":[5]}
          "MaxItemsPerBatchPath":"$[0]"   | [3,2,3,4]   | {"Items":[3,2,3]} {"Items":[4]}
          "MaxInputBytesPerBatch":18      | [1,2,3,4,5] | {"Items":[1,2,3]} {"Items":[4,5]}
          "MaxInputBytesPerBatchPath":"$[0]"|[16,2,3]   | {"Items":[16]} {"Items":[2,3]}
          "MaxItemsPerBatch":2,"BatchInput":{"a.$":"$[0]"} | [1,2,3] | {"BatchInput":{"a":1},"Items":[1,2]} {"BatchInput":{"a":1},"Items":[3]}
          """)
  void itemsAreBatched(String batcher, String input, String expected) {
    World world = map("\"ItemBatcher\":{" + batcher + "},", input).run();
    assertThat(String.join(" ", inputs(world))).isEqualTo(expected);
    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void membersOfAnObjectAreItems() {
    World world =
        jsonata(
                "\"Items\":\"{% $states.input %}\",\"ItemSelector\":{\"k\":\"{% $states.context.Map.Item.Key %}\","
                    + "\"v\":\"{% $states.context.Map.Item.Value %}\",\"i\":\"{%"
                    + " $states.context.Map.Item.Index %}\"},",
                "{\"a\":1,\"b\":[2]}")
            .run();
    assertThat(inputs(world))
        .containsExactly("{\"k\":\"a\",\"v\":1,\"i\":0}", "{\"k\":\"b\",\"v\":[2],\"i\":1}");
    assertThat(world.children).allMatch(child -> child.mapRun().express());
  }

  @Test
  void anItemsSourceIsKnownToItsSelector() {
    String selector =
        "\"ItemSelector\":{\"i.$\":\"$$.Map.Item.Index\",\"s.$\":\"$$.Map.Item.Source\"},";
    assertThat(inputs(map(selector, "[7]").run()))
        .containsExactly("{\"i\":0,\"s\":\"STATE_DATA\"}");
    World reading =
        map(
                selector
                    + "\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:listObjectsV2\","
                    + "\"Parameters\":{\"Bucket\":\"b\"}},",
                "{}")
            .run();
    Effect.ReadItems read = reading.reads.getFirst();
    reading.send(
        new Command.ItemsRead(
            read.mapRun().frame(),
            read.mapRun().startedEventId(),
            0,
            List.of(
                new ItemReader.Item(Payload.ofText("7"), "S3://b/one"),
                new ItemReader.Item(Payload.ofText("8"), "S3://b/two")),
            null));
    assertThat(inputs(reading))
        .containsExactly("{\"i\":0,\"s\":\"S3://b/one\"}", "{\"i\":1,\"s\":\"S3://b/two\"}");
  }

  @Test
  void noMoreRunAtOnceThanMay() {
    World world = map("\"MaxConcurrency\":3,", numbers(500)).children(_ -> null).run();
    assertThat(world.children).hasSize(3);
    end(world, 0, ExecutionStatus.SUCCEEDED);
    end(world, 1, ExecutionStatus.SUCCEEDED);
    world.settle();
    assertThat(world.children).hasSize(5);
    world.send(new Command.UpdateMapRun(world.children.get(0).mapRun().id(), 10, null, null));
    world.settle();
    assertThat(world.children).hasSize(12);
    world.send(new Command.UpdateMapRun(world.children.get(0).mapRun().id(), 0, null, null));
    world.settle();
    assertThat(world.children).hasSize(500);
  }

  @ParameterizedTest
  @CsvSource({
    "'',1,FAILED",
    "'\"ToleratedFailureCount\":1,',1,SUCCEEDED",
    "'\"ToleratedFailureCount\":1,',2,FAILED",
    "'\"ToleratedFailurePercentage\":50,',2,SUCCEEDED",
    "'\"ToleratedFailurePercentage\":49,',2,FAILED"
  })
  void failuresAreBorneWithinTheTolerance(String tolerance, int failing, ExecutionStatus status) {
    World world =
        map(tolerance, "[0,1,2,3]")
            .children(
                child ->
                    child.index() < failing ? ExecutionStatus.FAILED : ExecutionStatus.SUCCEEDED)
            .run();
    assertThat(world.execution.status()).isEqualTo(status);
    if (status == ExecutionStatus.FAILED) {
      assertThat(world.execution.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
      assertThat(world.types()).endsWith("MapRunFailed", "MapStateFailed", "ExecutionFailed");
    }
    assertThat(Engine.replay(world.execution.info(), world.journal)).isEqualTo(world.execution);
  }

  @Test
  void aLowerToleranceIsMeasuredAtOnce() {
    World world =
        map("\"ToleratedFailureCount\":3,", "[0,1,2,3]")
            .children(child -> child.index() < 2 ? ExecutionStatus.FAILED : null)
            .run();
    world.send(new Command.UpdateMapRun(world.children.get(0).mapRun().id(), null, 1, null));
    assertThat(world.execution.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThat(world.stopped).containsExactly(world.children.get(0).mapRun().id());
    assertThat(world.mapRuns.values())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.status()).isEqualTo(MapRun.Status.FAILED);
              assertThat(run.progress().failed()).isEqualTo(2);
              assertThat(run.progress().aborted()).isEqualTo(2);
            });
  }

  @Test
  void stoppingAbortsItAndItsChildren() {
    World world = map("", "[0,1]").children(_ -> null).run();
    world.send(new Command.StopExecution("Enough", null));
    assertThat(world.types()).endsWith("MapRunAborted", "ExecutionAborted");
    assertThat(world.stopped).hasSize(1);
    assertThat(
            world.send(
                new Command.ChildEnded(
                    FrameId.ROOT,
                    world.children.get(0).mapRun().startedEventId(),
                    0,
                    ExecutionStatus.ABORTED,
                    1,
                    true)))
        .isInstanceOf(Decision.Rejected.class);
  }

  @Test
  void aFailureIsCaughtOrTriedAgainWithANewMapRun() {
    World world =
        map(
                "\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"MaxAttempts\":1,\"IntervalSeconds\":1}],",
                "[0]")
            .children(_ -> ExecutionStatus.FAILED)
            .run();
    assertThat(world.mapRuns).hasSize(2);
    assertThat(world.types()).filteredOn("MapRunFailed"::equals).hasSize(2);
  }

  @Test
  void anEndThatIsToldTwiceCountsOnce() {
    World world = map("", "[0,1]").children(_ -> null).run();
    end(world, 0, ExecutionStatus.SUCCEEDED);
    end(world, 0, ExecutionStatus.SUCCEEDED);
    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(world.mapRuns.values())
        .allMatch(run -> run.progress().succeeded() == 1 && run.progress().running() == 1);
  }

  @Test
  void itsProgressIsAsSmallForManyItemsAsForFew() {
    World world = map("\"MaxConcurrency\":5,", numbers(3_000)).run();
    assertThat(world.children).hasSize(3_000);
    assertThat(world.events()).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"map", "jsonata"})
  void aRedriveTakesUpWhatDidNotSucceed(String how) {
    String fields = "\"MaxConcurrency\":2,\"ToleratedFailureCount\":2,";
    World world =
        how.equals("map")
            ? map(fields, "[0,1,2,3,4,5,6,7]")
            : jsonata(fields + "\"Items\":\"{% $states.input %}\",", "[0,1,2,3,4,5,6,7]");
    world
        .children(
            child -> child.index() % 2 == 0 ? ExecutionStatus.SUCCEEDED : ExecutionStatus.FAILED)
        .run();
    assertThat(world.execution.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    int begun = world.children.size();
    assertThat(begun).isLessThan(8);

    world.children(_ -> ExecutionStatus.SUCCEEDED).redrive();

    assertThat(world.output()).isEqualTo("[0,1,2,3,4,5,6,7]");
    assertThat(world.types())
        .containsSequence("ExecutionRedriven", "MapRunRedriven", "MapRunSucceeded");
    assertThat(world.mapRuns.values())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.status()).isEqualTo(MapRun.Status.SUCCEEDED);
              assertThat(run.redriveCount()).isEqualTo(1);
              assertThat(run.progress().succeeded()).isEqualTo(8);
              assertThat(run.progress().children()).isEqualTo(8);
            });
    assertThat(world.reopened.isEmpty()).isEqualTo(how.equals("jsonata"));
  }

  private static void end(World world, int child, ExecutionStatus status) {
    world.send(World.ended(world.children.get(child), status));
    if (world.effects.getLast() instanceof Effect.RecordMapRun) {
      world.settle();
    }
  }
}
