package io.gradus.runtime.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Command;
import io.gradus.engine.EventType;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.port.ItemFailure;
import io.gradus.engine.port.ItemReader;
import io.gradus.engine.port.ResultWriter;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.MapPorts;
import io.gradus.runtime.RedriveResult;
import io.gradus.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a Map Run that fails leaves in its files: each of its items once.
class MapRunFilesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> GROUPS = List.of("SUCCEEDED", "FAILED", "PENDING");

  private static TestDatabase database;
  private static int machines;

  private final Map<String, String> files = new ConcurrentHashMap<>();
  private final AtomicInteger slow = new AtomicInteger();
  private volatile int failing = 5;
  private volatile int broken = Integer.MAX_VALUE;
  private volatile boolean closed;
  private volatile boolean stuck;
  private volatile boolean begun;
  private volatile boolean healed;
  private Database pool;
  private Node node;

  @BeforeAll
  static void startDatabase() {
    database = new TestDatabase();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @BeforeEach
  void startNode() {
    pool = database.open();
    node =
        new Node(
                World.settings("one"),
                pool,
                List.of(World.functions(this::answer)),
                new MapPorts(this::read, this::write))
            .start();
  }

  @AfterEach
  void stopNode() {
    node.close();
    pool.close();
  }

  /// One fails; of the others every third never comes back.
  private CompletionStage<TaskOutcome> answer(TaskInvocation call) {
    JsonNode input = call.arguments().json();
    JsonNode items = input.path("Items");
    int item = items.isArray() ? items.path(0).intValue() : input.intValue();
    boolean fails =
        items.isArray() ? items.toString().matches(".*\\b" + failing + "\\b.*") : item == failing;
    if (fails && !healed) {
      return CompletableFuture.completedFuture(
          new TaskOutcome.Failed(Command.FailureKind.FAILED, new ErrorName("Bad"), "it is"));
    }
    return item % 3 == 1 && !healed
        ? new CompletableFuture<>()
        : CompletableFuture.completedFuture(new TaskOutcome.Succeeded(call.arguments()));
  }

  /// As many numbers as the arguments say, up to one that is broken.
  private CompletionStage<ItemReader.Page> read(ItemReader.Query query) {
    int count = query.arguments().path("Count").asInt(0);
    byte[] cursor = query.cursor();
    int from = cursor == null ? 0 : Integer.parseInt(new String(cursor, UTF_8));
    if (slow.getAndDecrement() > 0) {
      return CompletableFuture.failedFuture(
          new ItemFailure(ErrorName.ITEM_READER_FAILED, "Slow down.", true));
    }
    if (from == broken) {
      return CompletableFuture.failedFuture(
          new ItemFailure(ErrorName.ITEM_READER_FAILED, "Item " + from + " is broken.", false));
    }
    int to = Math.min(Math.min(count, broken), from + Math.min(query.maxItems(), 700));
    return CompletableFuture.completedFuture(
        new ItemReader.Page(
            IntStream.range(from, to)
                .mapToObj(i -> new ItemReader.Item(Payload.ofText("" + i), "S3://there/numbers"))
                .toList(),
            to == count ? null : ("" + to).getBytes(UTF_8)));
  }

  private CompletionStage<Void> write(ResultWriter.File file) {
    begun = true;
    if (stuck && file.name().contains("FAILED")) {
      return new CompletableFuture<>();
    }
    if (closed) {
      return CompletableFuture.failedFuture(
          new ItemFailure(ErrorName.RESULT_WRITER_FAILED, "Access Denied", false));
    }
    files.put(
        file.name().substring(file.name().indexOf('/') + 1), new String(file.content(), UTF_8));
    return CompletableFuture.completedFuture(null);
  }

  private ExecutionKey start(String fields, String type, String input) {
    String definition =
        """
        {"StartAt":"M","States":{"M":{"Type":"Map",%s
          "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject",
            "Parameters":{"Bucket":"there","Prefix":"jobs"}},
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"%s"},
            "StartAt":"T","States":{"T":{"Type":"Task",
              "Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","End":true}}},"End":true}}}"""
            .formatted(fields, type);
    String name = "files" + machines++;
    return World.started(
        node.start(
            World.request(
                World.machine(database.machine(name, false, definition), name, false, definition),
                null,
                input)));
  }

  private static String reader(int count, String config) {
    return """
        "ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
          "ReaderConfig":{"InputType":"JSON"%s},"Parameters":{"Count":%d}},"""
        .formatted(config, count);
  }

  private static String items(int count) {
    return numbers(0, count).stream()
        .map(String::valueOf)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  /// The items in the files of a group, in their order.
  private List<Integer> in(String folder, String group) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; ; i++) {
      String file = files.get(folder + group + "_" + i + ".json");
      if (file == null) {
        return found;
      }
      for (JsonNode child : JSON.readTree(file)) {
        JsonNode input = JSON.readTree(child.path("Input").stringValue());
        if (input.has("Items")) {
          input.path("Items").forEach(item -> found.add(item.intValue()));
        } else {
          found.add(input.intValue());
        }
      }
    }
  }

  private List<Integer> all(String folder) {
    return GROUPS.stream().flatMap(group -> in(folder, group).stream()).sorted().toList();
  }

  private static String row(ExecutionKey key, String columns) {
    return database
        .rows("select " + columns + " from map_run where execution_id = '" + key.id() + "'")
        .getFirst()
        .toString();
  }

  private static List<String> types(ExecutionKey key) {
    return World.journal(database, key).stream()
        .filter(Fact.HistoryEvent.class::isInstance)
        .map(fact -> EventType.of(((Fact.HistoryEvent) fact).details()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          STANDARD | 40   | "MaxConcurrency":10, |
          EXPRESS  | 40   | "MaxConcurrency":10, |
          STANDARD | 400  | "MaxConcurrency":10,"ItemBatcher":{"MaxItemsPerBatch":3}, |
          STANDARD | 3000 | "MaxConcurrency":10, | read
          EXPRESS  | 3000 | "MaxConcurrency":100,"ItemBatcher":{"MaxItemsPerBatch":7}, | read
          STANDARD | 2000 | "MaxConcurrency":10, | "MaxItems":2000
          """)
  void eachItemOfAFailedMapRunIsInItsFilesOnce(String type, int count, String fields, String read) {
    slow.set(read == null ? 0 : 1);
    String from =
        read == null ? "" : read.equals("read") ? reader(count, "") : reader(5_000, "," + read);
    ExecutionKey key = start(fields + from, type, read == null ? items(count) : "{}");
    World.await("failure", () -> World.status(database, key).equals("2"));
    assertThat(types(key))
        .containsExactly(
            "ExecutionStarted",
            "MapStateEntered",
            "MapStateStarted",
            "MapRunStarted",
            "MapRunFailed",
            "MapStateFailed",
            "ExecutionFailed");
    assertThat(World.journal(database, key).toString())
        .contains("States.ExceedToleratedFailureThreshold");
    assertThat(all("")).isEqualTo(numbers(0, count));
    assertThat(in("", "FAILED")).contains(5);
    assertThat(in("", "PENDING")).contains(count - 1);
    assertThat(files.get("PENDING_0.json"))
        .contains("\"InputDetails\":{\"Included\":true},\"Status\":\"PENDING\"");
    JsonNode manifest = JSON.readTree(files.get("manifest.json")).path("ResultFiles");
    GROUPS.forEach(
        group ->
            manifest
                .path(group)
                .forEach(
                    file -> {
                      String name = file.path("Key").stringValue();
                      String content = files.get(name.substring(name.lastIndexOf('/') + 1));
                      assertThat(content).hasSize(file.path("Size").intValue());
                    }));
    assertThat(
            row(key, "status, total_items, written_items, children - succeeded - failed - aborted"))
        .isEqualTo("[2, %d, %d, 0]".formatted(count, count));
    assertThat(
            database
                .rows(
                    "select count(*) from execution where status = 0 and parent_execution_id = '"
                        + key.id()
                        + "'")
                .getFirst()
                .toString())
        .isEqualTo("[0]");
  }

  @Test
  void whatTheReaderCannotReadEndsTheFiles() {
    failing = -1;
    broken = 50;
    ExecutionKey key = start("\"MaxConcurrency\":100," + reader(100, ""), "STANDARD", "{}");
    World.await("failure", () -> World.status(database, key).equals("2"));
    assertThat(World.journal(database, key).toString())
        .contains("States.ItemReaderFailed", "Item 50 is broken.");
    assertThat(all("")).isEqualTo(numbers(0, 50));
    assertThat(in("", "PENDING")).isEmpty();
  }

  @Test
  void aWriterThatFailsAsWellHidesNoFailure() {
    closed = true;
    ExecutionKey key = start("\"MaxConcurrency\":10,", "STANDARD", items(40));
    World.await("failure", () -> World.status(database, key).equals("2"));
    assertThat(World.journal(database, key).toString())
        .contains("States.ExceedToleratedFailureThreshold")
        .doesNotContain("Access Denied");
    assertThat(row(key, "status, written")).isEqualTo("[2, null]");
  }

  @Test
  void anotherNodeWritesThemAgain() {
    stuck = true;
    ExecutionKey key = start("\"MaxConcurrency\":10,", "STANDARD", items(40));
    World.await("a file", () -> begun);
    assertThat(World.status(database, key)).isEqualTo("0");
    node.close();
    pool.close();
    stuck = false;
    files.clear();
    startNode();
    World.await("failure", () -> World.status(database, key).equals("2"));
    assertThat(all("")).isEqualTo(numbers(0, 40));
    assertThat(row(key, "status, written_items")).isEqualTo("[2, 40]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STANDARD", "EXPRESS"})
  void eachItemIsInEachRedrivesFilesOnceAndSucceedsOnce(String type) {
    ExecutionKey key = start("\"MaxConcurrency\":10,", type, items(40));
    World.await("failure", () -> World.status(database, key).equals("2"));
    assertThat(all("")).isEqualTo(numbers(0, 40));
    failing = 20;
    assertThat(World.get(node.redrive(key, null))).isInstanceOf(RedriveResult.Redriven.class);
    World.await("files", () -> files.containsKey("Redrive-1/manifest.json"));
    World.await("failure", () -> World.status(database, key).equals("2"));
    assertThat(all("Redrive-1/")).isEqualTo(numbers(0, 40));
    assertThat(in("Redrive-1/", "FAILED")).contains(20).doesNotContain(5);
    healed = true;
    assertThat(World.get(node.redrive(key, null))).isInstanceOf(RedriveResult.Redriven.class);
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(in("Redrive-2/", "SUCCEEDED")).isEqualTo(numbers(0, 40));
    assertThat(in("Redrive-2/", "FAILED")).isEmpty();
    assertThat(row(key, "succeeded, failed, aborted, written")).isEqualTo("[40, 0, 0, 40]");
    assertThat(
            database
                .rows(
                    "select count(*), count(distinct item_index) from execution where status = 1"
                        + " and parent_execution_id = '"
                        + key.id()
                        + "'")
                .getFirst()
                .toString())
        .isEqualTo("[40, 40]");
  }

  @Test
  void aRedriveTakesUpWhatWasPending() {
    ExecutionKey key = start("\"MaxConcurrency\":10," + reader(900, ""), "STANDARD", "{}");
    World.await("failure", () -> World.status(database, key).equals("2"));
    assertThat(all("")).isEqualTo(numbers(0, 900));
    healed = true;
    assertThat(World.get(node.redrive(key, null))).isInstanceOf(RedriveResult.Redriven.class);
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(in("Redrive-1/", "SUCCEEDED")).isEqualTo(numbers(0, 900));
    assertThat(row(key, "status, succeeded_items, written_items")).isEqualTo("[1, 900, 900]");
  }
}
