package io.gradus.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.Details;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.Machine;
import io.gradus.runtime.NodeSettings;
import io.gradus.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/// Several nodes on one database, and what tests ask of it.
abstract class Nodes {
  static final String WORK = "arn:aws:lambda:us-east-1:000000000000:function:work";
  static final String CALLBACK =
      """
      {"StartAt": "Ask", "States": {"Ask": {"Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "Parameters": {"t.$": "$$.Task.Token"},
        "End": true}}}""";
  static final NodeSettings.Rhythm QUICK =
      new NodeSettings.Rhythm(
          Duration.ofMillis(1_500), Duration.ofMillis(300), Duration.ZERO, Duration.ofMillis(300));

  static TestDatabase database;
  static int machines;

  final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void startDatabase() {
    database = new TestDatabase();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    database.run("delete from execution");
    database.run("delete from inbox");
    database.run("delete from timer");
  }

  Node node(NodeSettings settings, Database pools, Connector connector) {
    Node node = new Node(settings, pools, List.of(connector)).start();
    open.add(node);
    return node;
  }

  Database pools(int port) {
    Database pools = TestDatabase.open(port);
    open.add(pools);
    return pools;
  }

  static Machine machine(String definition) {
    String name = "c" + machines++;
    return World.machine(database.machine(name, false, definition), name, false, definition);
  }

  static String tasks(int count) {
    var states = new StringBuilder();
    for (int i = 0; i < count; i++) {
      states
          .append(i == 0 ? "" : ",")
          .append("\"T%d\":{\"Type\":\"Task\",\"Resource\":\"%s\",".formatted(i, WORK))
          .append(i == count - 1 ? "\"End\":true}" : "\"Next\":\"T%d\"}".formatted(i + 1));
    }
    return "{\"StartAt\":\"T0\",\"States\":{" + states + "}}";
  }

  static Connector answering(Function<TaskInvocation, String> answer) {
    return World.functions(
        call ->
            CompletableFuture.completedFuture(
                new TaskOutcome.Succeeded(Payload.ofText(answer.apply(call)))));
  }

  static List<Fact.HistoryEvent> events(ExecutionKey key) {
    return World.journal(database, key).stream()
        .filter(Fact.HistoryEvent.class::isInstance)
        .map(Fact.HistoryEvent.class::cast)
        .toList();
  }

  static void assertGapless(ExecutionKey key) {
    long id = 0;
    for (Fact.HistoryEvent event : events(key)) {
      assertThat(event.id()).isEqualTo(++id);
    }
  }

  static List<String> results(ExecutionKey key) {
    return events(key).stream()
        .filter(e -> e.details() instanceof Details.TaskSucceeded)
        .map(e -> ((Details.TaskSucceeded) e.details()).output().toString())
        .toList();
  }
}
