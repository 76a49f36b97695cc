package io.gradus.asl.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Diagnostic.Severity;
import io.gradus.asl.parse.Parsed;
import io.gradus.asl.validate.DefinitionValidator.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Definitions spoilt by seeds: whatever they have become, they are read without an exception, and
/// every fault has words and a place. `-Dgradus.fuzz.seed=N` spoils one and prints it.
class DefinitionFuzzTest {
  private static final int CASES = 2_500;

  @Test
  void whateverADefinitionHasBecomeItIsToldWhere() throws IOException {
    List<String> sound = sound();
    Long only = Long.getLong("gradus.fuzz.seed");
    List<String> faults = new ArrayList<>();
    int refused = 0;
    for (long seed :
        only != null ? new long[] {only} : LongStream.rangeClosed(1, CASES).toArray()) {
      String text = new DefinitionMutations(seed).spoil(sound);
      if (only != null) {
        System.out.println(text);
      }
      try {
        refused += looked(text) ? 1 : 0;
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        faults.add("seed " + seed + ": " + e.toString().lines().findFirst().orElse(""));
      }
    }

    assertThat(sound).hasSizeGreaterThan(15);
    assertThat(faults).isEmpty();
    assertThat(only != null || refused > CASES / 2).isTrue();
  }

  private static boolean looked(String text) {
    Parsed parsed = DefinitionValidator.check(text, Options.STANDARD);
    boolean refused = parsed.diagnostics().stream().anyMatch(d -> d.severity() == Severity.ERROR);
    if (refused != (parsed.definition() == null)) {
      throw new AssertionError("expected a definition or an error, found " + parsed.diagnostics());
    }
    parsed.diagnostics().forEach(each -> told(each, text));
    DefinitionValidator.check(text, Options.EXPRESS);
    DefinitionValidator.checkState(text, Options.STANDARD);
    StateGraph.sketch(text);
    if (parsed.definition() != null) {
      StateGraph.of(parsed.definition());
    } else {
      DefinitionParser.sketch(text);
    }
    return refused;
  }

  private static void told(Diagnostic each, String text) {
    boolean placed =
        (each.location().startsWith("/") || each.location().startsWith("[Source: (String)"))
            ? each.line() >= 1 && each.line() <= text.lines().count() + 1
            : each.location().isEmpty();
    if (each.message().isBlank() || !placed) {
      throw new AssertionError("expected words and a place, found " + each);
    }
  }

  /// The project's own definitions.
  private static List<String> sound() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("gradus"))) {
      root = Objects.requireNonNull(root.getParent());
    }
    List<String> all = new ArrayList<>();
    for (String folder :
        List.of("examples/image", "examples/orders", "backend/service/src/main/resources")) {
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".asl.json"))
            .sorted()
            .forEach(file -> all.add(read(file)));
      }
    }
    all.add(EVERYTHING);
    return all;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What no template has.
  private static final String EVERYTHING =
      """
      {"Comment":"all","StartAt":"A","TimeoutSeconds":60,"Version":"1.0","States":{
        "A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl.$":"$.q","MessageBody":{"t.$":"$$.Task.Token","f.$":"States.Format('{}',$.x)"}},
          "Credentials":{"RoleArn.$":"$.role"},"TimeoutSecondsPath":"$.t","HeartbeatSecondsPath":"$.h","ResultSelector":{"a.$":"$.b"},"ResultPath":"$.r","InputPath":"$","OutputPath":"$",
          "Retry":[{"ErrorEquals":["X"],"IntervalSeconds":1,"MaxAttempts":2,"BackoffRate":1.5,"MaxDelaySeconds":9,"JitterStrategy":"FULL"}],
          "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.e","Assign":{"v.$":"$.Cause"},"Next":"B"}],"Next":"B"},
        "B":{"Type":"Choice","Choices":[{"And":[{"Variable":"$.a","IsPresent":true},{"Not":{"Variable":"$.a","NumericLessThanEqualsPath":"$.b"}}],"Assign":{"w":1},"Next":"C"},
          {"Or":[{"Variable":"$.a","StringMatches":"*x"},{"Variable":"$.t","TimestampEquals":"2026-01-01T00:00:00Z"}],"Next":"D"}],"Default":"D"},
        "C":{"Type":"Map","ItemsPath":"$.i","ItemSelector":{"v.$":"$$.Map.Item.Value"},"MaxConcurrencyPath":"$.c","ToleratedFailurePercentagePath":"$.p","Label":"L",
          "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"GIVEN","CSVHeaders":["a"],"MaxItems":5},"Parameters":{"Bucket":"b","Key":"k"}},
          "ItemBatcher":{"MaxItemsPerBatch":3,"BatchInput":{"x":1}},"ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"b"},"WriterConfig":{"OutputType":"JSONL","Transformation":"FLATTEN"}},
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"Next":"D"},
        "D":{"Type":"Parallel","QueryLanguage":"JSONata","Arguments":"{% $states.input %}","Output":"{% $states.result %}","Assign":{"z":"{% 1 %}"},
          "Branches":[{"StartAt":"W","States":{"W":{"Type":"Wait","QueryLanguage":"JSONata","Seconds":"{% 1 + 1 %}","End":true}}}],"Next":"E"},
        "E":{"Type":"Wait","TimestampPath":"$.at","Next":"F"},
        "F":{"Type":"Fail","ErrorPath":"$.e","CausePath":"States.JsonToString($)"}}}
      """;
}
