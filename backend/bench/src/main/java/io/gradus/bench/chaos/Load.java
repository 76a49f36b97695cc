package io.gradus.bench.chaos;

import io.gradus.bench.chaos.Calls.Made;
import io.gradus.bench.chaos.check.Note;
import io.gradus.bench.chaos.check.Note.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The clients of two tenants: they start executions on any node, race for names, stop some,
/// redrive those that failed, and try what is not theirs. Everything they do and learn is noted.
final class Load {
  private static final int CALLERS = 12;
  private static final int RACERS = 4;
  private static final int PAUSE_MS = 500;
  private static final int REDRIVE_TRIES = 60;

  private final Calls calls;
  private final long seed;
  private final long farUntil;
  private final AtomicInteger ones = new AtomicInteger();
  private final AtomicInteger others = new AtomicInteger();
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean stopping;

  /// @param farUntil the moment of [System#nanoTime] after which no long Wait is begun
  Load(Calls calls, long seed, long farUntil) {
    this.calls = calls;
    this.seed = seed;
    this.farUntil = farUntil;
  }

  void start() {
    for (int i = 0; i < CALLERS; i++) {
      Random random = new Random(seed * 31 + i);
      // Both count from 1, and so have the same names.
      Tenant tenant = i % 3 == 0 ? Tenant.OTHER : Tenant.ONE;
      callers.add(Thread.ofVirtual().start(() -> call(tenant, random)));
    }
  }

  private void call(Tenant tenant, Random random) {
    while (!stopping) {
      int n = (tenant.equals(Tenant.ONE) ? ones : others).incrementAndGet();
      ObjectNode input =
          Scenario.input(n, random.nextInt(30) == 0 && System.nanoTime() - farUntil < 0);
      switch (random.nextInt(14)) {
        case 0 -> race(tenant, n, input, random);
        case 1 -> {
          if (begin(tenant, n, input, random)) {
            // Some have ended by then: that they stay as they ended is the point.
            pause(random.nextInt(random.nextInt(3) == 0 ? 9_000 : 2_500));
            stop(tenant, n, random);
          }
        }
        case 2 -> {
          if (begin(tenant, n, input, random)) {
            trespass(tenant, n, random);
          }
        }
        default -> begin(tenant, n, input, random);
      }
      if (input.get("frail").booleanValue()) {
        redrive(tenant, n, random);
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
  private boolean begin(Tenant tenant, int n, JsonNode input, Random random) {
    for (int i = 0; i < 3; i++) {
      if (!startOnce(tenant, name(n), input, random).isUnknown()) {
        return true;
      }
      pause(200);
    }
    return false;
  }

  /// Several clients at once, half of them with another input: one input wins.
  private void race(Tenant tenant, int n, ObjectNode input, Random random) {
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> racers = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      Random own = new Random(random.nextLong());
      ObjectNode of = i % 2 == 1 ? input.deepCopy().put("rival", true) : input;
      racers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      go.await();
                      startOnce(tenant, name(n), of, own);
                    } catch (InterruptedException _) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
    go.countDown();
    racers.forEach(Load::join);
  }

  private Made startOnce(Tenant tenant, String name, JsonNode input, Random random) {
    ObjectNode request =
        JsonMapper.shared()
            .createObjectNode()
            .put("stateMachineArn", tenant.machineArn())
            .put("name", name)
            .put("input", input.toString());
    return make(tenant, "StartExecution", name, input.toString(), request, random);
  }

  private void stop(Tenant tenant, int n, Random random) {
    make(tenant, "StopExecution", name(n), "", execution(tenant, n), random);
  }

  /// What is another tenant's can neither be seen nor touched, by whatever name it goes.
  private void trespass(Tenant owner, int n, Random random) {
    Tenant other = owner.equals(Tenant.ONE) ? Tenant.OTHER : Tenant.ONE;
    for (String operation :
        List.of("DescribeExecution", "StopExecution", "RedriveExecution", "GetExecutionHistory")) {
      make(other, Note.TRESPASS + operation, name(n), "", execution(owner, n), random);
    }
    ObjectNode start =
        JsonMapper.shared().createObjectNode().put("stateMachineArn", owner.machineArn());
    make(other, Note.TRESPASS + "StartExecution", "any", "", start, random);
  }

  /// Until it has failed, and then until it is known to be taken up again.
  private void redrive(Tenant tenant, int n, Random random) {
    ObjectNode request = execution(tenant, n).put("clientToken", "again-" + n);
    for (int i = 0; i < REDRIVE_TRIES; i++) {
      pause(400);
      Made made = make(tenant, "RedriveExecution", name(n), "again-" + n, request, random);
      if (made.type() == Outcome.OK || isOver(tenant, n, random)) {
        return;
      }
    }
  }

  private boolean isOver(Tenant tenant, int n, Random random) {
    Made made = make(tenant, "DescribeExecution", name(n), "", execution(tenant, n), random);
    String status =
        made.type() == Outcome.OK
            ? JsonMapper.shared().readTree(made.value()).path("status").asString("")
            : "";
    return status.equals("SUCCEEDED") || status.equals("ABORTED");
  }

  private static ObjectNode execution(Tenant tenant, int n) {
    return JsonMapper.shared().createObjectNode().put("executionArn", tenant.executionArn(name(n)));
  }

  private Made make(
      Tenant tenant,
      String operation,
      String about,
      String value,
      ObjectNode request,
      Random random) {
    return calls.make(calls.next(), tenant, operation, about, value, request, random.nextInt(64));
  }

  /// Starts nothing more; tokens are answered on.
  void stopStarting() {
    stopping = true;
    callers.forEach(Load::join);
  }

  int started() {
    return ones.get() + others.get();
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
}
