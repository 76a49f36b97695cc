package io.gradus.bench.chaos;

import io.gradus.bench.ColdStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// `./gradus chaos [--minutes M] [--seed S] [--nodes N] [--keep DIR]`: nodes under load on one
/// PostgreSQL while faults happen; then everything is healed, comes to rest, and is checked.
///
/// Killing processes shows what a crash of a process or of the database server does. It says
/// nothing about a loss of power.
public final class Chaos {
  private static final int REST_SECONDS = 180;

  private final Options options;
  private final Path directory;
  private final List<ChaosNode> nodes = new ArrayList<>();
  private final AtomicReference<@Nullable Load> load = new AtomicReference<>();

  /// What was asked for.
  record Options(double minutes, long seed, int nodes, @Nullable Path keep) {}

  private Chaos(Options options, Path directory) {
    this.options = options;
    this.directory = directory;
  }

  /// Runs it, and ends with 1 if anything was lost, doubled, torn or early, with 2 if the run
  /// itself failed.
  public static void main(String[] args) throws IOException {
    Options options = options(args);
    Path keep = options.keep();
    Path directory =
        keep == null ? Files.createTempDirectory("gradus-chaos") : Files.createDirectories(keep);
    int exit;
    try {
      Verdict verdict = new Chaos(options, directory).run();
      verdict.told().forEach(line -> say("%s", line));
      System.out.println(verdict.line());
      exit = verdict.isClean() ? 0 : 1;
    } catch (Exception e) {
      e.printStackTrace(System.err);
      exit = 2;
    }
    if (exit == 0 && keep == null) {
      ColdStart.delete(directory);
    } else {
      say("what it left behind is in %s", directory);
    }
    System.exit(exit);
  }

  private Verdict run() throws Exception {
    say("%d nodes, %.1f minutes, seed %d", options.nodes(), options.minutes(), options.seed());
    try (ChaosDatabase database = new ChaosDatabase(directory.resolve("database"));
        Notes notes = new Notes(directory.resolve("clients.jsonl"));
        Worker worker = new Worker(this::answer)) {
      try {
        launch(database, worker);
        Load running = new Load(nodes, notes, Load.machines(nodes.getFirst()), options.seed());
        load.set(running);
        running.start();
        Adversary adversary = new Adversary(nodes, database, options.seed());
        adversary.run(System.nanoTime() + (long) (options.minutes() * TimeUnit.MINUTES.toNanos(1)));
        heal();
        running.stopStarting();
        say("healed after %s; %d executions wanted", adversary.done(), running.started());
        boolean rests = awaitRest(database);
        running.close();
        Verdict verdict = new Checker(notes.all(), worker).check(database);
        if (!rests) {
          verdict.add(Verdict.Kind.LOST, "not at rest after " + REST_SECONDS + " s");
        }
        say(
            "%d kills of nodes, %d of the database, %d commits cut, %d calls of functions",
            nodes.stream().mapToInt(ChaosNode::kills).sum(),
            database.crashes(),
            nodes.stream().mapToInt(node -> node.proxy().cuts()).sum(),
            worker.calls());
        return verdict;
      } finally {
        for (ChaosNode node : nodes) {
          node.proxy().heal();
          node.freeze(false);
          node.close();
          node.proxy().close();
        }
      }
    }
  }

  private void answer(String token, int n) {
    Load running = load.get();
    if (running != null) {
      running.answer(token, n);
    }
  }

  private void launch(ChaosDatabase database, Worker worker)
      throws IOException, InterruptedException {
    byte[] key = new byte[32];
    new Random(options.seed()).nextBytes(key);
    Map<String, String> settings =
        Map.ofEntries(
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
    for (int i = 0; i < options.nodes(); i++) {
      Path home = Files.createDirectories(directory.resolve("node" + i));
      ChaosNode node = new ChaosNode("n" + i, home, new DatabaseProxy(database.port()), settings);
      nodes.add(node);
      node.start();
      node.awaitAnswer();
    }
  }

  private void heal() throws IOException, InterruptedException {
    for (ChaosNode node : nodes) {
      node.proxy().heal();
      node.freeze(false);
      if (!node.isAlive()) {
        node.start();
      }
    }
    for (ChaosNode node : nodes) {
      node.awaitAnswer();
    }
  }

  /// Waits until no execution runs.
  private static boolean awaitRest(ChaosDatabase database)
      throws SQLException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(REST_SECONDS);
    while (System.nanoTime() < until) {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("select count(*) from execution where status = 0")) {
        rows.next();
        if (rows.getLong(1) == 0) {
          return true;
        }
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return false;
  }

  private static Options options(String[] args) {
    double minutes = 2;
    long seed = System.currentTimeMillis();
    int nodes = 2;
    Path keep = null;
    for (int i = 0; i + 1 < args.length; i += 2) {
      String value = args[i + 1];
      switch (args[i]) {
        case "--minutes" -> minutes = Double.parseDouble(value);
        case "--seed" -> seed = Long.parseLong(value);
        case "--nodes" -> nodes = Integer.parseInt(value);
        case "--keep" -> keep = Path.of(value);
        default -> throw unknown(args[i]);
      }
    }
    if (args.length % 2 == 1) {
      throw unknown(args[args.length - 1]);
    }
    return new Options(minutes, seed, nodes, keep);
  }

  private static IllegalArgumentException unknown(String argument) {
    return new IllegalArgumentException(
        "expected --minutes M, --seed S, --nodes N or --keep DIR, found " + argument);
  }

  static void say(String format, @Nullable Object... values) {
    System.err.printf(Locale.ROOT, format + "%n", values);
  }
}
