package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.Details;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.CompletionResult;
import io.gradus.runtime.Machine;
import io.gradus.runtime.StopResult;
import io.gradus.runtime.TaskReport;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/// A network that fails between nodes and their database.
class FailureTest extends Nodes {
  @Test
  void aCommitOfUnknownOutcomeIsNeitherLostNorDoneTwice() {
    CuttingProxy proxy = new CuttingProxy(database.port());
    open.add(proxy);
    var calls = new ConcurrentLinkedQueue<String>();
    Connector cutting =
        answering(
            call -> {
              calls.add(call.idempotencyKey());
              proxy.cutNext(
                  calls.size() % 2 == 0 ? CuttingProxy.Cut.BEFORE : CuttingProxy.Cut.AFTER);
              return "\"" + call.idempotencyKey() + "\"";
            });
    Node node = node(World.settings("cut"), pools(proxy.port()), cutting);
    ExecutionKey key = World.started(node.start(World.request(machine(tasks(12)), "a", "{}")));
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(proxy.cuts()).isGreaterThanOrEqualTo(12);
    assertThat(calls).as("a task whose commit was unknown is not called again").hasSize(12);
    assertThat(results(key)).hasSize(12);
    assertGapless(key);
  }

  @Test
  void aReportWhoseCommitIsOfUnknownOutcomeIsAnsweredRightly() throws Exception {
    CuttingProxy proxy = new CuttingProxy(database.port());
    open.add(proxy);
    var tokens = new LinkedBlockingQueue<String>();
    Node node =
        node(
            World.settings("cut-report"),
            pools(proxy.port()),
            World.functions(
                call -> {
                  tokens.add(call.token());
                  return CompletableFuture.completedFuture(
                      new TaskOutcome.Succeeded(Payload.ofText("{}")));
                }));
    Machine machine = machine(CALLBACK);
    for (CuttingProxy.Cut cut : List.of(CuttingProxy.Cut.AFTER, CuttingProxy.Cut.BEFORE)) {
      ExecutionKey key = World.started(node.start(World.request(machine, cut.name(), "{}")));
      String token = tokens.poll(10, TimeUnit.SECONDS);
      World.await(
          "the submission",
          () -> events(key).stream().anyMatch(e -> e.details() instanceof Details.TaskSubmitted));
      int before = proxy.cuts();
      proxy.cutNext(cut);
      assertThat(
              World.get(
                  node.reportTask(
                      World.TENANT, token, new TaskReport.Success(Payload.ofText("1")))))
          .isEqualTo(CompletionResult.DONE);
      assertThat(proxy.cuts()).isGreaterThan(before);
      assertThat(World.status(database, key)).isEqualTo("1");
      assertThat(results(key)).hasSize(1);
      assertGapless(key);
    }
  }

  @Test
  void aDatabaseThatRestartsNeedsNoRestartOfTheNode() {
    CuttingProxy proxy = new CuttingProxy(database.port());
    open.add(proxy);
    var gate = new CompletableFuture<TaskOutcome>();
    Node node = node(World.settings("restart"), pools(proxy.port()), World.functions(_ -> gate));
    Machine machine = machine(tasks(1));
    ExecutionKey key = World.started(node.start(World.request(machine, "before", "{}")));
    proxy.refuse(true);
    gate.complete(new TaskOutcome.Succeeded(Payload.ofText("1")));
    var during = node.start(World.request(machine, "during", "{}"));
    World.pause(Duration.ofMillis(500));
    proxy.refuse(false);
    World.await("success", () -> World.status(database, key).equals("1"));
    ExecutionKey second = World.started(during);
    World.await("success", () -> World.status(database, second).equals("1"));
    assertGapless(key);
  }

  @Test
  void anActivityThatCannotBeLookedUpIsLookedUpLater() {
    database.run(
        "insert into activity (tenant_id, id, name) values ('%s', '%s', 'later')"
            .formatted(TestDatabase.TENANT, UUID.randomUUID()));
    var gate = new CompletableFuture<TaskOutcome>();
    Node node = node(World.settings("look-up"), pools(database.port()), World.functions(_ -> gate));
    Machine machine =
        machine(
            """
            {"StartAt": "First", "States": {
              "First": {"Type": "Task", "Resource": "%s", "Next": "Then"},
              "Then": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:000000000000:activity:later",
                "End": true}}}"""
                .formatted(WORK));
    ExecutionKey key = World.started(node.start(World.request(machine, "later", "{}")));
    World.await("the call", () -> node.figures().callsInFlight() == 1);
    database.run("revoke select on activity from gradus_engine");
    try {
      gate.complete(new TaskOutcome.Succeeded(Payload.ofText("1")));
      World.pause(Duration.ofMillis(500));
    } finally {
      database.run("grant select on activity to gradus_engine");
    }
    World.await("the activity's task", () -> database.count("task") == 1);
    assertThat(results(key)).hasSize(1);
    assertGapless(key);
    assertThat(World.get(node.stop(key, null, null))).isInstanceOf(StopResult.Stopped.class);
  }

  /// A row of bytes that say nothing, as a disk may leave behind, stays where it is.
  @Test
  void messagesThatNobodyCanReadKeepNoOthersFromBeingRead() {
    Node node = node(World.settings("inbox"), pools(database.port()), answering(_ -> "1"));
    Machine machine = machine(CALLBACK);
    ExecutionKey broken = World.started(node.start(World.request(machine, "broken", "{}")));
    ExecutionKey stopped = World.started(node.start(World.request(machine, "stopped", "{}")));
    String post =
        """
        insert into inbox (tenant_id, execution_id, source_id, kind, payload)
        select '%s', '%s', 'm' || i, 0, decode('%s', 'hex') from generate_series(1, %d) i""";
    database.run(post.formatted(broken.tenant().value(), broken.id(), "7f", 3_000));
    String stop = HexFormat.of().formatHex(InboxMessage.stop(null, null));
    database.run(post.formatted(stopped.tenant().value(), stopped.id(), stop, 1));
    World.await("the stop to be found", () -> World.status(database, stopped).equals("4"));
    database.run("delete from inbox");
    assertThat(World.get(node.stop(broken, null, null))).isInstanceOf(StopResult.Stopped.class);
  }

  /// Its renewals begin in time and end too late: it is never seen to be out when one begins.
  @Test
  void callsThatWaitedForTheLeaseAreMadeAtTheNextRenewal() {
    var late = new AtomicBoolean();
    LongSupplier nanoTime =
        () ->
            late.get() && !Thread.currentThread().getName().equals("lease")
                ? System.nanoTime() + 60_000_000_000L
                : System.nanoTime();
    Node node =
        new Node(
                World.settings("late"),
                pools(database.port()),
                List.of(answering(_ -> "1")),
                nanoTime)
            .start();
    open.add(node);
    late.set(true);
    ExecutionKey key = World.started(node.start(World.request(machine(tasks(1)), "l", "{}")));
    World.await("the call to wait", () -> node.figures().callsWaiting() == 1);
    late.set(false);
    World.await("success", () -> World.status(database, key).equals("1"));
  }

  @Test
  void aNodeThatWasAsleepCannotCommitWhatItsHeirHasMoved() {
    CuttingProxy proxy = new CuttingProxy(database.port());
    open.add(proxy);
    var late = new CompletableFuture<TaskOutcome>();
    Node sleeper =
        node(
            World.settings("sleeper").withRhythm(QUICK),
            pools(proxy.port()),
            World.functions(_ -> late));
    Machine machine = machine(tasks(1));
    ExecutionKey key = World.started(sleeper.start(World.request(machine, "z", "{}")));
    int former = sleeper.figures().incarnation();
    proxy.freeze();
    late.complete(new TaskOutcome.Succeeded(Payload.ofText("\"late\"")));
    var prompt = new CompletableFuture<TaskOutcome>();
    Node heir =
        node(
            World.settings("heir").withRhythm(QUICK),
            pools(database.port()),
            World.functions(_ -> prompt));
    World.await("the heir to have it", () -> heir.figures().callsInFlight() == 1);
    proxy.unfreeze();
    World.await(
        "a new incarnation of the sleeper",
        () -> sleeper.figures().incarnation() != former && sleeper.figures().leaseValid());
    // Its commit came to the database before anything that the heir has written.
    World.await("its commit to be over", () -> sleeper.figures().hotExecutions() == 0);
    assertThat(World.status(database, key)).isEqualTo("0");
    prompt.complete(new TaskOutcome.Succeeded(Payload.ofText("\"heir\"")));
    World.await("the heir to finish it", () -> World.status(database, key).equals("1"));
    assertThat(results(key)).containsExactly("\"heir\"");
    assertGapless(key);
    ExecutionKey next = World.started(sleeper.start(World.request(machine, "y", "{}")));
    World.await("the sleeper to work again", () -> World.status(database, next).equals("1"));
  }

  @Test
  void anExpressExecutionWhoseNodeIsGoneIsRunAgain() {
    CuttingProxy proxy = new CuttingProxy(database.port());
    open.add(proxy);
    Node gone =
        node(
            World.settings("gone").withRhythm(QUICK),
            pools(proxy.port()),
            World.functions(_ -> new CompletableFuture<>()));
    String name = "express" + machines++;
    Machine machine = World.machine(database.machine(name, true, tasks(2)), name, true, tasks(2));
    ExecutionKey key = World.started(gone.start(World.request(machine, "e", "{}")));
    proxy.freeze();
    node(
        World.settings("next").withRhythm(QUICK),
        pools(database.port()),
        answering(_ -> "\"again\""));
    World.await("it to be run again", () -> World.status(database, key).equals("1"));
    proxy.unfreeze();
    assertThat(results(key)).containsExactly("\"again\"", "\"again\"");
    assertGapless(key);
  }
}
