package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Details;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.CompletionResult;
import io.gradus.runtime.Machine;
import io.gradus.runtime.NodeSettings;
import io.gradus.runtime.PollResult;
import io.gradus.runtime.StopResult;
import io.gradus.runtime.TaskReport;
import io.gradus.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Several nodes on one database, and a network that fails between them and it.
class ClusterTest {
  private static final String WORK = "arn:aws:lambda:us-east-1:000000000000:function:work";
  private static final String CALLBACK =
      """
      {"StartAt": "Ask", "States": {"Ask": {"Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "Parameters": {"t.$": "$$.Task.Token"},
        "End": true}}}""";
  private static final NodeSettings.Rhythm QUICK =
      new NodeSettings.Rhythm(
          Duration.ofMillis(1_500), Duration.ofMillis(300), Duration.ZERO, Duration.ofMillis(300));

  private static TestDatabase database;
  private static int machines;

  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void startDatabase() {
    database = new TestDatabase();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    database.run("delete from execution");
    database.run("delete from inbox");
    database.run("delete from timer");
  }

  private Node node(NodeSettings settings, Database pools, Connector connector) {
    Node node = new Node(settings, pools, List.of(connector)).start();
    open.add(node);
    return node;
  }

  private Database pools(int port) {
    Database pools = TestDatabase.open(port);
    open.add(pools);
    return pools;
  }

  private static Machine machine(String definition) {
    String name = "c" + machines++;
    return World.machine(database.machine(name, false, definition), name, false, definition);
  }

  private static String tasks(int count) {
    var states = new StringBuilder();
    for (int i = 0; i < count; i++) {
      states
          .append(i == 0 ? "" : ",")
          .append("\"T%d\":{\"Type\":\"Task\",\"Resource\":\"%s\",".formatted(i, WORK))
          .append(i == count - 1 ? "\"End\":true}" : "\"Next\":\"T%d\"}".formatted(i + 1));
    }
    return "{\"StartAt\":\"T0\",\"States\":{" + states + "}}";
  }

  private static Connector answering(Function<TaskInvocation, String> answer) {
    return World.functions(
        call ->
            CompletableFuture.completedFuture(
                new TaskOutcome.Succeeded(Payload.ofText(answer.apply(call)))));
  }

  private static List<Fact.HistoryEvent> events(ExecutionKey key) {
    return World.journal(database, key).stream()
        .filter(Fact.HistoryEvent.class::isInstance)
        .map(Fact.HistoryEvent.class::cast)
        .toList();
  }

  private static void assertGapless(ExecutionKey key) {
    long id = 0;
    for (Fact.HistoryEvent event : events(key)) {
      assertThat(event.id()).isEqualTo(++id);
    }
  }

  private static List<String> results(ExecutionKey key) {
    return events(key).stream()
        .filter(e -> e.details() instanceof Details.TaskSucceeded)
        .map(e -> ((Details.TaskSucceeded) e.details()).output().toString())
        .toList();
  }

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
  void aCallbackIsCompletedThroughAnyNodeAndOnce() throws Exception {
    var tokens = new LinkedBlockingQueue<String>();
    Connector asking =
        World.functions(
            call -> {
              tokens.add(call.token());
              return CompletableFuture.completedFuture(
                  new TaskOutcome.Succeeded(Payload.ofText("{}")));
            });
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
            {"StartAt": "Paint", "States": {"Paint": {"Type": "Task", "Resource": "%s", "HeartbeatSeconds": 2,
              "End": true}}}"""
                .formatted(arn));
    ExecutionKey key = World.started(one.start(World.request(machine, "a", "{\"c\":1}")));
    var task = ((PollResult.Task) World.get(waiting)).task();
    assertThat(task.input()).hasToString("{\"c\":1}");
    for (int i = 0; i < 3; i++) {
      World.pause(Duration.ofMillis(1_200));
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

  @Test
  void listenersOfEveryNodeHearOfCommits() throws Exception {
    Node one =
        node(World.settings("l-1").withRhythm(QUICK), pools(database.port()), answering(_ -> "1"));
    Node two =
        node(World.settings("l-2").withRhythm(QUICK), pools(database.port()), answering(_ -> "1"));
    World.await("both to know each other", () -> one.knowsOthers() && two.knowsOthers());
    var heardHere = new LinkedBlockingQueue<ExecutionKey>();
    var heardThere = new LinkedBlockingQueue<ExecutionKey>();
    open.add(one.listen(heardHere::addAll));
    open.add(two.listen(heardThere::addAll));
    ExecutionKey key = World.started(one.start(World.request(machine(tasks(1)), "l", "{}")));
    assertThat(heardHere.poll(5, TimeUnit.SECONDS)).isEqualTo(key);
    assertThat(heardThere.poll(5, TimeUnit.SECONDS)).isEqualTo(key);
  }
}
