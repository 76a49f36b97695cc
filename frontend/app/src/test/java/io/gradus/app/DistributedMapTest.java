package io.gradus.app;

import static io.gradus.app.Programs.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.peers.S3Mock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The example of orders, from an S3 to an S3: as it is, and with a node that is killed in the
/// middle. `GRADUS_TEST_ORDERS`, `_KILLS` and `_BATCH` make more of it than each build does.
@Timeout(1_800)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DistributedMapTest {
  private static final Path EXAMPLE = Path.of("../../examples/orders");
  private static final String KEY = "AKIAORDERS";
  private static final String SECRET = "orders-orders-orders";
  private static final String ROLE = "arn:aws:iam::000000000000:role/any";
  private static final int ORDERS = setting("GRADUS_TEST_ORDERS", 20_000);
  private static final int KILLS = setting("GRADUS_TEST_KILLS", 2);

  /// Orders to a child where nodes are killed.
  private static final int BATCH = setting("GRADUS_TEST_BATCH", 10);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// The first children succeed, those that follow wait, and one of them fails.
  private static final String FAILING =
      """
      {"StartAt": "Numbers", "States": {"Numbers": {"Type": "Map", "MaxConcurrency": 100,
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
          "ReaderConfig": {"InputType": "JSONL"},
          "Parameters": {"Bucket.$": "$.bucket", "Key.$": "$.key"}},
        "ItemProcessor": {
          "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
          "StartAt": "Which", "States": {
            "Which": {"Type": "Choice", "Default": "Good", "Choices": [
              {"Variable": "$.n", "NumericEquals": 690, "Next": "Bad"},
              {"Variable": "$.n", "NumericGreaterThan": 600, "Next": "Long"}]},
            "Good": {"Type": "Pass", "End": true},
            "Bad": {"Type": "Fail", "Error": "Bad"},
            "Long": {"Type": "Wait", "Seconds": 3600, "End": true}}},
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
          "Parameters": {"Bucket.$": "$.bucket", "Prefix": "failed"}},
        "End": true}}}""";

  private Path data;
  private S3Mock mock;
  private S3Client s3;
  private GradusProcess gradus;
  private SfnClient sfn;
  private List<String> totals;

  @BeforeAll
  void begin(@TempDir Path directory) throws IOException, InterruptedException {
    data = directory.resolve("data");
    mock = S3Mock.start();
    s3 =
        S3Client.builder()
            .endpointOverride(mock.uri())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .build();
    s3.createBucket(r -> r.bucket("orders"));
    Path csv = directory.resolve("orders.csv");
    totals = ordered(csv);
    s3.putObject(r -> r.bucket("orders").key("orders.csv"), RequestBody.fromFile(csv));
    start();
  }

  private static int setting(String name, int usual) {
    return Integer.parseInt(System.getenv().getOrDefault(name, String.valueOf(usual)));
  }

  private void start() {
    gradus =
        GradusProcess.start(
            data,
            Map.of(
                "GRADUS_BOOTSTRAP_ACCESS_KEY_ID",
                KEY,
                "GRADUS_BOOTSTRAP_SECRET_ACCESS_KEY",
                SECRET,
                "GRADUS_AWS_ENDPOINT_URL_S3",
                mock.uri().toString(),
                "GRADUS_AWS_ACCESS_KEY_ID",
                "any",
                "GRADUS_AWS_SECRET_ACCESS_KEY",
                "any"));
    sfn = Programs.sfn(gradus.address(), KEY, SECRET);
  }

  @AfterAll
  void end() {
    sfn.close();
    gradus.close();
    s3.close();
    mock.close();
  }

  @Test
  void ordersAreAddedUp() throws IOException {
    // when
    String execution =
        started("orders", Files.readString(EXAMPLE.resolve("orders.asl.json")), "orders.csv");
    DescribeExecutionResponse ended = ended(execution);

    // then
    assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(told(ended.output())).isEqualTo(totals);
    assertThat(sfn.getExecutionHistory(r -> r.executionArn(execution)).events())
        .extracting(HistoryEvent::type)
        .containsOnlyOnce(HistoryEventType.EXECUTION_SUCCEEDED)
        .contains(HistoryEventType.MAP_RUN_STARTED, HistoryEventType.MAP_RUN_SUCCEEDED);
  }

  @Test
  void aNodeThatIsKilledLosesNoItemAndRepeatsNone() throws Exception {
    // given
    String definition =
        Files.readString(EXAMPLE.resolve("orders.asl.json"))
            .replaceFirst("\"EXPRESS\"", "\"STANDARD\"")
            .replace("\"MaxItemsPerBatch\": 1000", "\"MaxItemsPerBatch\": " + BATCH);
    String execution = started("orders-killed", definition, "orders.csv");
    String run = mapRun(execution);

    // when
    for (int i = 1; i <= KILLS; i++) {
      long mark = ORDERS * (long) i / (KILLS + 1) - ThreadLocalRandom.current().nextInt(1_000);
      await("some items", () -> described(run).itemCounts().succeeded() >= mark);
      gradus.kill();
      sfn.close();
      start();
    }
    DescribeExecutionResponse ended = ended(execution);

    // then
    assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(told(ended.output())).isEqualTo(totals);
    DescribeMapRunResponse over = described(run);
    assertThat(over.itemCounts().succeeded()).isEqualTo(ORDERS);
    assertThat(over.itemCounts().total()).isEqualTo(ORDERS);
    assertThat(over.executionCounts().succeeded()).isEqualTo(ORDERS / BATCH);
    assertThat(over.itemCounts().resultsWritten()).isEqualTo(ORDERS);
  }

  @Test
  void aNodeThatIsKilledAsAMapRunFailsLeavesEachItemInItsFilesOnce() throws Exception {
    // given
    s3.putObject(
        r -> r.bucket("orders").key("numbers.jsonl"),
        RequestBody.fromString(
            IntStream.range(0, ORDERS)
                .mapToObj(n -> "{\"n\":" + n + "}\n")
                .collect(Collectors.joining())));
    String execution = started("numbers", FAILING, "numbers.jsonl");
    String run = mapRun(execution);

    // when
    for (int i = 1; i <= KILLS; i++) {
      await("its failure", () -> described(run).executionCounts().aborted() > 0);
      gradus.kill();
      sfn.close();
      start();
    }
    DescribeExecutionResponse ended = ended(execution);

    // then
    assertThat(ended.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    String folder = "failed/" + run.substring(run.lastIndexOf(':') + 1) + "/";
    JsonNode manifest = JSON.readTree(object(folder + "manifest.json"));
    List<Integer> numbers = new ArrayList<>();
    for (String group : List.of("SUCCEEDED", "FAILED", "PENDING")) {
      for (JsonNode file : manifest.path("ResultFiles").path(group)) {
        for (JsonNode child : JSON.readTree(object(file.path("Key").stringValue()))) {
          numbers.add(JSON.readTree(child.path("Input").stringValue()).path("n").intValue());
        }
      }
    }
    assertThat(numbers).hasSize(ORDERS).doesNotHaveDuplicates();
    DescribeMapRunResponse over = described(run);
    assertThat(over.itemCounts().resultsWritten()).isEqualTo(ORDERS);
    assertThat(over.itemCounts().total()).isEqualTo(ORDERS);
    assertThat(over.itemCounts().running()).isZero();
    assertThat(over.executionCounts().failed()).isEqualTo(1);
    assertThat(over.executionCounts().failuresNotRedrivable()).isZero();
  }

  private String object(String key) {
    return s3.getObjectAsBytes(r -> r.bucket("orders").key(key)).asUtf8String();
  }

  @Test
  void aBrokenRowIsToldByItsPlace() throws IOException {
    // given
    s3.putObject(
        r -> r.bucket("orders").key("broken.csv"),
        RequestBody.fromString("country,quantity,unit_price\nDE,1,1.00\nFR,2,\"1.00\nDE,1,1.00\n"));

    // when
    DescribeExecutionResponse broken =
        ended(
            started(
                "orders-broken",
                Files.readString(EXAMPLE.resolve("orders.asl.json")),
                "broken.csv"));
    DescribeExecutionResponse missing =
        ended(
            started(
                "orders-missing",
                Files.readString(EXAMPLE.resolve("orders.asl.json")),
                "missing.csv"));

    // then
    assertThat(broken.error()).isEqualTo("States.ItemReaderFailed");
    assertThat(broken.cause()).contains("broken.csv").contains("3");
    assertThat(missing.error()).isEqualTo("States.ItemReaderFailed");
    assertThat(missing.cause()).contains("missing.csv");
  }

  private String started(String name, String definition, String key) {
    String machine =
        sfn.createStateMachine(r -> r.name(name).roleArn(ROLE).definition(definition))
            .stateMachineArn();
    return sfn.startExecution(
            r ->
                r.stateMachineArn(machine).input("{\"bucket\":\"orders\",\"key\":\"" + key + "\"}"))
        .executionArn();
  }

  private String mapRun(String execution) {
    await(
        "the Map Run", () -> !sfn.listMapRuns(r -> r.executionArn(execution)).mapRuns().isEmpty());
    return sfn.listMapRuns(r -> r.executionArn(execution)).mapRuns().getFirst().mapRunArn();
  }

  private DescribeMapRunResponse described(String run) {
    return sfn.describeMapRun(r -> r.mapRunArn(run));
  }

  private DescribeExecutionResponse ended(String execution) {
    await(
        "the execution's end",
        () ->
            sfn.describeExecution(r -> r.executionArn(execution)).status()
                != ExecutionStatus.RUNNING);
    return sfn.describeExecution(r -> r.executionArn(execution));
  }

  /// The machine's output, told as the generator of the orders tells what has to come out.
  private static List<String> told(String output) {
    List<String> lines = new ArrayList<>();
    for (JsonNode total : JSON.readTree(output)) {
      lines.add(
          "%s %d orders, %s"
              .formatted(
                  total.path("country").stringValue(),
                  total.path("orders").longValue(),
                  total.path("revenue").decimalValue().setScale(2).toPlainString()));
    }
    return lines;
  }

  /// Has the example's own program make the orders; gives back what it says they come to.
  private static List<String> ordered(Path csv) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                EXAMPLE.resolve("Orders.java").toString(),
                String.valueOf(ORDERS),
                csv.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }
}
