package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Executions that failed go on where they failed.
class RedriveTest {
  private static final String CALL =
      "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\"";

  @Test
  void aFailedTaskIsCalledAgainAndItsRetriesCountAnew() {
    World world =
        new World(
                """
                {"StartAt":"A","States":{
                  "A":{"Type":"Pass","Result":{"a":1},"Assign":{"kept.$":"$.a"},"Next":"B"},
                  "B":{%s,"Parameters":{"n":1},
                    "Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":1}],"Next":"C"},
                  "C":{"Type":"Pass","Parameters":{"r.$":"$","kept.$":"$kept",
                    "count.$":"$$.Execution.RedriveCount"},"End":true}}}"""
                    .formatted(CALL),
                "{}")
            .throwing("B", "Boom", "it broke");
    world.run();
    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(world.calls).hasSize(2);
    int before = world.events().size();

    world.redrive();
    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(world.calls).as("one call and one retry again").hasSize(4);
    world.returns("B", "{\"ok\":true}").redrive();

    assertThat(world.output()).isEqualTo("{\"r\":{\"ok\":true},\"kept\":1,\"count\":2}");
    assertThat(world.execution.redriveCount()).isEqualTo(2);
    assertThat(world.chain().subList(before, before + 3))
        .containsExactly(
            (before + 1) + "<-" + before + " ExecutionRedriven",
            (before + 2) + "<-" + (before + 1) + " TaskScheduled",
            (before + 3) + "<-" + (before + 2) + " TaskStarted");
    assertThat(world.types()).filteredOn("ExecutionStarted"::equals).hasSize(1);
    assertThat(world.types()).filteredOn("TaskStateEntered"::equals).hasSize(1);
  }

  @Test
  void branchesThatWereThroughStayThrough() {
    World world =
        new World(
                """
                {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
                  {"StartAt":"A","States":{"A":{%1$s,"End":true}}},
                  {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":5,"Next":"B"},
                    "B":{%1$s,"End":true}}},
                  {"StartAt":"C","States":{"C":{"Type":"Wait","Seconds":600,"End":true}}}]}}}"""
                    .formatted(CALL),
                "{}")
            .returns("A", "\"a\"")
            .throwing("B", "Boom", "it broke");
    world.run();
    assertThat(world.types())
        .endsWith("WaitStateAborted", "ParallelStateFailed", "ExecutionFailed");

    world.returns("B", "\"b\"").redrive();

    assertThat(world.output()).isEqualTo("[\"a\",\"b\",{}]");
    assertThat(world.calls.stream().map(call -> call.state().value()))
        .containsExactly("A", "B", "B");
  }

  @Test
  void iterationsThatWereThroughStayThrough() {
    World world =
        new World(
                """
                {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":4,"End":true,
                  "ItemProcessor":{"StartAt":"A","States":{"A":{%s,"End":true}}}}}}"""
                    .formatted(CALL),
                "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]")
            .task(
                "A",
                call ->
                    call.arguments().toString().equals("9")
                        ? World.failed(call, "Boom", "nine")
                        : new Command.TaskSucceeded(call.task(), call.arguments()));
    world.run();
    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.FAILED);
    List<String> done =
        world.events().stream()
            .filter(e -> e.details() instanceof Details.MapIterationSucceeded)
            .map(e -> e.frame().value())
            .toList();
    assertThat(done).isNotEmpty();
    int calls = world.calls.size();

    world.task("A", call -> new Command.TaskSucceeded(call.task(), call.arguments())).redrive();

    assertThat(world.output()).isEqualTo("[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]");
    assertThat(world.calls.subList(calls, world.calls.size()))
        .hasSize(20 - done.size())
        .noneMatch(call -> done.contains(call.task().frame().value()));
  }

  @Test
  void whatWasCaughtIsTriedAgainAndWhatComesAfterItIsNotForgotten() {
    World world =
        new World(
                """
                {"StartAt":"A","States":{
                  "A":{%1$s,"Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}],"End":true},
                  "B":{%1$s,"End":true}}}"""
                    .formatted(CALL),
                "{}")
            .throwing("A", "Boom", "a")
            .throwing("B", "Bang", "b");
    world.run();

    world.returns("B", "2").redrive();

    assertThat(world.output()).as("only what failed the execution is done again").isEqualTo("2");
    assertThat(world.calls.stream().map(call -> call.state().value()))
        .containsExactly("A", "B", "B");
  }

  @Test
  void anExecutionThatWasStoppedOrTimedOutGoesOnToo() {
    World world =
        new World(
            """
            {"StartAt":"W","TimeoutSeconds":50,"States":{
              "W":{"Type":"Wait","Seconds":40,"Next":"V"},
              "V":{"Type":"Wait","Seconds":30,"End":true}}}""",
            "{}");
    world.run();
    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(50));

    world.redrive();

    assertThat(world.execution.status())
        .as("the timeout begins anew, and so does the Wait")
        .isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(80));
    assertThatThrownBy(world::redrive).isInstanceOf(IllegalArgumentException.class);

    World stopped =
        new World(
            "{\"StartAt\":\"A\",\"States\":{\"A\":{" + CALL + ",\"End\":true}}}", "{\"x\":1}");
    stopped.run();
    stopped.send(new Command.StopExecution("E", "C"));
    assertThat(stopped.execution.status()).isEqualTo(ExecutionStatus.ABORTED);
    stopped.returns("A", "7").redrive();
    assertThat(stopped.output()).isEqualTo("7");
    assertThat(stopped.execution.error()).isNull();
  }
}
