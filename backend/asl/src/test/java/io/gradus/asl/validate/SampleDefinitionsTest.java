package io.gradus.asl.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.model.Definition;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Diagnostic.Severity;
import io.gradus.asl.validate.DefinitionValidator.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Published definitions, as people write them: each is read, drawn, and found sound but for
/// placeholders. Skipped where no directory of them is set.
class SampleDefinitionsTest {
  /// Broken where they were published, or by their conversion from YAML (state names `True` and
  /// `False` that became booleans, `QueryLanguage` among the states).
  private static final Set<String> BROKEN =
      Set.of(
          "patterns-lambda-sfn-sls-statemachine-statemachine-asl-yml.asl.json",
          "swc-shared-fallback-state-jsonata-statemachine-statemachine-asl.asl.json");

  @Test
  void everySampleIsSoundButForPlaceholders() throws IOException {
    Path samples = RecordedCases.directory("gradus.samples", "GRADUS_SAMPLES");
    assumeTrue(samples != null, "SKIPPED: set GRADUS_SAMPLES to a directory of definitions");
    List<String> faults = new ArrayList<>();
    int read = 0;
    try (Stream<Path> files = Files.list(Objects.requireNonNull(samples))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".asl.json")).toList()) {
        read++;
        check(file, faults);
      }
    }
    System.out.println("samples read: " + read);
    assertThat(faults).isEmpty();
    assertThat(read).isPositive();
  }

  private static void check(Path file, List<String> faults) throws IOException {
    String text = Files.readString(file);
    Definition sketch = DefinitionParser.sketch(text);
    assertThat(sketch).as(file.toString()).isNotNull();
    assertThat(StateGraph.of(Objects.requireNonNull(sketch)).nodes()).isNotEmpty();
    assertThat(StateGraph.sketch(text)).as(file.toString()).isNotNull();
    if (BROKEN.contains(file.getFileName().toString())) {
      return;
    }
    Definition sound = DefinitionParser.parse(text).definition();
    if (sound != null) {
      assertThat(StateGraph.sketch(text)).as(file.toString()).isEqualTo(StateGraph.of(sound));
    }
    for (Diagnostic each : DefinitionValidator.validate(text, Options.STANDARD)) {
      boolean placeholder =
          each.message().contains("placeholder")
              || text.lines().skip(each.line() - 1L).findFirst().orElse("").contains("${");
      if (each.severity() == Severity.ERROR && !placeholder) {
        faults.add(file.getFileName() + ": " + each);
      }
    }
  }
}
