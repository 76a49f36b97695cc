package io.gradus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// `./gradus bench [W1 W4 W5] [--seconds N] [--rounds N] [--json FILE]`
public final class Bench {
  private static final List<Workload> ALL =
      List.of(new TenSteps(), new ColdStart(), new Starts(), new Language());

  private Bench() {}

  /// Runs the workloads named, or all, and ends with 1 if one of them failed.
  public static void main(String[] args) throws IOException {
    List<Workload> chosen = new ArrayList<>();
    int seconds = 8;
    int rounds = 3;
    Path json = null;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--seconds" -> seconds = Integer.parseInt(argument(args, ++i));
        case "--rounds" -> rounds = Integer.parseInt(argument(args, ++i));
        case "--json" -> json = Path.of(argument(args, ++i));
        default -> chosen.add(named(args[i]));
      }
    }
    Workload.Options options = new Workload.Options(seconds, rounds);
    Map<String, Map<String, Double>> report = new LinkedHashMap<>();
    boolean failed = false;
    for (Workload workload : chosen.isEmpty() ? ALL : chosen) {
      say("%n%s  %s", workload.name(), workload.title());
      try {
        Map<String, Double> figures = workload.run(options);
        figures.forEach((name, value) -> say("    %-28s %,14.3f", name, value));
        report.put(workload.name(), figures);
      } catch (Exception e) {
        failed = true;
        say("    failed: %s", e);
        e.printStackTrace(System.err);
      }
    }
    if (json != null) {
      Files.writeString(
          json, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    }
    System.exit(failed ? 1 : 0);
  }

  static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  private static Workload named(String name) {
    return ALL.stream()
        .filter(w -> w.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a workload ("
                        + ALL.stream().map(Workload::name).toList()
                        + "), found "
                        + name));
  }

  private static String argument(String[] args, int i) {
    if (i >= args.length) {
      throw new IllegalArgumentException("expected a value after " + args[i - 1]);
    }
    return args[i];
  }
}
