package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Details;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.CompletionResult;
import io.gradus.runtime.Machine;
import io.gradus.runtime.PollResult;
import io.gradus.runtime.StartResult;
import io.gradus.runtime.StopResult;
import io.gradus.runtime.TaskReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Nodes share the work: any can be asked, one moves.
class ClusterTest extends Nodes {
  @Test
  void stoppingANodeBreaksCallsOffWithoutFailingTheirTasks() {
    var breakable = new Semaphore(0);
    Node first =
        node(
            World.settings("leaving"),
            pools(database.port()),
            World.functions(
                _ -> {
                  try {
                    breakable.acquire();
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                  return CompletableFuture.completedFuture(
                      new TaskOutcome.Failed(
                          FailureKind.FAILED, new ErrorName("Broken.Off"), null));
                }));
    ExecutionKey key = World.started(first.start(World.request(machine(tasks(1)), "b", "{}")));
    World.await("the call", () -> first.figures().callsInFlight() == 1);
    first.close();
    assertThat(World.status(database, key)).isEqualTo("0");
    node(World.settings("staying"), pools(database.port()), answering(_ -> "1"));
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(events(key)).noneMatch(e -> e.details() instanceof Details.TaskFailed);
  }

  /// A function that is told a token and is done at once.
  private static Connector asking(Queue<String> tokens) {
    return World.functions(
        call -> {
          tokens.add(call.token());
          return CompletableFuture.completedFuture(new TaskOutcome.Succeeded(Payload.ofText("{}")));
        });
  }

  @Test
  void aCallbackIsCompletedThroughAnyNodeAndOnce() throws Exception {
    var tokens = new LinkedBlockingQueue<String>();
    Connector asking = asking(tokens);
    Node owner = node(World.settings("owner").withRhythm(QUICK), pools(database.port()), asking);
    Node desk = node(World.settings("desk").withMoves(false), pools(database.port()), asking);
    Machine machine = machine(CALLBACK);
    ExecutionKey hot = World.started(desk.start(World.request(machine, "hot", "{}")));
    var report = new TaskReport.Success(Payload.ofText("\"ok\""));
    String token = tokens.poll(10, TimeUnit.SECONDS);
    List<CompletableFuture<CompletionResult>> racers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Node through = i % 2 == 0 ? desk : owner;
      racers.add(through.reportTask(World.TENANT, token, report).toCompletableFuture());
    }
    assertThat(racers.stream().map(World::get).filter(r -> r == CompletionResult.DONE)).hasSize(1);
    World.await("success", () -> World.status(database, hot).equals("1"));

    ExecutionKey parked = World.started(owner.start(World.request(machine, "parked", "{}")));
    String second = tokens.poll(10, TimeUnit.SECONDS);
    World.await(
        "it to leave memory",
        () -> database.count("execution where owner = 0 and status = 0") == 1);
    assertThat(World.get(desk.reportTask(World.TENANT, second, report)))
        .isEqualTo(CompletionResult.DONE);
    World.await("success", () -> World.status(database, parked).equals("1"));
    assertGapless(parked);
    assertThat(database.count("task")).isZero();
    World.await("the inbox to be consumed", () -> database.count("inbox") == 0);
  }

  /// Each report through the other node has the owner's transition lose, and the state read again.
  @Test
  void whatConflictsReadAgainIsCountedAsWhatItIs() throws Exception {
    var tokens = new LinkedBlockingQueue<String>();
    Connector asking = asking(tokens);
    Node owner = node(World.settings("counts"), pools(database.port()), asking);
    Node desk = node(World.settings("reports").withMoves(false), pools(database.port()), asking);
    var report = new TaskReport.Success(Payload.ofText("\"" + "x".repeat(50_000) + "\""));
    Machine machine = machine(CALLBACK);
    for (int i = 0; i < 5; i++) {
      ExecutionKey key = World.started(owner.start(World.request(machine, "c" + i, "{}")));
      String token = tokens.poll(10, TimeUnit.SECONDS);
      World.await("the submission", () -> events(key).size() == 5);
      assertThat(World.get(desk.reportTask(World.TENANT, token, report)))
          .isEqualTo(CompletionResult.DONE);
      World.await("success", () -> World.status(database, key).equals("1"));
    }
    World.await("memory to be empty", () -> owner.figures().hotExecutions() == 0);
    assertThat(owner.figures().hotBytes()).isZero();
  }

  /// A stop lies before it in the inbox, and the owner is gone: who completed the task was told so.
  @Test
  void anAcknowledgedCompletionGoesBeforeAStopThatNobodyWasToldOf() throws Exception {
    var tokens = new LinkedBlockingQueue<String>();
    Connector asking = asking(tokens);
    Node owner = node(World.settings("gone"), pools(database.port()), asking);
    Node desk = node(World.settings("counter").withMoves(false), pools(database.port()), asking);
    ExecutionKey key =
        World.started(owner.start(World.request(machine(CALLBACK), "stopped", "{}")));
    String token = tokens.poll(10, TimeUnit.SECONDS);
    World.await("the submission", () -> events(key).size() == 5);
    owner.close();
    var stop = desk.stop(key, "Because", null);
    World.await("the stop to be left", () -> database.count("inbox") == 1);
    var report = new TaskReport.Success(Payload.ofText("\"ok\""));
    assertThat(World.get(desk.reportTask(World.TENANT, token, report)))
        .isEqualTo(CompletionResult.DONE);
    assertThat(database.count("inbox")).isEqualTo(2);

    node(World.settings("heir"), pools(database.port()), asking);
    assertThat(World.get(stop)).isEqualTo(StopResult.NotRunning.NOT_RUNNING);
    assertThat(events(key)).anyMatch(e -> e.details() instanceof Details.TaskSucceeded);
    assertThat(World.status(database, key)).isEqualTo("1");
  }

  @Test
  void anAcknowledgedCompletionWaitsForItsSubmissionButNotPastTheEnd() throws Exception {
    var tokens = new LinkedBlockingQueue<String>();
    Connector slow =
        World.functions(
            call -> {
              tokens.add(call.token());
              return new CompletableFuture<>();
            });
    Node owner = node(World.settings("slow"), pools(database.port()), slow);
    Node desk = node(World.settings("other").withMoves(false), pools(database.port()), slow);
    ExecutionKey key = World.started(owner.start(World.request(machine(CALLBACK), "slow", "{}")));
    String token = tokens.poll(10, TimeUnit.SECONDS);
    var report = new TaskReport.Success(Payload.ofText("\"ok\""));
    assertThat(World.get(desk.reportTask(World.TENANT, token, report)))
        .isEqualTo(CompletionResult.DONE);
    assertThat(World.get(owner.stop(key, null, null))).isEqualTo(StopResult.NotRunning.NOT_RUNNING);
    assertThat(events(key)).anyMatch(e -> e.details() instanceof Details.TaskSucceeded);
    assertThat(World.status(database, key)).isEqualTo("1");
    World.await("the inbox to be consumed", () -> database.count("inbox") == 0);
  }

  @Test
  void aStopThroughAnotherNodeReachesTheOwner() {
    Node owner =
        node(
            World.settings("busy"),
            pools(database.port()),
            World.functions(_ -> new CompletableFuture<>()));
    Node desk =
        node(
            World.settings("stop-desk").withMoves(false),
            pools(database.port()),
            World.functions(_ -> new CompletableFuture<>()));
    ExecutionKey key = World.started(owner.start(World.request(machine(tasks(1)), "s", "{}")));
    assertThat(World.get(desk.stop(key, "Because", null))).isInstanceOf(StopResult.Stopped.class);
    World.await("the abort", () -> World.status(database, key).equals("4"));
  }

  @Test
  void timersOfExecutionsThatLeftMemoryAreFiredByTheirSlots() {
    Node node =
        node(
            World.settings("small").withRhythm(QUICK).withMaxHotBytes(24_000),
            pools(database.port()),
            answering(_ -> "1"));
    Machine machine =
        machine(
            """
            {"StartAt": "Nap", "States": {"Nap": {"Type": "Wait", "Seconds": 4, "End": true}}}""");
    List<ExecutionKey> keys = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      keys.add(World.started(node.start(World.request(machine, "t" + i, "{}"))));
    }
    World.await("rows for near timers", () -> database.count("timer") >= 1);
    World.await("all to end", () -> database.count("execution where status = 1") == keys.size());
    for (ExecutionKey key : keys) {
      var events = events(key);
      var entered = events.get(1);
      assertThat(entered.details()).isInstanceOf(Details.StateEntered.class);
      var exited = events.get(2);
      assertThat(exited.timestamp())
          .isBetween(entered.timestamp().plusSeconds(4), entered.timestamp().plusMillis(5_500));
    }
    assertThat(database.count("timer")).isZero();
  }

  @Test
  void aFarWaitIsParkedAtOnceAndCanBeStopped() {
    Node node = node(World.settings("far"), pools(database.port()), answering(_ -> "1"));
    Machine machine =
        machine(
            """
            {"StartAt": "Nap", "States": {"Nap": {"Type": "Wait", "Seconds": 3600, "End": true}}}""");
    ExecutionKey key = World.started(node.start(World.request(machine, "p", "{}")));
    assertThat(database.rows("select owner from execution where status = 0"))
        .containsExactly(List.of("0"));
    assertThat(database.count("timer")).isEqualTo(1);
    assertThat(node.figures().hotExecutions()).isZero();
    assertThat(World.get(node.stop(key, null, null))).isInstanceOf(StopResult.Stopped.class);
    assertThat(database.count("timer")).isZero();
    assertGapless(key);
  }

  @Test
  void anExecutionThatIsThisNodesButNotInMemoryIsFound() {
    Node node =
        node(
            World.settings("finder").withRhythm(QUICK),
            pools(database.port()),
            answering(_ -> "1"));
    Machine machine =
        machine(
            """
            {"StartAt": "Nap", "States": {"Nap": {"Type": "Wait", "Seconds": 3600, "End": true}}}""");
    World.started(node.start(World.request(machine, "lost", "{}")));
    database.run("update execution set owner = " + node.figures().incarnation());
    World.await(
        "it to be found, and parked again",
        () -> database.count("execution where owner = 0 and status = 0") == 1);
  }

  @Test
  void anActivityIsWorkedOnThroughTwoNodes() {
    database.run(
        "insert into activity (tenant_id, id, name) values ('%s', '%s', 'paint')"
            .formatted(TestDatabase.TENANT, UUID.randomUUID()));
    String arn = "arn:aws:states:us-east-1:000000000000:activity:paint";
    Node one = node(World.settings("act-1"), pools(database.port()), answering(_ -> "1"));
    Node two = node(World.settings("act-2"), pools(database.port()), answering(_ -> "1"));
    var waiting = two.pollActivity(World.TENANT, arn, "bob");
    Machine machine =
        machine(
            """
            {"StartAt": "Paint", "States": {"Paint": {"Type": "Task", "Resource": "%s", "HeartbeatSeconds": 4,
              "End": true}}}"""
                .formatted(arn));
    ExecutionKey key = World.started(one.start(World.request(machine, "a", "{\"c\":1}")));
    var task = ((PollResult.Task) World.get(waiting)).task();
    assertThat(task.input()).hasToString("{\"c\":1}");
    for (int i = 0; i < 4; i++) {
      World.pause(Duration.ofMillis(1_500));
      assertThat(
              World.get(
                  two.reportTask(World.TENANT, task.taskToken(), TaskReport.Heartbeat.HEARTBEAT)))
          .isEqualTo(CompletionResult.DONE);
    }
    var failure = new TaskReport.Failure(new ErrorName("NoPaint"), "empty");
    assertThat(World.get(two.reportTask(World.TENANT, task.taskToken(), failure)))
        .isEqualTo(CompletionResult.DONE);
    World.await("its failure", () -> World.status(database, key).equals("2"));
    assertThat(events(key))
        .filteredOn(e -> e.details() instanceof Details.TaskStarted)
        .extracting(e -> ((Details.TaskStarted) e.details()).workerName())
        .containsExactly("bob");
    assertGapless(key);
  }

  private Node quick(String name) throws Exception {
    return node(
        World.settings(name).withRhythm(QUICK), pools(database.port()), answering(_ -> "1"));
  }

  @Test
  void listenersOfEveryNodeHearOfCommits() throws Exception {
    Node one = quick("l-1");
    Node two = quick("l-2");
    World.await("both to know each other", () -> one.knowsOthers() && two.knowsOthers());
    var heardHere = new LinkedBlockingQueue<ExecutionKey>();
    var heardThere = new LinkedBlockingQueue<ExecutionKey>();
    open.add(one.listen(heardHere::addAll));
    open.add(two.listen(heardThere::addAll));
    ExecutionKey key = World.started(one.start(World.request(machine(tasks(1)), "l", "{}")));
    assertThat(heardHere.poll(5, TimeUnit.SECONDS)).isEqualTo(key);
    assertThat(heardThere.poll(5, TimeUnit.SECONDS)).isEqualTo(key);
  }

  /// Who watches reads again when told: so it must be told once more after the last commit.
  @Test
  void aListenerElsewhereHearsOfTheLastOfAFlood() throws Exception {
    Node one = quick("f-1");
    Node two = quick("f-2");
    World.await("both to know each other", () -> one.knowsOthers() && two.knowsOthers());
    var heard = new LinkedBlockingQueue<Set<ExecutionKey>>();
    open.add(two.listen(heard::add));
    Machine machine = machine(tasks(1));
    List<CompletionStage<StartResult>> starts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      starts.add(one.start(World.request(machine, "f" + i, "{}")));
    }
    List<ExecutionKey> running = new ArrayList<>();
    for (CompletionStage<StartResult> start : starts) {
      running.add(World.started(start));
    }

    while (!running.isEmpty()) {
      assertThat(heard.poll(5, TimeUnit.SECONDS)).as("while %s run", running).isNotNull();
      running.removeIf(key -> !World.status(database, key).equals("0"));
    }
    ExecutionKey next = World.started(one.start(World.request(machine, "next", "{}")));
    Set<ExecutionKey> told = Set.of();
    while (!told.contains(next)) {
      told = heard.poll(5, TimeUnit.SECONDS);
      assertThat(told).as("what comes after the flood").isNotNull();
    }
  }
}
