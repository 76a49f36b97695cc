package io.gradus.runtime.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Details;
import io.gradus.engine.EventType;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.port.ItemFailure;
import io.gradus.engine.port.ItemReader;
import io.gradus.engine.port.ResultWriter;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.Machine;
import io.gradus.runtime.MapPorts;
import io.gradus.runtime.RedriveResult;
import io.gradus.runtime.StopResult;
import io.gradus.store.Database;
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

/// A distributed Map gives its items to child executions.
class MapRunTest {
  private static final String TASKS =
      """
      {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":%d,%s
        "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"%s"},
          "StartAt":"T","States":{"T":{"Type":"Task",
            "Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","End":true}}},"End":true}}}""";

  private static TestDatabase database;
  private static int machines;

  private final AtomicInteger passing = new AtomicInteger();
  private final Map<String, String> files = new ConcurrentHashMap<>();
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

  /// Odd numbers fail where they are told to, all others come back; "wait" never does.
  private CompletionStage<TaskOutcome> answer(io.gradus.engine.port.TaskInvocation call) {
    String text = call.arguments().toString();
    if (text.contains("wait")) {
      return new CompletableFuture<>();
    }
    return CompletableFuture.completedFuture(
        text.contains("fail") && !healed
            ? new TaskOutcome.Failed(
                io.gradus.engine.Command.FailureKind.FAILED, new ErrorName("Bad"), "it is")
            : new TaskOutcome.Succeeded(Payload.ofText(text)));
  }

  /// As many numbers as the arguments say, after as many failures in passing.
  private CompletionStage<ItemReader.Page> read(ItemReader.Query query) {
    int count = query.arguments().path("Count").asInt(0);
    if (passing.getAndDecrement() > 0) {
      return CompletableFuture.failedFuture(
          new ItemFailure(ErrorName.ITEM_READER_FAILED, "Slow down.", true));
    }
    if (count < 0) {
      return CompletableFuture.failedFuture(
          new ItemFailure(ErrorName.ITEM_READER_FAILED, "There is no such object.", false));
    }
    byte[] cursor = query.cursor();
    int from = cursor == null ? 0 : Integer.parseInt(new String(cursor, UTF_8));
    int to = Math.min(count, from + query.maxItems());
    return CompletableFuture.completedFuture(
        new ItemReader.Page(
            IntStream.range(from, to)
                .mapToObj(i -> new ItemReader.Item(Payload.ofText("" + i), "S3://there/numbers"))
                .toList(),
            to == count ? null : ("" + to).getBytes(UTF_8)));
  }

  private CompletionStage<Void> write(ResultWriter.File file) {
    if (file.arguments().path("Bucket").asString("").equals("closed")) {
      return CompletableFuture.failedFuture(
          new ItemFailure(ErrorName.RESULT_WRITER_FAILED, "Access Denied", false));
    }
    files.put(
        file.name().substring(file.name().indexOf('/') + 1), new String(file.content(), UTF_8));
    return CompletableFuture.completedFuture(null);
  }

  private static Machine machine(String definition) {
    String name = "maps" + machines++;
    return World.machine(database.machine(name, false, definition), name, false, definition);
  }

  private ExecutionKey start(String definition, String input) {
    return World.started(node.start(World.request(machine(definition), null, input)));
  }

  private static String items(int count) {
    return IntStream.range(0, count)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static List<String> types(ExecutionKey key) {
    return World.journal(database, key).stream()
        .filter(Fact.HistoryEvent.class::isInstance)
        .map(fact -> EventType.of(((Fact.HistoryEvent) fact).details()))
        .toList();
  }

  private static String output(ExecutionKey key) {
    return World.journal(database, key).stream()
        .filter(Fact.HistoryEvent.class::isInstance)
        .map(fact -> ((Fact.HistoryEvent) fact).details())
        .filter(Details.ExecutionSucceeded.class::isInstance)
        .map(end -> ((Details.ExecutionSucceeded) end).output().toString())
        .collect(Collectors.joining());
  }

  private static String one(String sql) {
    return database.rows(sql).getFirst().toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"STANDARD", "EXPRESS"})
  void eachItemIsAnExecution(String type) {
    ExecutionKey key = start(TASKS.formatted(7, "", type), items(1_000));
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(types(key))
        .containsExactly(
            "ExecutionStarted",
            "MapStateEntered",
            "MapStateStarted",
            "MapRunStarted",
            "MapRunSucceeded",
            "MapStateSucceeded",
            "MapStateExited",
            "ExecutionSucceeded");
    assertThat(output(key)).isEqualTo(items(1_000));
    assertThat(
            one(
                "select status, total_items, items, children, succeeded, succeeded_items, failed from map_run"
                    + " where execution_id = '"
                    + key.id()
                    + "'"))
        .isEqualTo("[1, 1000, 1000, 1000, 1000, 1000, 0]");
    assertThat(
            one(
                "select count(*), count(distinct item_index), min(status), max(status), sum(item_count)"
                    + " from execution where parent_execution_id = '"
                    + key.id()
                    + "'"))
        .isEqualTo("[1000, 1000, 1, 1, 1000]");
    assertThat(one("select count(*) from inbox where execution_id = '" + key.id() + "'"))
        .isEqualTo("[0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STANDARD", "EXPRESS"})
  void whatHasNothingToWaitForIsStoredOnce(String type) {
    ExecutionKey key =
        start(
            """
            {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{
              "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"%s"},
              "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}"""
                .formatted(type),
            items(2_500));
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(output(key)).isEqualTo(items(2_500));
    assertThat(
            one(
                "select count(*), min(version), max(version) from execution where parent_execution_id = '"
                    + key.id()
                    + "'"))
        .isEqualTo("[2500, 1, 1]");
  }

  private static String reading(String fields, String config, int count) {
    return """
        {"StartAt":"M","States":{"M":{"Type":"Map",%s"ItemReader":{
          "Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSON"%s},
          "Parameters":{"Count":%d}},"ItemProcessor":{
          "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
          "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}"""
        .formatted(fields, config, count);
  }

  @ParameterizedTest
  @CsvSource({
    "'','',1234,1234,1234",
    "'\"MaxConcurrency\":3,','',50,50,50",
    "'',',\"MaxItems\":700',1234,700,700",
    "'\"ItemBatcher\":{\"MaxItemsPerBatch\":10},','',1234,1234,124",
    "'\"ItemBatcher\":{\"MaxInputBytesPerBatch\":40},\"MaxConcurrency\":2,','',100,100,",
    "'','',0,0,0"
  })
  void itemsAreReadAPageAtATime(
      String fields, String config, int there, int items, Integer children) {
    passing.set(1);
    ExecutionKey key = start(reading(fields, config, there), "{}");
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(
            one(
                "select total_items, items, succeeded_items from map_run where execution_id = '"
                    + key.id()
                    + "'"))
        .isEqualTo("[%d, %d, %d]".formatted(items, items, items));
    if (children != null) {
      assertThat(one("select children from map_run where execution_id = '" + key.id() + "'"))
          .isEqualTo("[" + children + "]");
    }
    String output = World.journal(database, key).toString().replaceAll("[^0-9,]", "");
    assertThat(output).contains(items(items).replaceAll("[\\[\\]]", ""));
    assertThat(types(key)).contains("MapRunSucceeded");
  }

  @Test
  void whatCannotBeReadFailsTheMap() {
    ExecutionKey key = start(reading("", "", -1), "{}");
    World.await("failure", () -> World.status(database, key).equals("2"));
    assertThat(types(key)).endsWith("MapRunFailed", "MapStateFailed", "ExecutionFailed");
    assertThat(World.journal(database, key).toString())
        .contains("States.ItemReaderFailed", "There is no such object.");
  }

  private static String writing(String bucket, String config) {
    return "\"ResultWriter\":{\"Resource\":\"arn:aws:states:::s3:putObject\",\"Parameters\":{\"Bucket\":\""
        + bucket
        + "\",\"Prefix\":\"jobs\"}"
        + config
        + "},";
  }

  @Test
  void resultsAreWritten() {
    ExecutionKey key =
        start(
            TASKS.formatted(0, "\"ToleratedFailureCount\":1," + writing("there", ""), "STANDARD"),
            "[1,\"fail\",3]");
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(files.keySet())
        .containsExactlyInAnyOrder("SUCCEEDED_0.json", "FAILED_0.json", "manifest.json");
    assertThat(files.get("SUCCEEDED_0.json"))
        .contains("\"Input\":\"1\"", "\"Output\":\"3\"", "\"Status\":\"SUCCEEDED\"");
    assertThat(files.get("FAILED_0.json")).contains("\"Error\":\"Bad\"", "\"Cause\":\"it is\"");
    assertThat(World.journal(database, key).toString())
        .contains("ResultWriterDetails", "jobs/", "/manifest.json");
  }

  @Test
  void whatCannotBeWrittenFailsTheMap() {
    ExecutionKey key = start(TASKS.formatted(0, writing("closed", ""), "STANDARD"), "[1]");
    World.await("failure", () -> World.status(database, key).equals("2"));
    assertThat(World.journal(database, key).toString())
        .contains("States.ResultWriterFailed", "Access Denied");
  }

  @Test
  void moreFailuresThanBorneEndTheMapRunAndItsChildren() {
    ExecutionKey key =
        start(
            TASKS.formatted(0, "\"ToleratedFailureCount\":1,", "STANDARD"),
            "[\"wait\",\"fail\",\"fail\",\"wait\"]");
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
    World.await(
        "the children to end",
        () ->
            one("select count(*) from execution where status = 4 and parent_execution_id = '"
                    + key.id()
                    + "'")
                .equals("[2]"));
    assertThat(
            one(
                "select status, failed, aborted, succeeded from map_run where execution_id = '"
                    + key.id()
                    + "'"))
        .isEqualTo("[2, 2, 2, 0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STANDARD", "EXPRESS"})
  void aRedriveTakesUpWhatDidNotSucceed(String type) {
    ExecutionKey key =
        start(TASKS.formatted(2, "", type), "[1,2,\"fail\",4,\"wait\",6,7,8]".replace("wait", "w"));
    World.await("failure", () -> World.status(database, key).equals("2"));
    healed = true;
    assertThat(World.get(node.redrive(key, null))).isInstanceOf(RedriveResult.Redriven.class);
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(output(key)).isEqualTo("[1,2,\"fail\",4,\"w\",6,7,8]");
    assertThat(types(key))
        .contains("ExecutionRedriven", "MapRunRedriven")
        .endsWith("MapRunSucceeded", "MapStateSucceeded", "MapStateExited", "ExecutionSucceeded");
    assertThat(
            one(
                "select status, redrive_count, succeeded, failed, aborted, pending_redrive from map_run"
                    + " where execution_id = '"
                    + key.id()
                    + "'"))
        .isEqualTo("[1, 1, 8, 0, 0, 0]");
    assertThat(
            one(
                "select count(distinct item_index) from execution where status = 1 and parent_execution_id = '"
                    + key.id()
                    + "'"))
        .isEqualTo("[8]");
  }

  @Test
  void failuresThatAreBorneAreLeftOut() {
    ExecutionKey key =
        start(
            TASKS.formatted(0, "\"ToleratedFailurePercentage\":50,", "EXPRESS"),
            "[1,\"fail\",2,\"fail\"]");
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(output(key)).isEqualTo("[1,2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STANDARD", "EXPRESS"})
  void stoppingTheExecutionStopsItsChildren(String type) {
    ExecutionKey key = start(TASKS.formatted(0, "", type), "[\"wait\",\"wait\",1]");
    World.await(
        "a child to succeed",
        () ->
            one("select succeeded from map_run where execution_id = '" + key.id() + "'")
                .equals("[1]"));
    assertThat(World.get(node.stop(key, "Enough", null))).isInstanceOf(StopResult.Stopped.class);
    World.await(
        "the children to end",
        () ->
            one("select count(*) from execution where status = 4 and parent_execution_id = '"
                    + key.id()
                    + "'")
                .equals("[2]"));
    assertThat(types(key)).endsWith("MapRunAborted", "ExecutionAborted");
    assertThat(
            one(
                "select status, succeeded, aborted from map_run where execution_id = '"
                    + key.id()
                    + "'"))
        .isEqualTo("[3, 1, 2]");
  }

  @Test
  void aMapInsideAMapIsAMapRunOfItsChild() {
    ExecutionKey key =
        start(
            """
            {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{
              "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
              "StartAt":"N","States":{"N":{"Type":"Map","Label":"inner","ItemProcessor":{
                "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                "StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"in.$":"$$.Execution.Id"},"End":true}}},
                "End":true}}},"End":true}}}""",
            "[[1,2],[3]]");
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(World.journal(database, key).toString()).contains("/inner:");
  }

  @Test
  void aChildThatEndsWhileNobodyHasItsMapRunIsCounted() {
    ExecutionKey key = start(TASKS.formatted(2, "", "STANDARD"), items(300));
    World.await(
        "some children",
        () ->
            !one("select succeeded from map_run where execution_id = '" + key.id() + "'")
                .equals("[0]"));
    node.close();
    pool.close();
    startNode();
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(output(key)).isEqualTo(items(300));
    assertThat(
            one(
                "select count(*), count(distinct item_index) from execution where parent_execution_id = '"
                    + key.id()
                    + "'"))
        .isEqualTo("[300, 300]");
  }
}
