package io.gradus.bench.chaos;

import io.gradus.bench.chaos.check.Checker;
import io.gradus.bench.chaos.check.RecordingFiles;
import io.gradus.bench.chaos.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
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

/// One run: nodes under load on one PostgreSQL while faults happen; then everything is healed,
/// comes to rest, is written down and checked.
final class ChaosRun {
  private static final int REST_SECONDS = 240;

  private final Options options;
  private final Path directory;
  private final List<ChaosNode> nodes = new ArrayList<>();
  private final AtomicReference<@Nullable Answers> answers = new AtomicReference<>();

  /// What was asked for.
  record Options(double minutes, long seed, int nodes) {}

  ChaosRun(Options options, Path directory) {
    this.options = options;
    this.directory = directory;
  }

  Verdict run() throws Exception {
    Chaos.say(
        "%d nodes, %.1f minutes, seed %d", options.nodes(), options.minutes(), options.seed());
    RecordingFiles files = new RecordingFiles(directory);
    boolean rests;
    try (ChaosDatabase database = new ChaosDatabase(directory.resolve("database"));
        Ledger ledger = new Ledger(files.workers());
        Worker worker = new Worker(ledger, this::handed)) {
      try (Notes notes = new Notes(files.clients())) {
        launch(database, worker);
        rests = load(database, notes);
      } finally {
        for (ChaosNode node : nodes) {
          node.proxy().heal();
          node.freeze(false);
          node.close();
        }
      }
      Chaos.say(
          "%d kills of nodes, %d of the database, %d commits cut, %d calls of functions",
          nodes.stream().mapToInt(ChaosNode::kills).sum(),
          database.crashes(),
          nodes.stream().mapToInt(node -> node.proxy().cuts()).sum(),
          worker.calls());
      try (Connection connection = database.connect()) {
        DatabaseDump.write(connection, files);
      }
    }
    Verdict verdict = Checker.check(files.read(), new ScenarioOracle());
    if (!rests) {
      verdict.add(Verdict.Kind.LOST, "not at rest after " + REST_SECONDS + " s");
    }
    return verdict;
  }

  private boolean load(ChaosDatabase database, Notes notes)
      throws IOException, InterruptedException, SQLException {
    long nanos = (long) (options.minutes() * TimeUnit.MINUTES.toNanos(1));
    long begun = System.nanoTime();
    Calls calls = new Calls(nodes, notes);
    Load load = new Load(calls, options.seed(), begun + nanos / 2);
    try (Answers running = new Answers(calls, options.seed())) {
      answers.set(running);
      running.start();
      load.start();
      Adversary adversary = new Adversary(nodes, database, options.seed());
      adversary.run(begun + nanos);
      for (ChaosNode node : nodes) {
        node.heal();
      }
      for (ChaosNode node : nodes) {
        node.awaitAnswer();
      }
      load.stopStarting();
      Chaos.say("healed after %s; %d executions wanted", adversary.done(), load.started());
      return awaitRest(database);
    }
  }

  private void handed(String token, String attempt, int n) {
    Answers running = answers.get();
    if (running != null) {
      running.handed(token, attempt, n);
    }
  }

  /// The first node creates the first tenant. A database has one only: that it was created is
  /// forgotten before the second node, which so creates another.
  private void launch(ChaosDatabase database, Worker worker)
      throws IOException, InterruptedException, SQLException {
    Map<String, String> settings = settings(database, worker);
    for (int i = 0; i < Math.max(2, options.nodes()); i++) {
      Map<String, String> own = new HashMap<>(settings);
      if (i == 1) {
        own.putAll(Tenant.OTHER.settings());
        try (Connection connection = database.connect();
            Statement statement = connection.createStatement()) {
          statement.execute("delete from secret where name = 'first-tenant'");
        }
      }
      Path home = Files.createDirectories(directory.resolve("node" + i));
      ChaosNode node = new ChaosNode("n" + i, home, new DatabaseProxy(database.port()), own);
      nodes.add(node);
      node.start();
      node.awaitAnswer();
    }
    Tenant.ONE.prepare(nodes.getFirst().port());
    Tenant.OTHER.prepare(nodes.getLast().port());
  }

  private Map<String, String> settings(ChaosDatabase database, Worker worker) {
    byte[] key = new byte[32];
    new Random(options.seed()).nextBytes(key);
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
        Map.entry("GRADUS_AWS_ENDPOINT_URL_LAMBDA", worker.address()));
  }

  /// Waits until no execution runs.
  private static boolean awaitRest(ChaosDatabase database)
      throws SQLException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(REST_SECONDS);
    while (System.nanoTime() < until) {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("select count(*) from execution where status in (0, 5)")) {
        rows.next();
        if (rows.getLong(1) == 0) {
          return true;
        }
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return false;
  }
}
