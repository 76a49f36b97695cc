package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.Checker;
import io.gradus.bench.chaos.check.RecordingFiles;
import io.gradus.bench.chaos.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a run plays on: nodes on one PostgreSQL, workers, and clients whose load begins when it is
/// asked to.
final class Stage implements AutoCloseable {
  private static final int REST_SECONDS = 240;
  private static final int PLANTED_REST_SECONDS = 45;
  private static final int CLEAR_SECONDS = 15;

  private final Cast cast;
  private final RecordingFiles files;
  private final ChaosDatabase database;
  private final Ledger ledger;
  private final Worker worker;
  private final Notes notes;
  private final List<ChaosNode> nodes = new ArrayList<>();
  private final AtomicReference<@Nullable Answers> answers = new AtomicReference<>();
  private @Nullable Load load;

  /// Who plays.
  ///
  /// @param plant the name of a fault that every node is to have, empty for none
  record Cast(Path directory, long seed, int nodes, String plant) {}

  /// Starts it all and waits until every node answers.
  Stage(Cast cast, ChaosDatabase database) throws IOException, InterruptedException, SQLException {
    this.cast = cast;
    this.database = database;
    this.files = new RecordingFiles(cast.directory());
    this.ledger = new Ledger(files.workers());
    this.worker = new Worker(ledger, this::handed);
    this.notes = new Notes(files.clients());
    try {
      launch();
    } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  List<ChaosNode> nodes() {
    return nodes;
  }

  ChaosDatabase database() {
    return database;
  }

  /// @param farUntil until when long Waits are begun, as [System#nanoTime] counts
  void play(long farUntil) {
    Calls calls = new Calls(nodes, notes);
    Answers running = new Answers(calls, cast.seed());
    answers.set(running);
    running.start();
    Load begun = new Load(calls, cast.seed(), farUntil);
    begun.start();
    load = begun;
  }

  /// Ends every fault, lets everything come to its end, and checks it.
  Verdict judge() throws IOException, InterruptedException, SQLException {
    for (ChaosNode node : nodes) {
      node.heal();
    }
    for (ChaosNode node : nodes) {
      node.awaitAnswer();
    }
    Load begun = load;
    if (begun != null) {
      begun.stopStarting();
      Chaos.say("healed; %d executions wanted", begun.started());
    }
    boolean rests = awaitRest();
    Answers running = answers.get();
    if (running != null) {
      running.close();
    }
    Chaos.say(
        "%d kills of nodes, %d of the database, %d commits cut, %d calls of functions",
        nodes.stream().mapToInt(ChaosNode::kills).sum(),
        database.crashes(),
        nodes.stream().mapToInt(node -> node.proxy().cuts()).sum(),
        worker.calls());
    for (ChaosNode node : nodes) {
      node.close();
    }
    notes.close();
    try (Connection connection = database.connect()) {
      DatabaseDump.write(connection, files);
    }
    Verdict verdict = Checker.check(files.read(), new ScenarioOracle());
    if (!rests) {
      verdict.add(Verdict.Kind.LOST, "it did not come to rest");
    }
    return verdict;
  }

  private void handed(String token, String attempt, int n) {
    Answers running = answers.get();
    if (running != null) {
      running.handed(token, attempt, n);
    }
  }

  /// The first node creates the first tenant. A database has one only: that it was created is
  /// forgotten before the second node, which so creates another.
  private void launch() throws IOException, InterruptedException, SQLException {
    Map<String, String> settings = settings();
    Path agent = AgentJar.write(cast.directory());
    for (int i = 0; i < Math.max(2, cast.nodes()); i++) {
      Map<String, String> own = new HashMap<>(settings);
      if (i == 1) {
        own.putAll(Tenant.OTHER.settings());
        try (Connection connection = database.connect();
            Statement statement = connection.createStatement()) {
          statement.execute("delete from secret where name = 'first-tenant'");
        }
      }
      Path home = Files.createDirectories(cast.directory().resolve("node" + i));
      ChaosNode node = new ChaosNode("n" + i, home, new DatabaseProxy(database.port()), own);
      if (i == 1 || !cast.plant().isEmpty()) {
        node.putAgent(agent, cast.plant());
      }
      nodes.add(node);
      node.start();
      node.awaitAnswer();
    }
    registerWorker();
    Tenant.ONE.prepare(nodes.getFirst().port());
    Tenant.OTHER.prepare(nodes.getLast().port());
  }

  /// A node knows the Lambda endpoint of its own first tenant only; the registry is every node's.
  private void registerWorker() throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into http_function (tenant_id, name, url, timeout_seconds)
                select tenant.id, f.name, ?, 60 from tenant, unnest(array['work', 'ask']) as f(name)""")) {
      statement.setString(1, worker.address() + "/");
      statement.executeUpdate();
    }
  }

  private Map<String, String> settings() {
    byte[] key = new byte[32];
    new Random(cast.seed()).nextBytes(key);
    return Map.ofEntries(
        Map.entry("GRADUS_DATABASE_USERNAME", database.user()),
        Map.entry("GRADUS_DATABASE_PASSWORD", database.password()),
        // Several nodes share the hundred connections of one PostgreSQL.
        Map.entry("GRADUS_DATABASE_APP_CONNECTIONS", "6"),
        Map.entry("GRADUS_DATABASE_ENGINE_CONNECTIONS", "8"),
        Map.entry("GRADUS_DATABASE_PLATFORM_CONNECTIONS", "2"),
        Map.entry("GRADUS_DATABASE_TIMER_CONNECTIONS", "3"),
        Map.entry("GRADUS_ROLES", "api,engine"),
        Map.entry("GRADUS_MASTER_KEY", Base64.getEncoder().encodeToString(key)),
        Map.entry("GRADUS_EGRESS_ALLOW", "127.0.0.0/8"));
  }

  /// Waits until no execution runs, and then for what is cleared away behind them.
  private boolean awaitRest() throws SQLException, InterruptedException {
    boolean rests =
        await(
            "execution where status in (0, 5)",
            cast.plant().isEmpty() ? REST_SECONDS : PLANTED_REST_SECONDS);
    // What is left after that, the checker tells.
    boolean cleared = rests && await("timer", CLEAR_SECONDS);
    Chaos.say(cleared ? "at rest" : rests ? "at rest, with timers left" : "not at rest");
    return rests;
  }

  private boolean await(String none, int seconds) throws SQLException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < until) {
      if (database.count(none) == 0) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    Answers running = answers.get();
    if (running != null) {
      running.close();
    }
    for (ChaosNode node : nodes) {
      node.proxy().heal();
      node.freeze(false);
      node.close();
    }
    worker.close();
    ledger.close();
    notes.close();
  }
}
