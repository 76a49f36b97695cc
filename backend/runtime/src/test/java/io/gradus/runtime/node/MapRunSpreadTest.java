package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Details;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.RedriveResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Children of a Map Run are given to all nodes that move executions.
class MapRunSpreadTest extends Nodes {
  private static final int ITEMS = 10 * Movers.TURN;

  private static final String MAP =
      """
      {"StartAt":"M","States":{"M":{"Type":"Map",%s
        "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"%s"},
          "StartAt":"T","States":{"T":{"Type":"Task",
            "Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","End":true}}},"End":true}}}""";

  private final Map<String, ConcurrentLinkedQueue<String>> calls = new ConcurrentHashMap<>();

  /// Gives back what it was called with, and notes it.
  private Connector noting(String name) {
    return noting(name, TaskOutcome.Succeeded::new);
  }

  private Connector noting(String name, Function<Payload, TaskOutcome> answer) {
    return World.functions(
        call -> {
          calls
              .computeIfAbsent(name, _ -> new ConcurrentLinkedQueue<>())
              .add(call.arguments().toString());
          return CompletableFuture.completedFuture(answer.apply(call.arguments()));
        });
  }

  private Node node(String name) {
    return node(name, true, noting(name));
  }

  private Node node(String name, boolean moves, Connector connector) {
    return node(
        World.settings(name).withRhythm(QUICK).withMoves(moves), pools(database.port()), connector);
  }

  private static String items(int count) {
    return IntStream.range(0, count)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private List<String> by(String name) {
    return List.copyOf(calls.getOrDefault(name, new ConcurrentLinkedQueue<>()));
  }

  private ExecutionKey start(Node node, String type) {
    return World.started(
        node.start(World.request(machine(MAP.formatted("", type)), null, items(ITEMS))));
  }

  private static void awaitSuccess(ExecutionKey key) {
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(events(key).getLast().details())
        .isInstanceOfSatisfying(
            Details.ExecutionSucceeded.class,
            end -> assertThat(end.output()).hasToString(items(ITEMS)));
    assertThat(
            database.rows(
                "select children, succeeded, failed from map_run where execution_id = '"
                    + key.id()
                    + "'"))
        .containsExactly(List.of("" + ITEMS, "" + ITEMS, "0"));
    assertGapless(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"STANDARD", "EXPRESS"})
  void eachNodeThatMovesExecutionsHasItsShare(String type) {
    Node left = node("left");
    node("right");
    node("desk", false, noting("desk"));
    World.await("the others to be known", () -> left.movers() == 2);
    awaitSuccess(start(left, type));
    assertThat(by("left")).hasSize(ITEMS / 2);
    assertThat(by("right")).hasSize(ITEMS / 2);
    assertThat(Stream.of("left", "right").flatMap(name -> by(name).stream()))
        .doesNotHaveDuplicates();
    assertThat(by("desk")).isEmpty();
  }

  /// A node that is alive by its lease, and hears nothing.
  @Test
  void whatWasGivenToANodeThatDiesIsDoneOnceByAnother() {
    Node left = node("left");
    database.run(
        "insert into node (name, lease_until) values ('ghost', clock_timestamp() + interval '2 s')");
    World.await("the other to be known", () -> left.movers() == 2);
    awaitSuccess(start(left, "STANDARD"));
    assertThat(by("left")).hasSize(ITEMS).doesNotHaveDuplicates();
  }

  @Test
  void whatIsTakenUpAgainIsSpreadAsWell() {
    var healed = new AtomicBoolean();
    Function<Payload, TaskOutcome> atFirst =
        arguments ->
            healed.get()
                ? new TaskOutcome.Succeeded(arguments)
                : new TaskOutcome.Failed(FailureKind.FAILED, new ErrorName("Bad"), null);
    Node left = node("left", true, noting("left", atFirst));
    node("right", true, noting("right", atFirst));
    World.await("the other to be known", () -> left.movers() == 2);
    ExecutionKey key =
        World.started(
            left.start(
                World.request(
                    machine(MAP.formatted("\"ToleratedFailurePercentage\":99,", "STANDARD")),
                    null,
                    items(ITEMS))));
    World.await("failure", () -> World.status(database, key).equals("2"));
    calls.clear();
    healed.set(true);
    assertThat(World.get(left.redrive(key, null))).isInstanceOf(RedriveResult.Redriven.class);
    awaitSuccess(key);
    assertThat(by("left")).isNotEmpty();
    assertThat(by("right")).isNotEmpty();
    assertThat(Stream.of("left", "right").flatMap(name -> by(name).stream()))
        .hasSize(ITEMS)
        .doesNotHaveDuplicates();
  }

  /// The first turn begins 200 children, which are a second's, and so does the next; then a second
  /// passes.
  @Test
  void childrenBeginAsFastAsStartsMay() {
    Node slow =
        node(
            World.settings("slow").withRhythm(QUICK).withStartsPerSecond(200),
            pools(database.port()),
            noting("slow"));
    long from = System.nanoTime();
    ExecutionKey key =
        World.started(
            slow.start(World.request(machine(MAP.formatted("", "STANDARD")), null, items(500))));
    World.await("success", () -> World.status(database, key).equals("1"));
    assertThat(System.nanoTime() - from).isGreaterThan(900_000_000L);
    assertThat(by("slow")).hasSize(500).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "'',7,100,7",
    "'8',8,100,8",
    "'3,8,9',8,0,8",
    "'3,8,9',8,31,8",
    "'3,8,9',8,32,9",
    "'3,8,9',8,64,3",
    "'3,8,9',8,96,8",
    "'3,9',8,32,8"
  })
  void nodesTakeTurnsFromTheOneThatHasTheMapRun(String alive, int self, long index, int expected) {
    List<Integer> incarnations =
        Stream.of(alive.split(",")).filter(one -> !one.isEmpty()).map(Integer::valueOf).toList();
    assertThat(new Movers(incarnations).forChild(self, index)).isEqualTo(expected);
  }
}
