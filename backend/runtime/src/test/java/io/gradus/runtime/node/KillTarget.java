package io.gradus.runtime.node;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.Machine;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.StartResult;
import io.gradus.store.Database;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A node in a process of its own, to be killed: it starts executions as long as few are open, and
/// says on its output what was acknowledged and what is in flight.
final class KillTarget {
  private static final int OPEN = 190;

  private KillTarget() {}

  public static void main(String[] args) {
    int worker = Integer.parseInt(args[1]);
    UUID machineId = UUID.fromString(args[2]);
    UUID childId = UUID.fromString(args[3]);
    int from = Integer.parseInt(args[4]);
    boolean load = Boolean.parseBoolean(args[5]);
    Database database = TestDatabase.open(Integer.parseInt(args[0]));
    var functions = new OverHttp(URI.create("http://127.0.0.1:" + worker + "/"));
    var children = new Children(childId);
    Node node = new Node(World.settings("victim"), database, List.of(functions, children));
    children.node = node;
    node.start();
    Machine machine =
        World.machine(machineId, KillScenario.MACHINE, false, KillScenario.DEFINITION);
    var open = new AtomicInteger();
    int next = from;
    while (true) {
      Figures figures = node.figures();
      System.out.println("AT " + figures.callsInFlight() + " " + figures.nearTimers());
      int room = OPEN - figures.hotExecutions() - figures.toPageIn() - open.get();
      for (int i = 0; load && i < Math.min(room, 20); i++) {
        open.incrementAndGet();
        start(node, machine, next++, open);
      }
      LockSupport.parkNanos(15_000_000L);
    }
  }

  private static void start(Node node, Machine machine, int n, AtomicInteger open) {
    String name = "e" + n;
    System.out.println("TRY " + name);
    node.start(World.request(machine, name, KillScenario.input(n)))
        .whenComplete(
            (result, failure) -> {
              open.decrementAndGet();
              if (result instanceof StartResult.Started) {
                System.out.println("ACK " + name);
              } else {
                System.out.println("NAK " + name + " " + result + " " + failure);
              }
            });
  }

  /// Functions live in the test's own process, which is not killed.
  private record OverHttp(URI worker, HttpClient client) implements Connector {
    OverHttp(URI worker) {
      this(worker, HttpClient.newHttpClient());
    }

    @Override
    public boolean handles(Resource resource) {
      return resource.arn().contains(":lambda:");
    }

    @Override
    public CompletionStage<TaskOutcome> invoke(TaskInvocation call) {
      var request =
          HttpRequest.newBuilder(worker)
              .header("key", call.idempotencyKey())
              .header("retry", Integer.toString(call.retry()))
              .header("token", call.token())
              .POST(HttpRequest.BodyPublishers.ofByteArray(call.arguments().bytes()))
              .build();
      return client
          .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
          .thenApply(
              response ->
                  response.statusCode() == 200
                      ? new TaskOutcome.Succeeded(Payload.ofText(response.body()))
                      : new TaskOutcome.Failed(FailureKind.FAILED, new ErrorName("Flaky"), "once"));
    }
  }

  /// Starts children as `states:startExecution.sync` does.
  private static final class Children implements Connector {
    private final Machine machine;
    private @Nullable Node node;

    Children(UUID id) {
      machine = World.machine(id, KillScenario.CHILD, false, KillScenario.CHILD_DEFINITION);
    }

    @Override
    public boolean handles(Resource resource) {
      return resource.arn().contains("startExecution");
    }

    @Override
    public CompletionStage<TaskOutcome> invoke(TaskInvocation call) {
      String name =
          UUID.nameUUIDFromBytes(call.idempotencyKey().getBytes(StandardCharsets.UTF_8)).toString();
      return again(
          new StartRequest(
              call.execution().tenant(),
              machine,
              name,
              call.arguments(),
              null,
              new StartRequest.Parent(call.execution(), call.task(), true),
              null));
    }

    private CompletionStage<TaskOutcome> again(StartRequest request) {
      return Objects.requireNonNull(node)
          .start(request)
          .thenCompose(
              result ->
                  switch (result) {
                    case StartResult.Started s ->
                        CompletableFuture.completedFuture(
                            new TaskOutcome.Submitted(
                                Payload.of(
                                    PayloadJson.MAPPER
                                        .createObjectNode()
                                        .put("ExecutionArn", s.executionArn()))));
                    case StartResult.AlreadyExists e ->
                        throw new IllegalStateException("expected " + e + " to be this task's");
                    case StartResult.Throttled _ -> again(request);
                  });
    }
  }
}
