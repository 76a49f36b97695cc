package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.EventType;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.CompletionResult;
import io.gradus.runtime.Machine;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.StartResult;
import io.gradus.runtime.StopResult;
import io.gradus.runtime.SyncResult;
import io.gradus.runtime.TaskReport;
import io.gradus.store.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One node does what its clients ask.
class NodeTest {
  private static final String ADD =
      """
      {"StartAt": "Add", "States": {
        "Add": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:add", "Next": "Done"},
        "Done": {"Type": "Succeed"}}}""";
  private static final String WAIT =
      """
      {"StartAt": "Nap", "States": {"Nap": {"Type": "Wait", "Seconds": %d, "End": true}}}""";
  private static final String CALLBACK =
      """
      {"StartAt": "Ask", "States": {"Ask": {"Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters": {"FunctionName": "f", "Payload": {"token.$": "$$.Task.Token"}}, "End": true}}}""";

  private static TestDatabase database;
  private static int machines;

  private final LinkedBlockingQueue<String> tokens = new LinkedBlockingQueue<>();
  private Database pool;
  private Node node;

  @BeforeAll
  static void startDatabase() {
    database = new TestDatabase();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @BeforeEach
  void startNode() {
    pool = database.open();
    node =
        new Node(
                World.settings("one"),
                pool,
                List.of(
                    World.functions(
                        call -> {
                          if (!call.token().isEmpty()) {
                            tokens.add(call.token());
                          }
                          return CompletableFuture.completedFuture(
                              new TaskOutcome.Succeeded(Payload.ofText("{\"sum\":3}")));
                        })))
            .start();
  }

  @AfterEach
  void stopNode() {
    node.close();
    pool.close();
  }

  private static Machine machine(boolean express, String definition) {
    String name = "m" + machines++;
    return World.machine(database.machine(name, express, definition), name, express, definition);
  }

  @Test
  void runsAnExecutionToItsEnd() {
    ExecutionKey key = World.started(node.start(World.request(machine(false, ADD), "a", "{}")));
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(World.journal(database, key))
        .filteredOn(Fact.HistoryEvent.class::isInstance)
        .extracting(f -> EventType.of(((Fact.HistoryEvent) f).details()))
        .containsExactly(
            "ExecutionStarted",
            "TaskStateEntered",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionSucceeded",
            "TaskStateExited",
            "SucceedStateEntered",
            "SucceedStateExited",
            "ExecutionSucceeded");
  }

  @Test
  void aStartOfTheSameNameIsTheSameStartWhileItRuns() {
    Machine machine = machine(false, WAIT.formatted(30));
    StartResult first = World.get(node.start(World.request(machine, "n", "{\"a\":1}")));
    assertThat(World.get(node.start(World.request(machine, "n", "{\"a\":1}")))).isEqualTo(first);
    assertThat(World.get(node.start(World.request(machine, "n", "{\"a\":2}"))))
        .isInstanceOf(StartResult.AlreadyExists.class);
    ExecutionKey key = ((StartResult.Started) first).key();
    assertThat(World.get(node.stop(key, "Enough", "of it"))).isInstanceOf(StopResult.Stopped.class);
    assertThat(World.status(database, key)).isEqualTo("4");
    assertThat(World.get(node.stop(key, null, null))).isEqualTo(StopResult.NotRunning.NOT_RUNNING);
    assertThat(World.get(node.start(World.request(machine, "n", "{\"a\":1}"))))
        .isInstanceOf(StartResult.AlreadyExists.class);
  }

  @Test
  void stoppingWhatNobodyKnowsIsToldFromStoppingWhatIsOver() {
    var unknown = new ExecutionKey(World.TENANT, UUID.randomUUID());
    assertThat(World.get(node.stop(unknown, null, null))).isEqualTo(StopResult.NotFound.NOT_FOUND);
    ExecutionKey over = World.started(node.start(World.request(machine(false, ADD), "o", "{}")));
    World.await("success", () -> World.status(database, over).equals("1"));
    assertThat(World.get(node.stop(over, null, null))).isEqualTo(StopResult.NotRunning.NOT_RUNNING);
  }

  @Test
  void mocksStandInForEveryService() {
    Machine machine = machine(false, CALLBACK);
    byte[] mocks =
        "{\"Ask\": [{\"return\": {\"said\": \"yes\"}}]}".getBytes(StandardCharsets.UTF_8);
    ExecutionKey key =
        World.started(
            node.start(
                new StartRequest(
                    World.TENANT, machine, "m", Payload.ofText("{}"), mocks, null, null)));
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(tokens).isEmpty();
    assertThat(World.journal(database, key).toString()).contains("said");
  }

  @Test
  void aStartFromTheSameTaskIsTheSameChildEvenWhenItIsOver() {
    Machine machine = machine(false, ADD);
    var task = new TaskId(FrameId.ROOT, 3);
    var parent =
        new StartRequest.Parent(new ExecutionKey(World.TENANT, UUID.randomUUID()), task, true);
    var request =
        new StartRequest(World.TENANT, machine, "kid", Payload.ofText("{}"), null, parent, null);
    StartResult first = World.get(node.start(request));
    World.await(
        "success", () -> World.status(database, ((StartResult.Started) first).key()).equals("1"));
    assertThat(World.get(node.start(request))).isEqualTo(first);
    assertThat(World.get(node.start(World.request(machine, "kid", "{}"))))
        .isInstanceOf(StartResult.AlreadyExists.class);
  }

  @ParameterizedTest(name = "once {0}, by tasks {1}: {2} executions")
  @CsvSource({"false, false, 2", "true, false, 1", "false, true, 2"})
  void startsOfAnExpressMachineUnderOneNameAreExecutionsOfTheirOwn(
      boolean once, boolean byTasks, int executions) {
    Machine machine = machine(true, ADD);
    StartRequest first = expressStart(machine, once, byTasks);
    StartRequest second = expressStart(machine, once, byTasks);

    StartResult begun = World.get(node.start(first));
    StartResult other = World.get(node.start(second));

    assertThat(begun).isInstanceOf(StartResult.Started.class);
    assertThat(other)
        .isInstanceOf(executions == 2 ? StartResult.Started.class : StartResult.AlreadyExists.class)
        .isNotEqualTo(begun);
    if (byTasks) {
      assertThat(World.get(node.start(second))).isEqualTo(other);
    }
  }

  private static StartRequest expressStart(Machine machine, boolean once, boolean byTask) {
    var parent =
        new StartRequest.Parent(
            new ExecutionKey(World.TENANT, UUID.randomUUID()), new TaskId(FrameId.ROOT, 3), false);
    var start =
        new StartRequest(
            World.TENANT,
            machine,
            "same",
            Payload.ofText("{}"),
            null,
            byTask ? parent : null,
            null);
    return once ? start.startedOnce() : start;
  }

  @Test
  void aTaskThatNothingHandlesFailsItsExecution() {
    String nobody =
        """
        {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish",
          "Parameters": {}, "End": true}}}""";
    ExecutionKey key = World.started(node.start(World.request(machine(false, nobody), "n", "{}")));
    World.await("failure", () -> World.status(database, key).equals("2"));
    assertThat(World.journal(database, key).toString()).contains("States.Runtime");
  }

  @Test
  void aWaitEndsWhenItIsDueAndNotBefore() {
    ExecutionKey key =
        World.started(node.start(World.request(machine(false, WAIT.formatted(1)), "w", "{}")));
    World.await("success", () -> World.status(database, key).equals("1"));
    List<Fact> journal = World.journal(database, key);
    var entered = (Fact.HistoryEvent) journal.get(1);
    var exited =
        (Fact.HistoryEvent)
            journal.stream()
                .filter(
                    f ->
                        f instanceof Fact.HistoryEvent e
                            && EventType.of(e.details()).equals("WaitStateExited"))
                .findFirst()
                .orElseThrow();
    assertThat(exited.timestamp()).isAfterOrEqualTo(entered.timestamp().plusSeconds(1));
    assertThat(exited.timestamp()).isBefore(entered.timestamp().plusMillis(1_500));
  }

  @Test
  void aCallbackCompletesItsTaskOnce() throws InterruptedException {
    ExecutionKey key =
        World.started(node.start(World.request(machine(false, CALLBACK), "c", "{}")));
    String token = tokens.poll(10, TimeUnit.SECONDS);
    var report = new TaskReport.Success(Payload.ofText("42"));
    assertThat(World.get(node.reportTask(World.TENANT, token, report)))
        .isEqualTo(CompletionResult.DONE);
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(World.get(node.reportTask(World.TENANT, token, report)))
        .isEqualTo(CompletionResult.TASK_TIMED_OUT);
    assertThat(World.get(node.reportTask(World.TENANT, "x" + token, report)))
        .isEqualTo(CompletionResult.INVALID_TOKEN);
    assertThat(database.count("task")).isZero();
  }

  @Test
  void anExpressExecutionRunsInMemory() {
    var result =
        (SyncResult.Ended)
            World.get(node.runSync(World.request(machine(true, ADD), null, "{\"in\":1}")));
    assertThat(result.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(result.execution().output()).hasToString("{\"sum\":3}");
  }

  @Test
  void onlyWhatIsStoredCountsItsRedrives() {
    String told =
        "{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Pass\",\"Parameters\":{\"c.$\":\"$$.Execution.RedriveCount\"},\"End\":true}}}";

    var result =
        (SyncResult.Ended) World.get(node.runSync(World.request(machine(true, told), null, "{}")));
    ExecutionKey key = World.started(node.start(World.request(machine(true, told), "y", "{}")));
    World.await("success", () -> World.status(database, key).equals("1"));

    assertThat(result.execution().status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(World.journal(database, key).toString()).contains("output={\"c\":0}");
  }

  @Test
  void anAsynchronousExpressExecutionIsStoredAtItsStartAndItsEnd() {
    ExecutionKey key = World.started(node.start(World.request(machine(true, ADD), "x", "{}")));
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(World.journal(database, key)).hasSizeGreaterThan(5);
  }

  @Test
  void aTaskOfAnActivityThatDoesNotExistFails() {
    String arn = "arn:aws:states:us-east-1:000000000000:activity:nobody";
    Machine machine =
        machine(
            false,
            """
            {"StartAt": "First", "States": {
              "First": {"Type": "Pass", "Next": "Ask"},
              "Ask": {"Type": "Task", "Resource": "%s", "End": true,
                "Catch": [{"ErrorEquals": ["States.Runtime"], "Next": "Again"}]},
              "Again": {"Type": "Task", "Resource": "%s", "End": true}}}"""
                .formatted(arn, arn));
    ExecutionKey key = World.started(node.start(World.request(machine, "nobody", "{}")));
    World.await("its failure", () -> World.status(database, key).equals("2"));
    assertThat(World.journal(database, key))
        .filteredOn(Fact.HistoryEvent.class::isInstance)
        .extracting(f -> EventType.of(((Fact.HistoryEvent) f).details()))
        .contains("ActivityScheduled", "ActivityScheduleFailed", "ExecutionFailed");
  }
}
