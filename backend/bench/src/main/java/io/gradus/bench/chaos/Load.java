package io.gradus.bench.chaos;

import io.gradus.bench.Client;
import io.gradus.bench.chaos.Notes.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The clients: they start executions on any node, race for names, stop some, and answer tokens.
/// Everything they do and learn is noted.
final class Load implements AutoCloseable {
  private static final int CALLERS = 12;
  private static final int RACERS = 4;
  private static final int PAUSE_MS = 500;

  private final List<ChaosNode> nodes;
  private final Notes notes;
  private final String machineArn;
  private final long seed;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final List<Thread> callers = new ArrayList<>();
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
  private volatile boolean stopping;

  Load(List<ChaosNode> nodes, Notes notes, String machineArn, long seed) {
    this.nodes = nodes;
    this.notes = notes;
    this.machineArn = machineArn;
    this.seed = seed;
  }

  /// Makes the two state machines.
  ///
  /// @return the ARN of the one that the load starts
  static String machines(ChaosNode node) throws IOException {
    try (Client client = new Client(node.port())) {
      String child = create(client, Scenario.CHILD, Scenario.CHILD_DEFINITION);
      return create(client, Scenario.MACHINE, Scenario.DEFINITION.replace("${child}", child));
    }
  }

  private static String create(Client client, String name, String definition) throws IOException {
    ObjectNode request =
        JsonMapper.shared()
            .createObjectNode()
            .put("name", name)
            .put("roleArn", "arn:aws:iam::000000000000:role/chaos")
            .put("definition", definition);
    return JsonMapper.shared()
        .readTree(client.call("CreateStateMachine", request.toString()))
        .get("stateMachineArn")
        .stringValue();
  }

  void start() {
    for (int i = 0; i < CALLERS; i++) {
      Random random = new Random(seed * 31 + i);
      callers.add(Thread.ofVirtual().start(() -> call(random)));
    }
  }

  private void call(Random random) {
    while (!stopping) {
      int n = numbers.incrementAndGet();
      switch (random.nextInt(12)) {
        case 0 -> race(n, random);
        case 1 -> {
          if (begin(n, random, 3)) {
            pause(random.nextInt(2_500));
            stop(n, random);
          }
        }
        default -> begin(n, random, 3);
      }
      pause(random.nextInt(PAUSE_MS));
    }
  }

  private static String name(int n) {
    return "e" + n;
  }

  /// Starts it, and again where there was no answer: it is the same start.
  ///
  /// @return whether it is known to be started
  private boolean begin(int n, Random random, int attempts) {
    for (int i = 0; i < attempts; i++) {
      if (startOnce(name(n), Scenario.input(n), random) != Outcome.INFO) {
        return true;
      }
      pause(200);
    }
    return false;
  }

  /// Several clients at once, half of them with another input: one input wins.
  private void race(int n, Random random) {
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> racers = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      Random own = new Random(random.nextLong());
      ObjectNode input = Scenario.input(n);
      if (i % 2 == 1) {
        input.put("rival", true);
      }
      racers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      go.await();
                      startOnce(name(n), input, own);
                    } catch (InterruptedException _) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
    go.countDown();
    racers.forEach(Load::join);
  }

  private Outcome startOnce(String name, JsonNode input, Random random) {
    ObjectNode request =
        JsonMapper.shared()
            .createObjectNode()
            .put("stateMachineArn", machineArn)
            .put("name", name)
            .put("input", input.toString());
    return note("StartExecution", name, input.toString(), request, random);
  }

  private void stop(int n, Random random) {
    ObjectNode request =
        JsonMapper.shared()
            .createObjectNode()
            .put(
                "executionArn",
                machineArn.replace(":stateMachine:", ":execution:") + ":" + name(n));
    note("StopExecution", name(n), null, request, random);
  }

  /// Answers a token a moment later; now and then twice at once. Tells whoever dispatches again
  /// nothing new.
  void answer(String token, int n) {
    if (!tokens.add(token)) {
      return;
    }
    Random random = new Random(seed ^ token.hashCode());
    int times = random.nextInt(8) == 0 ? 2 : 1;
    for (int i = 0; i < times; i++) {
      Random own = new Random(random.nextLong());
      var _ =
          later.schedule(
              () -> Thread.ofVirtual().start(() -> succeed(token, n, own)),
              50 + random.nextInt(300),
              TimeUnit.MILLISECONDS);
    }
  }

  private void succeed(String token, int n, Random random) {
    ObjectNode request =
        JsonMapper.shared()
            .createObjectNode()
            .put("taskToken", token)
            .put("output", "{\"for\":" + n + "}");
    // Not given up while the load stops: an answer that never came would leave its execution open.
    while (note("SendTaskSuccess", token, null, request, random) == Outcome.INFO) {
      pause(300);
    }
  }

  private Outcome note(
      String operation, String subject, @Nullable String value, ObjectNode request, Random random) {
    ChaosNode node = nodes.get(random.nextInt(nodes.size()));
    long call = notes.invoke(operation, subject, value);
    Outcome type;
    String learnt;
    try (Client client = new Client(node.port())) {
      learnt = client.call(operation, request.toString());
      type = Outcome.OK;
    } catch (Client.Refused refused) {
      learnt = refused.type();
      // What is refused for want of a database or of room has not been decided.
      type = isUndecided(learnt) ? Outcome.INFO : Outcome.FAIL;
    } catch (IOException | RuntimeException e) {
      learnt = e.toString();
      type = Outcome.INFO;
    }
    notes.outcome(call, type, operation, subject, learnt);
    return type;
  }

  private static boolean isUndecided(String error) {
    return error.isEmpty()
        || error.equals("ServiceUnavailableException")
        || error.equals("InternalServerError")
        || error.equals("InternalFailure")
        || error.equals("ThrottlingException")
        || error.equals("ExecutionLimitExceeded");
  }

  /// Starts nothing more; tokens are answered on.
  void stopStarting() {
    stopping = true;
    callers.forEach(Load::join);
  }

  int started() {
    return numbers.get();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(int ms) {
    try {
      TimeUnit.MILLISECONDS.sleep(ms);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopping = true;
    later.shutdownNow();
  }
}
