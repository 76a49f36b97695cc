package io.gradus.engine.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.map.ResultFiles.Progress;
import io.gradus.engine.map.ResultFiles.Target;
import io.gradus.engine.map.WriterConfig.OutputType;
import io.gradus.engine.map.WriterConfig.Transformation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ResultFilesTest {
  private static final String RUN =
      "arn:aws:states:us-east-1:123456789012:mapRun:Orders/Map:4977ded7-b097-3bee-81e1-7863c5660f29";
  private static final Target TARGET = new Target(RUN, "results", "jobs", 0);
  private static final Instant START = Instant.parse("2026-02-04T01:49:50.099Z");

  private static ChildResult child(
      ExecutionStatus status, String input, @Nullable String output, boolean standard) {
    boolean succeeded = status == ExecutionStatus.SUCCEEDED;
    return new ChildResult(
        Payload.ofText(input),
        new ChildResult.Ran(
            "arn:aws:states:us-east-1:123456789012:execution:Orders/Map:c1",
            "arn:aws:states:us-east-1:123456789012:stateMachine:Orders/Map",
            "c1",
            status,
            output == null ? null : Payload.ofText(output),
            succeeded ? null : "States.TaskFailed",
            succeeded ? null : "No luck",
            START,
            START.plusMillis(64),
            !standard
                ? null
                : succeeded
                    ? new ChildResult.Redrive(
                        0, null, "NOT_REDRIVABLE", "Execution is SUCCEEDED and cannot be redriven")
                    : new ChildResult.Redrive(1, START, "REDRIVABLE_BY_MAP_RUN", null)));
  }

  private static ChildResult output(String json) {
    return child(ExecutionStatus.SUCCEEDED, "{}", json, true);
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8);
  }

  private static String fileOf(WriterConfig config, ChildResult... children) {
    ResultFile file =
        new ResultFiles(TARGET, config, 10_000)
            .open(new Progress(children[0].group(), 0, 0, List.of()));
    for (ChildResult child : children) {
      assertThat(file.add(child)).isTrue();
    }
    assertThat(file.size()).isEqualTo(file.content().length);
    return text(file.content());
  }

  @Test
  void aChildThatSucceededIsToldAsAwsTellsIt() {
    String file =
        fileOf(
            new WriterConfig(OutputType.JSON, Transformation.NONE),
            child(ExecutionStatus.SUCCEEDED, "{\"a\": \"é\"}", "[1]", true));

    assertThat(file)
        .isEqualTo(
            """
            [{"ExecutionArn":"arn:aws:states:us-east-1:123456789012:execution:Orders/Map:c1",\
            "Input":"{\\"a\\": \\"é\\"}","InputDetails":{"Included":true},"Name":"c1",\
            "Output":"[1]","OutputDetails":{"Included":true},"RedriveCount":0,\
            "RedriveStatus":"NOT_REDRIVABLE",\
            "RedriveStatusReason":"Execution is SUCCEEDED and cannot be redriven",\
            "StartDate":"2026-02-04T01:49:50.099Z",\
            "StateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:Orders/Map",\
            "Status":"SUCCEEDED","StopDate":"2026-02-04T01:49:50.163Z"}]""");
  }

  @Test
  void aChildThatFailedHasItsErrorAndNoOutput() {
    String file =
        fileOf(
            new WriterConfig(OutputType.JSON, Transformation.FLATTEN),
            child(ExecutionStatus.TIMED_OUT, "1", null, true));

    assertThat(PayloadJson.MAPPER.readTree(file).path(0).propertyNames())
        .containsExactly(
            "Cause",
            "Error",
            "ExecutionArn",
            "Input",
            "InputDetails",
            "Name",
            "RedriveCount",
            "RedriveDate",
            "RedriveStatus",
            "StartDate",
            "StateMachineArn",
            "Status",
            "StopDate");
  }

  @Test
  void anExpressChildHasNothingOfRedrives() {
    String file =
        fileOf(
            new WriterConfig(OutputType.JSONL, Transformation.NONE),
            child(ExecutionStatus.SUCCEEDED, "1", "2", false));

    assertThat(file).doesNotContain("Redrive").endsWith("}\n");
  }

  @Test
  void aChildThatWasNotStartedHasItsInputAlone() {
    assertThat(
            fileOf(
                new WriterConfig(OutputType.JSON, Transformation.COMPACT),
                ChildResult.pending(Payload.ofText("{\"a\":1}"))))
        .isEqualTo(
            """
            [{"Input":"{\\"a\\":1}","InputDetails":{"Included":true},"Status":"PENDING"}]""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          JSON  | COMPACT | [[ 1, {"b":2.0}],"x",[]]
          JSON  | FLATTEN | [1,{"b":2.0},"x"]
          JSONL | COMPACT | [ 1, {"b":2.0}];"x";[]
          JSONL | FLATTEN | 1;{"b":2.0};"x"
          """)
  void outputsAreTransformed(OutputType type, Transformation transformation, String expected) {
    String file =
        fileOf(
            new WriterConfig(type, transformation),
            output("[ 1, {\"b\":2.0}]"),
            output("\"x\""),
            output("[]"));

    assertThat(file.stripTrailing().replace("\n", ";")).isEqualTo(expected);
  }

  @Test
  void aLineIsALineHoweverAnOutputWasWritten() {
    assertThat(
            fileOf(
                new WriterConfig(OutputType.JSONL, Transformation.COMPACT),
                output("{\n  \"a\": 1.50,\r\n  \"b\": \"\\n\"}")))
        .isEqualTo("{\"a\":1.50,\"b\":\"\\n\"}\n");
  }

  /// Writes all files, with as many children at hand at once as `page` says.
  private static Map<String, String> write(
      ResultFiles files, List<ChildResult> children, int page) {
    Map<String, String> written = new LinkedHashMap<>();
    Progress progress = Progress.BEGIN;
    while (progress.group() != null) {
      ResultGroup group = progress.group();
      List<ChildResult> mine = children.stream().filter(each -> each.group() == group).toList();
      ResultFile file = files.open(progress);
      boolean last = false;
      reading:
      for (int from = (int) progress.position(); ; from += page) {
        List<ChildResult> some = mine.subList(from, Math.min(from + page, mine.size()));
        for (ChildResult each : some) {
          if (!file.add(each)) {
            break reading;
          }
        }
        if (some.size() < page) {
          last = true;
          break;
        }
      }
      if (file.children() > 0) {
        written.put(files.name(progress), text(file.content()));
      }
      progress = files.closed(progress, file, last);
    }
    written.put(files.manifestName(), text(files.manifest(progress)));
    return written;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 1_000})
  void filesAreCutTheSameHoweverManyChildrenAreAtHand(int page) {
    Random random = new Random(5);
    List<ChildResult> children = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String value = "\"" + "x".repeat(random.nextInt(400)) + "\"";
      children.add(
          switch (random.nextInt(4)) {
            case 0 -> child(ExecutionStatus.FAILED, value, null, true);
            case 1 -> ChildResult.pending(Payload.ofText(value));
            default -> output(value);
          });
    }
    children.add(output("\"" + "y".repeat(20_000) + "\"")); // alone larger than a file
    ResultFiles files =
        new ResultFiles(TARGET, WriterConfig.of(PayloadJson.MAPPER.readTree("{}"), true), 10_000);

    Map<String, String> written = write(files, children, page);

    assertThat(written).isEqualTo(write(files, children, 17));
    JsonNode manifest =
        PayloadJson.MAPPER.readTree(
            written.get("4977ded7-b097-3bee-81e1-7863c5660f29/manifest.json"));
    assertThat(manifest.path("DestinationBucket").asString()).isEqualTo("results");
    assertThat(manifest.path("MapRunArn").asString()).isEqualTo(RUN);
    int records = 0;
    for (ResultGroup group : ResultGroup.values()) {
      for (JsonNode entry : manifest.path("ResultFiles").path(group.name())) {
        String file =
            written.getOrDefault(entry.path("Key").asString().substring("jobs/".length()), "");
        assertThat(file.length()).isEqualTo(entry.path("Size").intValue());
        JsonNode all = PayloadJson.MAPPER.readTree(file);
        assertThat(file.length() <= 10_000 || all.size() == 1).isTrue();
        records += all.size();
      }
    }
    assertThat(records).isEqualTo(children.size());
  }

  @Test
  void noChildrenLeaveAManifestAlone() {
    ResultFiles files =
        new ResultFiles(
            new Target(RUN, "results", "", 2),
            new WriterConfig(OutputType.JSONL, Transformation.NONE),
            100);

    assertThat(write(files, List.of(), 10).keySet())
        .containsExactly("4977ded7-b097-3bee-81e1-7863c5660f29/Redrive-2/manifest.json");
    assertThat(files.output())
        .hasToString(
            "{\"MapRunArn\":\""
                + RUN
                + "\",\"ResultWriterDetails\":{\"Bucket\":\"results\",\"Key\":"
                + "\"4977ded7-b097-3bee-81e1-7863c5660f29/Redrive-2/manifest.json\"}}");
  }

  @Test
  void resultsThatAreNotExportedAreTheMapsOutput() {
    List<ChildResult> children =
        List.of(output("[1]"), child(ExecutionStatus.FAILED, "7", null, true), output("2"));

    assertThat(ResultFiles.output(children.subList(0, 1), WriterConfig.of(null, false)).toString())
        .isEqualTo("[[1]]");
    assertThat(
            ResultFiles.output(children, new WriterConfig(OutputType.JSON, Transformation.FLATTEN))
                .json())
        .hasSize(3);
    assertThat(
            ResultFiles.output(
                    List.of(output("[1,\"a\"]"), output("{}")),
                    new WriterConfig(OutputType.JSONL, Transformation.FLATTEN))
                .toString())
        .isEqualTo("\"1\\n\\\"a\\\"\\n{}\\n\"");
  }

  @ParameterizedTest
  @CsvSource({"'',n,n", "p,n,p/n", "p/,n,p/n", "p//,n,p/n", "/,n,n", "a/b,n/m,a/b/n/m"})
  void keysHaveOneSlashBetween(String prefix, String name, String key) {
    assertThat(ResultFiles.key(prefix, name)).isEqualTo(key);
  }

  @Test
  void aConfigurationThatThereIsNotIsRefused() {
    assertThatThrownBy(
            () -> WriterConfig.of(PayloadJson.MAPPER.readTree("{\"OutputType\": \"XML\"}"), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The field 'OutputType' of WriterConfig should have one of these values: [JSON, JSONL]");
  }
}
