package io.gradus.asl.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradus.asl.cloudformation.Asked;
import io.gradus.asl.cloudformation.Home;
import io.gradus.asl.cloudformation.TemplateMachine;
import io.gradus.asl.cloudformation.TemplateMachine.Found;
import io.gradus.asl.cloudformation.Templates;
import io.gradus.asl.parse.Diagnostic.Severity;
import io.gradus.asl.text.Yaml;
import io.gradus.asl.validate.DefinitionValidator.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Published definitions, imported as people would: each alone, as YAML, and within a template;
/// what is asked for is answered. Skipped where no directory of them is set.
class ImportedSamplesTest {
  private static final Home HOME = new Home("eu-north-1", "000000000007");

  /// Broken where they were published, as [SampleDefinitionsTest] says, or by their conversion from
  /// YAML (a number of seconds that became a text); the last has an ARN that nothing fills.
  private static final Set<String> BROKEN =
      Set.of(
          "patterns-lambda-sfn-sls-statemachine-statemachine-asl-yml.asl.json",
          "swc-shared-fallback-state-jsonata-statemachine-statemachine-asl.asl.json",
          "swc-human-task-reminder-statemachine-statemachine-asl-yaml.asl.json",
          "swc-sfn-datazone-update-metadata-cdk-typescript-statemachine-statemachine-asl.asl.json");

  @Test
  void everySampleIsImported() throws IOException {
    Path samples = RecordedCases.directory("gradus.samples", "GRADUS_SAMPLES");
    assumeTrue(samples != null, "SKIPPED: set GRADUS_SAMPLES to a directory of definitions");
    List<String> faults = new ArrayList<>();
    int read = 0;
    int asked = 0;
    try (Stream<Path> files = Files.list(Objects.requireNonNull(samples))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".asl.json")).toList()) {
        String text = Files.readString(file);
        boolean broken = BROKEN.contains(file.getFileName().toString());
        String yaml = Objects.requireNonNull(Yaml.ofJson(text));
        for (String written : List.of(text, yaml, template(yaml))) {
          asked += imported(file.getFileName() + ": ", written, broken, faults);
        }
        read++;
      }
    }
    System.out.println("samples imported: " + read + ", placeholders asked for: " + asked);
    assertThat(faults).isEmpty();
    assertThat(read).isPositive();
  }

  private static String template(String yaml) {
    return "Resources:\n  Sample:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n"
        + "      Definition:\n"
        + yaml.indent(8);
  }

  private static int imported(String file, String text, boolean broken, List<String> faults) {
    if (!(Templates.read(text, HOME) instanceof Found found)) {
      faults.add(file + Templates.read(text, HOME));
      return 0;
    }
    TemplateMachine machine = found.machines().getFirst();
    Map<String, String> values = new HashMap<>();
    List<Asked> asked = found.lookup().asked(machine);
    for (Asked each : asked) {
      values.put(each.name(), answer(each, text));
    }
    String definition = Objects.requireNonNull(found.lookup().filled(machine, values));
    if (!broken) {
      DefinitionValidator.validate(definition, Options.STANDARD).stream()
          .filter(each -> each.severity() == Severity.ERROR)
          .forEach(each -> faults.add(file + each));
    }
    return asked.size();
  }

  private static String answer(Asked asked, String text) {
    boolean partOfArn = text.contains(":${" + asked.name() + "}");
    String answer = partOfArn ? "given" : "arn:aws:lambda:eu-north-1:000000000007:function:given";
    return Objects.requireNonNullElse(asked.proposal(), answer);
  }
}
