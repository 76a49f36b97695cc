package io.gradus.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// `./gradus bench [W1 W2 … soak] [--seconds N] [--rounds N] [--json FILE] …`
public final class Bench {
  private static final List<Workload> ALL =
      List.of(
          new TenSteps(),
          new MapItems(),
          new Waits(),
          new ColdStart(),
          new Starts(),
          new ExpressCalls(),
          new LongHistory(),
          new NoisyNeighbour(),
          new Growth(),
          new MapRunItems(),
          new Language());
  private static final Workload SOAK = new Soak();

  private Bench() {}

  /// Runs the workloads named, or all but the soak, and ends with 1 if one of them failed.
  public static void main(String[] args) throws IOException {
    // Quartz, Flyway and the pools tell of themselves at length; what goes wrong is told all the
    // same.
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    if (Arrays.asList(args).contains("--help")) {
      say("%s%n%s", Options.USAGE, workloads());
      return;
    }
    Options options;
    List<Workload> chosen = new ArrayList<>();
    try {
      options = Options.parse(args);
      options.names().forEach(name -> chosen.add(named(name)));
    } catch (IllegalArgumentException e) {
      System.err.printf("%s%n%n%s%n%s%n", e.getMessage(), Options.USAGE, workloads());
      System.exit(2);
      return;
    }
    Map<String, Map<String, Double>> report = new LinkedHashMap<>();
    boolean failed = false;
    for (Workload workload : chosen.isEmpty() ? ALL : chosen) {
      say("%n%s  %s", workload.name(), workload.title());
      try {
        Map<String, Double> figures = workload.run(options);
        figures.forEach((name, value) -> say("    %-34s %,14.3f", name, value));
        report.put(workload.name(), figures);
      } catch (Exception e) {
        failed = true;
        say("    failed: %s", e);
        e.printStackTrace(System.err);
      }
    }
    Path json = options.json();
    if (json != null) {
      Files.writeString(
          json, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    }
    System.exit(failed ? 1 : 0);
  }

  static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  private static List<Workload> all() {
    List<Workload> all = new ArrayList<>(ALL);
    all.add(SOAK);
    return all;
  }

  private static String workloads() {
    return all().stream()
        .map(w -> "  %-6s %s".formatted(w.name(), w.title()))
        .collect(Collectors.joining("\n"));
  }

  private static Workload named(String name) {
    List<Workload> all = all();
    return all.stream()
        .filter(w -> w.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a workload ("
                        + all.stream().map(Workload::name).toList()
                        + "), found "
                        + name));
  }
}
