package io.gradus.engine.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradus.asl.model.Definition;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Diagnostic.Severity;
import io.gradus.asl.validate.DefinitionValidator;
import io.gradus.asl.validate.DefinitionValidator.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Published machines run to their end with mocks, by every way that a mock can make them go: each
/// rule of each Choice, each catcher, each retrier until it succeeds and until it gives up, each
/// Map with none, one and several items, each state done. Skipped where no directory of them is
/// set.
class SampleBranchesTest {
  /// Refused by AWS as they are, and here: their states are no states.
  private static final Set<String> BROKEN =
      Set.of(
          "patterns-lambda-sfn-sls-statemachine-statemachine-asl-yml",
          "swc-shared-fallback-state-jsonata-statemachine-statemachine-asl");

  /// Names a function without its region and account, which is no ARN of one.
  private static final String NO_FUNCTION =
      "swc-sfn-datazone-update-metadata-cdk-typescript-statemachine-statemachine-asl";

  private final Map<String, Set<String>> left = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private int machines;
  private int ways;
  private int runs;

  @Test
  void everyWayIsGoneButThoseThatCannotBe() throws IOException {
    String set = System.getProperty("gradus.samples", System.getenv("GRADUS_SAMPLES"));
    assumeTrue(
        set != null && !set.isBlank(), "SKIPPED: set GRADUS_SAMPLES to a directory of definitions");
    try (Stream<Path> files = Files.list(Path.of(String.valueOf(set)))) {
      for (Path file :
          files.filter(each -> each.toString().endsWith(".asl.json")).sorted().toList()) {
        explore(String.valueOf(file.getFileName()).replace(".asl.json", ""), file);
      }
    }
    int open = left.values().stream().mapToInt(Set::size).sum();
    System.out.printf(
        "samples: %d machines, %d ways, %d gone in %d runs, %s%n",
        machines, ways, ways - open, runs, Unreachable.reasons());
    assertThat(faults).isEmpty();
    assertThat(machines).isPositive();
    assertThat(left).isEqualTo(Unreachable.ways());
  }

  private void explore(String name, Path file) throws IOException {
    String published = Files.readString(file);
    if (BROKEN.contains(name)) {
      assertThat(DefinitionParser.parse(published).definition()).as(name).isNull();
      return;
    }
    for (Diagnostic each :
        DefinitionValidator.validate(Samples.filled(published), Options.STANDARD)) {
      boolean known = name.equals(NO_FUNCTION) && each.code() == Diagnostic.Code.INVALID_RESOURCE;
      if (each.severity() == Severity.ERROR && !known) {
        faults.add(name + ": " + each);
      }
    }
    Definition definition = DefinitionParser.parse(Samples.runnable(published)).definition();
    if (definition == null) {
      faults.add(name + ": not parsed");
      return;
    }
    machines++;
    ways += Way.of(definition).size();
    Search search = new Search(definition);
    Set<Way> missed = search.explore();
    runs += search.runs();
    if (!missed.isEmpty()) {
      left.put(
          name, missed.stream().map(Way::toString).collect(Collectors.toCollection(TreeSet::new)));
    }
  }
}
