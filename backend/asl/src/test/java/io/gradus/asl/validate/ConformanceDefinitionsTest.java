package io.gradus.asl.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradus.asl.graph.VariableReferences;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Diagnostic.Severity;
import io.gradus.asl.validate.DefinitionValidator.Options;
import io.gradus.asl.validate.RecordedCases.Sent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every definition of a conformance corpus against what AWS said of it: taken, refused with a
/// sentence, or answered with diagnostics. Skipped where no corpus is set.
class ConformanceDefinitionsTest {
  @Test
  void everyRecordedDefinitionIsAnsweredAsAwsDid() {
    Path corpus = RecordedCases.directory("gradus.conformance.cases", "GRADUS_CONFORMANCE_CASES");
    assumeTrue(
        corpus != null, "SKIPPED: set GRADUS_CONFORMANCE_CASES to a corpus to compare with AWS");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Sent sent : RecordedCases.read(Objects.requireNonNull(corpus))) {
      compared++;
      compare(sent, differences);
    }
    System.out.println("definitions compared with AWS: " + compared);
    assertThat(differences).isEmpty();
    assertThat(compared).isPositive();
  }

  @Test
  void variableReferencesAreThoseAwsListed() {
    Path corpus = RecordedCases.directory("gradus.conformance.cases", "GRADUS_CONFORMANCE_CASES");
    assumeTrue(
        corpus != null, "SKIPPED: set GRADUS_CONFORMANCE_CASES to a corpus to compare with AWS");
    Map<String, JsonNode> listed = RecordedCases.variableReferences(Objects.requireNonNull(corpus));
    List<String> differences = new ArrayList<>();
    listed.forEach(
        (definition, expected) -> {
          Map<String, Set<String>> ours = new HashMap<>();
          VariableReferences.of(
                  Objects.requireNonNull(DefinitionParser.parse(definition).definition()))
              .forEach((state, names) -> ours.put(state, Set.copyOf(names)));
          Map<String, Set<String>> theirs = new HashMap<>();
          expected
              .properties()
              .forEach(
                  each ->
                      theirs.put(
                          each.getKey(),
                          each.getValue().values().stream()
                              .map(name -> name.asString(""))
                              .collect(Collectors.toSet())));
          if (!ours.equals(theirs)) {
            differences.add(definition + "\n  ours " + ours + "\n  AWS  " + theirs);
          }
        });
    System.out.println("variable references compared with AWS: " + listed.size());
    assertThat(differences).isEmpty();
    assertThat(listed).isNotEmpty();
  }

  private static void compare(Sent sent, List<String> differences) {
    Options options = new Options(sent.type(), KnownResources.AWS);
    List<Diagnostic> found =
        sent.single()
            ? DefinitionValidator.checkState(sent.definition(), options).diagnostics()
            : DefinitionValidator.validate(sent.definition(), options);
    boolean refused = found.stream().anyMatch(each -> each.severity() == Severity.ERROR);
    if (sent.operation().startsWith("validate")) {
      String answer = sent.answer() == null ? "" : diagnostics(sent.answer());
      if (!diagnostics(found).equals(answer)) {
        differences.add(sent + "\n  ours " + diagnostics(found) + "\n  AWS  " + answer);
      }
    } else if (refused != sent.refused()) {
      differences.add(sent + "\n  ours " + found + "\n  AWS  " + sent.refusal());
    } else if (sent.refusal() != null) {
      String ours = InvalidDefinitionMessage.of(found);
      String theirs = sent.refusal().replace("<partition>", "aws");
      if (!ours.equals(theirs)) {
        differences.add(sent + "\n  ours " + ours + "\n  AWS  " + theirs);
      }
    }
  }

  private static String diagnostics(JsonNode answer) {
    StringBuilder text = new StringBuilder();
    for (JsonNode each : answer.path("diagnostics").values()) {
      text.append(each.path("severity").asString(""))
          .append(' ')
          .append(each.path("code").asString(""))
          .append(' ')
          .append(each.path("message").asString(""))
          .append(" @ ")
          .append(each.path("location").asString(""))
          .append('\n');
    }
    return text.toString();
  }

  private static String diagnostics(List<Diagnostic> found) {
    StringBuilder text = new StringBuilder();
    for (Diagnostic each : found) {
      if (each.severity() == Severity.ERROR) {
        text.append("ERROR ")
            .append(each.code())
            .append(' ')
            .append(each.message())
            .append(" @ ")
            .append(each.location())
            .append('\n');
      }
    }
    return text.toString();
  }
}
