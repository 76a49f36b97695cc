package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpreterTest {
  private static String task(String name, String rest) {
    return "\""
        + name
        + "\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
        + rest
        + "}";
  }

  private static String machine(String startAt, String states) {
    return "{\"StartAt\":\"" + startAt + "\",\"States\":{" + states + "}}";
  }

  @Test
  void passStatesRunToTheEndInOneDecision() {
    World world =
        new World(
            machine(
                "A",
                "\"A\":{\"Type\":\"Pass\",\"Result\":{\"x\":1},\"ResultPath\":\"$.a\",\"Next\":\"B\"},"
                    + "\"B\":{\"Type\":\"Pass\",\"End\":true}"),
            "{\"in\":true}");

    world.run();

    assertThat(world.output()).isEqualTo("{\"in\":true,\"a\":{\"x\":1}}");
    assertThat(world.chain())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered",
            "3<-2 PassStateExited",
            "4<-3 PassStateEntered",
            "5<-4 PassStateExited",
            "6<-5 ExecutionSucceeded");
    assertThat(world.runs).hasSize(1);
  }

  @Test
  void taskIsCalledOnceItIsScheduledAndGoesOnWithItsResult() {
    World world =
        new World(
                machine("A", task("A", "\"Parameters\":{\"n.$\":\"$.n\"},\"End\":true")),
                "{\"n\":4}")
            .returns("A", "{\"ok\":true}");

    world.run();

    assertThat(world.calls)
        .singleElement()
        .satisfies(c -> assertThat(c.arguments()).hasToString("{\"n\":4}"));
    assertThat(world.output()).isEqualTo("{\"ok\":true}");
    assertThat(world.chain())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered",
            "3<-2 TaskScheduled",
            "4<-3 TaskStarted",
            "5<-4 TaskSucceeded",
            "6<-5 TaskStateExited",
            "7<-6 ExecutionSucceeded");
  }

  @Test
  void retriesBackOffThenCatch() {
    World world =
        new World(
                machine(
                    "A",
                    task(
                            "A",
                            "\"Retry\":[{\"ErrorEquals\":[\"Boom\"],\"IntervalSeconds\":2,\"BackoffRate\":3,\"MaxAttempts\":3,\"MaxDelaySeconds\":10}],"
                                + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":\"$.error\",\"Next\":\"B\"}],\"End\":true")
                        + ",\"B\":{\"Type\":\"Pass\",\"End\":true}"),
                "{\"k\":1}")
            .throwing("A", "Boom", "why");

    world.run();

    // 2, 6, then 18 capped to 10
    assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(18));
    assertThat(world.calls).extracting(Effect.InvokeTask::retry).containsExactly(0, 1, 2, 3);
    assertThat(world.output())
        .isEqualTo("{\"k\":1,\"error\":{\"Error\":\"Boom\",\"Cause\":\"why\"}}");
    assertThat(world.types())
        .containsSubsequence(
            "TaskFailed",
            "TaskScheduled",
            "TaskStarted",
            "TaskFailed",
            "TaskStateExited",
            "PassStateEntered");
  }

  @Test
  void parallelJoinsInOrderAndItsBranchesInterleave() {
    World world =
        new World(
                machine(
                    "P",
                    "\"P\":{\"Type\":\"Parallel\",\"Branches\":["
                        + machine("A", task("A", "\"End\":true"))
                        + ","
                        + machine("B", task("B", "\"End\":true"))
                        + "],\"End\":true}"),
                "{}")
            .returns("A", "[1, 2.0]")
            .returns("B", "2");

    world.run();

    // What the branches gave stands in the array as it was written.
    assertThat(world.output()).isEqualTo("[[1, 2.0],2]");
    assertThat(world.types())
        .startsWith(
            "ExecutionStarted",
            "ParallelStateEntered",
            "ParallelStateStarted",
            "TaskStateEntered",
            "TaskScheduled",
            "TaskStarted",
            "TaskStateEntered");
    assertThat(world.types())
        .endsWith("ParallelStateSucceeded", "ParallelStateExited", "ExecutionSucceeded");
  }

  @Test
  void failingBranchEndsItsSiblingsAndTheirTimers() {
    World world =
        new World(
                machine(
                    "P",
                    "\"P\":{\"Type\":\"Parallel\",\"Branches\":["
                        + machine("A", task("A", "\"End\":true"))
                        + ","
                        + machine("W", "\"W\":{\"Type\":\"Wait\",\"Seconds\":500,\"End\":true}")
                        + "],\"End\":true}"),
                "{}")
            .throwing("A", "Boom", "why");

    world.run();

    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(world.execution.error()).isEqualTo("Boom");
    assertThat(world.timers).isEmpty();
    assertThat(world.types())
        .containsSubsequence(
            "TaskFailed",
            "TaskStateAborted",
            "WaitStateAborted",
            "ParallelStateFailed",
            "ExecutionFailed");
  }

  @Test
  void mapKeepsItsConcurrencyAndItsOrder() {
    List<Integer> open = new ArrayList<>();
    World world =
        new World(
            machine(
                "M",
                "\"M\":{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"MaxConcurrency\":3,\"ItemProcessor\":"
                    + machine("A", task("A", "\"End\":true"))
                    + ",\"End\":true}"),
            "{\"items\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}");
    world.task(
        "A",
        call -> {
          open.add(
              (int)
                  world.execution.frames().values().stream()
                      .filter(f -> f.phase() instanceof Frame.Phase.AwaitingTask)
                      .count());
          return new Command.TaskSucceeded(call.task(), call.arguments());
        });

    world.run();

    assertThat(world.output()).isEqualTo("[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]");
    assertThat(open).hasSize(20).allMatch(n -> n <= 3);
  }

  @Test
  void mapIterationEventsFollowOneAnotherAsAwsRecordsThem() {
    World world =
        new World(
            machine(
                "M",
                "\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":1,\"ItemProcessor\":"
                    + machine("A", "\"A\":{\"Type\":\"Pass\",\"End\":true}")
                    + ",\"End\":true}"),
            "[1,2]");

    world.run();

    assertThat(world.chain())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered",
            "3<-2 MapStateStarted",
            "4<-3 MapIterationStarted",
            "5<-4 PassStateEntered",
            "6<-5 PassStateExited",
            "7<-6 MapIterationSucceeded",
            "8<-6 MapIterationStarted",
            "9<-8 PassStateEntered",
            "10<-9 PassStateExited",
            "11<-10 MapIterationSucceeded",
            "12<-11 MapStateSucceeded",
            "13<-11 MapStateExited",
            "14<-13 ExecutionSucceeded");
  }

  @Test
  void failedItemsRetryTheWholeMap() {
    World world =
        new World(
            machine(
                "M",
                "\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":1,\"Retry\":[{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":1}],\"ItemProcessor\":"
                    + machine("F", "\"F\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"C\"}")
                    + ",\"End\":true}"),
            "[1]");

    world.run();

    assertThat(world.chain())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered",
            "3<-2 MapStateStarted",
            "4<-3 MapIterationStarted",
            "5<-4 FailStateEntered",
            "6<-5 MapIterationFailed",
            "7<-5 MapStateStarted",
            "8<-7 MapIterationStarted",
            "9<-8 FailStateEntered",
            "10<-9 MapIterationFailed",
            "11<-9 MapStateFailed",
            "12<-11 ExecutionFailed");
  }

  @Test
  void waitFiresAtItsTimeAndNotBefore() {
    World world =
        new World(machine("W", "\"W\":{\"Type\":\"Wait\",\"Seconds\":90,\"End\":true}"), "{}");
    world.send(new Command.StartExecution());
    TimerId timer = world.timers.keySet().iterator().next();
    world.now = world.now.plusSeconds(89);

    Decision early = world.send(new Command.TimerFired(timer));
    world.now = world.now.plusSeconds(1);
    Decision due = world.send(new Command.TimerFired(timer));

    assertThat(world.timers.get(timer)).matches(Deadline::stored);
    assertThat(early).isEqualTo(new Decision.Rejected(Rejection.TIMER_NOT_DUE));
    assertThat(due).isInstanceOf(Decision.Accepted.class);
    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(world.send(new Command.TimerFired(timer)))
        .isEqualTo(new Decision.Rejected(Rejection.NOT_RUNNING));
  }

  @Test
  void taskTimesOutAndALateResultIsRefused() {
    World world =
        new World(
            machine(
                "A",
                task(
                        "A",
                        "\"TimeoutSeconds\":5,\"Catch\":[{\"ErrorEquals\":[\"States.Timeout\"],\"Next\":\"W\"}],\"End\":true")
                    + ",\"W\":{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}"),
            "{}");

    world.send(new Command.StartExecution());
    TaskId task = world.calls.getFirst().task();
    TimerId timer = world.timers.keySet().iterator().next();
    world.now = world.now.plusSeconds(5);
    world.send(new Command.TimerFired(timer));

    assertThat(world.types()).contains("TaskTimedOut", "TaskStateExited", "WaitStateEntered");
    assertThat(world.send(new Command.TaskSucceeded(task, Payload.ofText("1"))))
        .isEqualTo(new Decision.Rejected(Rejection.NO_SUCH_TASK));
  }

  @Test
  void callbackIsSubmittedHeartbeatsAndIsCompletedOnce() {
    World world =
        new World(
            machine(
                "A",
                "\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke.waitForTaskToken\","
                    + "\"Parameters\":{\"t.$\":\"$$.Task.Token\"},\"HeartbeatSeconds\":30,\"End\":true}"),
            "{}");
    world.send(new Command.StartExecution());
    TaskId task = world.calls.getFirst().task();

    world.send(new Command.TaskSubmitted(task, Payload.ofText("{}")));
    world.now = world.now.plusSeconds(20);
    world.send(new Command.TaskHeartbeat(task));
    Deadline raised = world.timers.values().iterator().next();
    world.send(new Command.TaskSucceeded(task, Payload.ofText("7")));

    assertThat(world.calls.getFirst().arguments()).hasToString("{\"t\":\"token-3\"}");
    assertThat(raised.due()).isEqualTo(world.now.plusSeconds(30));
    assertThat(world.output()).isEqualTo("7");
    assertThat(world.send(new Command.TaskSucceeded(task, Payload.ofText("8"))))
        .isEqualTo(new Decision.Rejected(Rejection.NOT_RUNNING));
    assertThat(world.effects).anyMatch(e -> e instanceof Effect.CloseTask c && c.stored());
  }

  /// As recorded: whoever gets the token of a task that waits for a job may complete it.
  @ParameterizedTest
  @CsvSource({
    "states:startExecution.sync, true",
    "ecs:runTask.sync, true",
    "lambda:invoke.waitForTaskToken, true",
    "lambda:invoke, false"
  })
  void aTaskThatWaitsHasAToken(String resource, boolean has) {
    World world =
        new World(
            machine(
                "A",
                "\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::"
                    + resource
                    + "\",\"Parameters\":{\"t.$\":\"$$.Task.Token\"},\"End\":true}"),
            "{}");

    world.send(new Command.StartExecution());

    if (has) {
      assertThat(world.calls.getFirst().arguments()).hasToString("{\"t\":\"token-3\"}");
    } else {
      assertThat(world.execution.status()).isEqualTo(ExecutionStatus.FAILED);
    }
  }

  @Test
  void stopEndsEverythingAtOnce() {
    World world = new World(machine("A", task("A", "\"TimeoutSeconds\":5,\"End\":true")), "{}");
    world.send(new Command.StartExecution());

    world.send(new Command.StopExecution("E", "C"));

    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(world.chain()).endsWith("5<-0 ExecutionAborted");
    assertThat(world.timers).isEmpty();
    assertThat(world.execution.frames()).isEmpty();
  }

  @Test
  void executionTimesOut() {
    World world =
        new World(
            "{\"TimeoutSeconds\":3,\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}}}",
            "{}");

    world.run();

    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void endlessLoopYieldsAndEndsAtTheHistoryLimit() {
    World world =
        new World(
            machine(
                "A",
                "\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},\"B\":{\"Type\":\"Pass\",\"Next\":\"A\"}"),
            "{}");

    world.run();

    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(world.execution.lastEventId()).isEqualTo(25_000);
    assertThat(world.execution.cause())
        .isEqualTo("The execution reached the maximum number of history events (25000).");
    assertThat(world.runs.size()).isGreaterThan(20);
  }

  /// Others wait for the thread meanwhile. Each expression is a twentieth of what one may take.
  @Test
  void longExpressionsMakeADecisionYieldBeforeItHasManyStates() {
    World world =
        new World(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Work", "States": {
              "Work": {"Type": "Pass", "Next": "Again",
                "Output": "{% ($work := $count([1..200].($x := $; [1..200].($x * $))); $states.input + 1) %}"},
              "Again": {"Type": "Choice", "Default": "Done",
                "Choices": [{"Condition": "{% $states.input < 60 %}", "Next": "Work"}]},
              "Done": {"Type": "Succeed"}}}""",
            "0");

    world.run();

    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(world.runs.size()).isGreaterThan(2);
  }

  @Test
  void largePayloadsMakeADecisionYieldToo() {
    String states =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    "\"S%d\":{\"Type\":\"Pass\",\"Parameters\":{\"n\":%d,\"v.$\":\"$.v\"},%s}"
                        .formatted(
                            i, i, i == 59 ? "\"End\":true" : "\"Next\":\"S" + (i + 1) + "\""))
            .collect(Collectors.joining(","));
    World world = new World(machine("S0", states), "{\"v\":\"" + "x".repeat(200_000) + "\"}");

    world.run();

    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(world.runs.size()).isGreaterThan(2);
  }

  @Test
  void resultsOfBranchesAreNotPutTogetherWhereNobodyCouldTakeThem() {
    String branch = "{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Pass\",\"End\":true}}}";
    World world =
        new World(
            machine(
                "P",
                "\"P\":{\"Type\":\"Parallel\",\"ResultSelector\":{\"n\":1},\"End\":true,\"Branches\":["
                    + String.join(",", Collections.nCopies(200, branch))
                    + "]}"),
            "\"" + "x".repeat(200_000) + "\"");

    world.run();

    assertThat(world.execution.error()).isEqualTo("States.DataLimitExceeded");
  }

  @Test
  void outputsThatWaitForOthersAreBoundedWhileTheyWait() {
    World world =
        new World(
            machine(
                "M",
                "\"M\":{\"Type\":\"Map\",\"ItemsPath\":\"$.i\",\"ItemSelector\":{\"n.$\":\"$$.Map.Item.Value\","
                    + "\"s.$\":\"$.s\"},\"ResultPath\":null,\"End\":true,\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":"
                    + "{\"Type\":\"Pass\",\"End\":true}}}}"),
            "{\"i\":"
                + IntStream.range(0, 1_000).boxed().toList()
                + ",\"s\":\""
                + "x".repeat(200_000)
                + "\"}");

    world.run();

    assertThat(world.execution.error()).isEqualTo("States.DataLimitExceeded");
    assertThat(
            world.journal.stream()
                .filter(
                    fact ->
                        fact instanceof Fact.HistoryEvent event
                            && event.details() instanceof Details.MapIterationStarted)
                .count())
        .isBetween(160L, 250L);
  }

  @Test
  void outputsThatWereJoinedWaitNoMore() {
    String branch = "{\"StartAt\":\"B%d\",\"States\":{\"B%d\":{\"Type\":\"Pass\",\"End\":true}}}";
    World world =
        new World(
            machine(
                "M",
                "\"M\":{\"Type\":\"Map\",\"ItemsPath\":\"$.i\",\"ItemSelector\":{\"s.$\":\"$.s\"},\"MaxConcurrency\":1,"
                    + "\"End\":true,\"ItemProcessor\":{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\","
                    + "\"ResultSelector\":{\"n\":1},\"End\":true,\"Branches\":["
                    + branch.formatted(1, 1)
                    + ","
                    + branch.formatted(2, 2)
                    + "]}}}}"),
            "{\"i\":"
                + IntStream.range(0, 100).boxed().toList()
                + ",\"s\":\""
                + "x".repeat(200_000)
                + "\"}");

    world.run();

    assertThat(world.execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void anItemsInputIsNoLargerThanAPayload() {
    World world =
        new World(
            machine(
                "M",
                "\"M\":{\"Type\":\"Map\",\"ItemSelector\":{\"a.$\":\"$\",\"b.$\":\"$\"},\"ItemsPath\":\"$.i\","
                    + "\"End\":true,\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Pass\","
                    + "\"Result\":1,\"End\":true}}}}"),
            "{\"i\":[1,2],\"s\":\"" + "x".repeat(200_000) + "\"}");

    world.run();

    assertThat(world.execution.error()).isEqualTo("States.DataLimitExceeded");
  }

  @Test
  void variablesAreReadFromAroundAndDieWithTheirBranch() {
    World world =
        new World(
            machine(
                "A",
                "\"A\":{\"Type\":\"Pass\",\"Assign\":{\"x\":1},\"Next\":\"P\"},"
                    + "\"P\":{\"Type\":\"Parallel\",\"Branches\":["
                    + machine(
                        "B",
                        "\"B\":{\"Type\":\"Pass\",\"Parameters\":{\"seen.$\":\"$x\"},\"Assign\":{\"y\":2},\"End\":true}")
                    + "],\"Next\":\"C\"},\"C\":{\"Type\":\"Pass\",\"Parameters\":{\"x.$\":\"$x\",\"r.$\":\"$\"},\"End\":true}"),
            "{}");

    world.run();

    assertThat(world.output()).isEqualTo("{\"x\":1,\"r\":[{\"seen\":1}]}");
  }

  @Test
  void jsonataShapesArgumentsOutputAndConditions() {
    World world =
        new World(
                "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{"
                    + task(
                        "A",
                        "\"Arguments\":{\"double\":\"{% $states.input.n * 2 %}\"},\"Output\":{\"got\":\"{% $states.result.v %}\"},\"Assign\":{\"v\":\"{% $states.result.v %}\"},\"Next\":\"C\"")
                    + ",\"C\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"{% $v > 5 %}\",\"Next\":\"Big\"}],\"Default\":\"Small\"},"
                    + "\"Big\":{\"Type\":\"Succeed\"},\"Small\":{\"Type\":\"Fail\",\"Error\":\"Small\"}}}",
                "{\"n\":3}")
            .returns("A", "{\"v\":6}");

    world.run();

    assertThat(world.calls.getFirst().arguments()).hasToString("{\"double\":6}");
    assertThat(world.output()).isEqualTo("{\"got\":6}");
  }

  @Test
  void evaluationFailureNamesTheStateAndCanBeCaught() {
    World world =
        new World(
            "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Output\":\"{% $nope %}\",\"End\":true}}}",
            "{}");

    world.run();

    assertThat(world.chain())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered",
            "3<-0 EvaluationFailed",
            "4<-3 ExecutionFailed");
    assertThat(world.execution.cause())
        .isEqualTo(
            "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata"
                + " expression '$nope' specified for the field 'Output' returned nothing (undefined).");
  }

  @Test
  void largePayloadStandsInHistoryOnce() {
    String big = "\"" + "x".repeat(5_000) + "\"";
    World world =
        new World(
                machine(
                    "A",
                    task("A", "\"Next\":\"B\"")
                        + ","
                        + task("B", "\"Next\":\"C\"")
                        + ",\"C\":{\"Type\":\"Pass\",\"End\":true}"),
                "{}")
            .returns("A", big)
            .task("B", c -> new Command.TaskSucceeded(c.task(), Payload.ofText("1")));

    world.run();

    int bytes = world.runs.stream().mapToInt(r -> r.length).sum();
    assertThat(bytes).isLessThan(5_000 + 2_000);
  }

  @Test
  void tooLargeResultFailsTheTask() {
    World world =
        new World(
                machine(
                    "A",
                    task(
                            "A",
                            "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"B\"}],\"Next\":\"B\"")
                        + ",\"B\":{\"Type\":\"Pass\",\"End\":true}"),
                "{}")
            .returns("A", "\"" + "x".repeat(262_200) + "\"");

    world.run();

    assertThat(world.execution.error()).isEqualTo("States.DataLimitExceeded");
  }
}
