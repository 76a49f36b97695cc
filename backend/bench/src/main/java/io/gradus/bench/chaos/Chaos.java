package io.gradus.bench.chaos;

import io.gradus.bench.ColdStart;
import io.gradus.bench.chaos.check.Checker;
import io.gradus.bench.chaos.check.RecordingFiles;
import io.gradus.bench.chaos.check.Verdict;
import io.gradus.bench.chaos.simulation.Simulations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// `./gradus chaos`: whether anything is lost or happens twice when things go wrong.
///
/// - `[--minutes M] [--seed S] [--nodes N] [--keep DIR]`: nodes under load on one PostgreSQL while
///   faults happen; then everything is healed, comes to rest, and is checked.
/// - `--scenario NAME`: `node-deaths`, `database-restarts`, `failover`, `failover-asynchronous` or
///   `full-disk` instead of the adversary.
/// - `--check DIR`: checks once more what such a run left in a directory.
/// - `--simulate COUNT [--seed S]`: so many seeds of the simulated world, from that one on.
/// - `--prove [simulated]`: plants one fault after another, in the simulation and in real nodes,
///   and tells whether the checker sees it. `--plant NAME` is one of them in a usual run.
///
/// It ends with 1 if anything was lost, doubled, torn or early, and with 2 if the run itself
/// failed. Killing processes shows what a crash of a process or of the database server does. It
/// says nothing about a loss of power.
public final class Chaos {
  private static final Set<String> VALUES =
      Set.of(
          "--minutes",
          "--seed",
          "--nodes",
          "--keep",
          "--check",
          "--simulate",
          "--plant",
          "--scenario");

  private static final String USAGE =
      "expected --prove, or one of " + new TreeSet<>(VALUES) + " with its value; found ";

  private static final int TOLD = 5;

  private Chaos() {}

  /// Runs what is asked for.
  public static void main(String[] args) {
    int exit;
    try {
      exit = run(options(args));
    } catch (Exception e) {
      e.printStackTrace(System.err);
      exit = 2;
    }
    System.exit(exit);
  }

  private static int run(Map<String, String> options) throws Exception {
    String check = options.get("--check");
    if (check != null) {
      return tell(Checker.check(new RecordingFiles(Path.of(check)).read(), new ScenarioOracle()));
    }
    String simulate = options.get("--simulate");
    if (simulate != null) {
      return simulate(number(options.get("--seed"), 0), Long.parseLong(simulate));
    }
    boolean proves = options.containsKey("--prove");
    String keep = options.get("--keep");
    Path directory =
        keep == null
            ? Files.createTempDirectory("gradus-chaos")
            : Files.createDirectories(Path.of(keep));
    int exit = 2;
    try {
      long seed = number(options.get("--seed"), System.currentTimeMillis());
      Stage.Cast cast =
          new Stage.Cast(
              directory,
              seed,
              (int) number(options.get("--nodes"), 2),
              options.getOrDefault("--plant", ""));
      if (proves) {
        boolean real = !options.getOrDefault("--prove", "").equals("simulated");
        double each = Double.parseDouble(options.getOrDefault("--minutes", "0.3"));
        exit = Proof.run(directory, seed, each, real) ? 0 : 1;
        return exit;
      }
      double minutes = Double.parseDouble(options.getOrDefault("--minutes", "2"));
      exit = tell(play(options.getOrDefault("--scenario", ""), cast, minutes));
    } finally {
      leave(directory, exit == 0 && keep == null);
    }
    return exit;
  }

  private static Verdict play(String scenario, Stage.Cast cast, double minutes) throws Exception {
    return switch (scenario) {
      case "" -> ChaosRun.run(cast, minutes);
      case "node-deaths" -> NodeDeaths.run(cast);
      case "database-restarts" -> DatabaseRestarts.run(cast);
      case "failover" -> Failover.run(cast, true);
      case "failover-asynchronous" -> Failover.run(cast, false);
      case "full-disk" -> FullDisk.run(cast);
      default -> throw new IllegalArgumentException("there is no scenario " + scenario);
    };
  }

  private static int simulate(long first, long count) {
    long begun = System.nanoTime();
    List<Simulations.Failure> failures = Simulations.run(first, count);
    failures.stream().limit(TOLD).forEach(failure -> System.out.println(failure));
    System.out.printf(
        Locale.ROOT,
        "seeds=%d failed=%d seconds=%.1f%n",
        count,
        failures.size(),
        (System.nanoTime() - begun) / 1e9);
    return failures.isEmpty() ? 0 : 1;
  }

  private static void leave(Path directory, boolean delete) throws IOException {
    if (delete) {
      ColdStart.delete(directory);
    } else {
      say("what it left behind is in %s", directory);
    }
  }

  private static int tell(Verdict verdict) {
    verdict.told().forEach(line -> say("%s", line));
    System.out.println(verdict.line());
    return verdict.isClean() ? 0 : 1;
  }

  private static long number(@Nullable String text, long otherwise) {
    return text == null ? otherwise : Long.parseLong(text);
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--prove")) {
        boolean simulated = i + 1 < args.length && args[i + 1].equals("simulated");
        options.put(args[i], simulated ? args[++i] : "");
      } else if (VALUES.contains(args[i]) && i + 1 < args.length) {
        options.put(args[i], args[++i]);
      } else {
        throw new IllegalArgumentException(USAGE + args[i]);
      }
    }
    return options;
  }

  static void say(String format, @Nullable Object... values) {
    System.err.printf(Locale.ROOT, format + "%n", values);
  }
}
