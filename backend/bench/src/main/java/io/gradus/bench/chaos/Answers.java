package io.gradus.bench.chaos;

import io.gradus.bench.chaos.Calls.Made;
import io.gradus.bench.chaos.check.Note;
import io.gradus.bench.chaos.check.Note.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Those who answer task tokens: a moment later, now and then twice at once, and now and then after
/// somebody of another tenant has tried. And the hands that ask for activities' work.
final class Answers implements AutoCloseable {
  private static final int HANDS = 4;

  private final Calls calls;
  private final long seed;
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
  private final List<Thread> hands = new ArrayList<>();
  private volatile boolean stopped;

  Answers(Calls calls, long seed) {
    this.calls = calls;
    this.seed = seed;
  }

  void start() {
    for (int i = 0; i < HANDS; i++) {
      Random random = new Random(seed * 17 + i);
      Tenant tenant = i % 2 == 0 ? Tenant.ONE : Tenant.OTHER;
      hands.add(Thread.ofVirtual().start(() -> work(tenant, random)));
    }
  }

  /// A token came with a call. Whoever is called again for it is told nothing new.
  void handed(String token, String attempt, int n) {
    if (!tokens.add(token)) {
      return;
    }
    Random random = new Random(seed ^ token.hashCode());
    Tenant tenant =
        attempt.contains(":" + Tenant.OTHER.account() + ":") ? Tenant.OTHER : Tenant.ONE;
    if (random.nextInt(10) == 0) {
      Random own = new Random(random.nextLong());
      schedule(10, () -> trespass(tenant, token, own));
    }
    int times = random.nextInt(8) == 0 ? 2 : 1;
    for (int i = 0; i < times; i++) {
      Random own = new Random(random.nextLong());
      schedule(50 + random.nextInt(300), () -> succeed(tenant, token, "for", n, own));
    }
  }

  private void schedule(int ms, Runnable work) {
    var _ = later.schedule(() -> Thread.ofVirtual().start(work), ms, TimeUnit.MILLISECONDS);
  }

  private void succeed(Tenant tenant, String token, String member, int n, Random random) {
    // Not given up while the load stops: an answer that never came would leave its execution open.
    while (!stopped) {
      long call = calls.next();
      ObjectNode output = JsonMapper.shared().createObjectNode().put(member, n).put("by", call);
      if (!complete(call, tenant, "SendTaskSuccess", token, output, random).isUnknown()) {
        return;
      }
      pause(300);
    }
  }

  private Made complete(
      long call, Tenant tenant, String operation, String token, ObjectNode output, Random random) {
    ObjectNode request =
        JsonMapper.shared()
            .createObjectNode()
            .put("taskToken", token)
            .put("output", output.toString());
    return calls.make(
        call, tenant, operation, token, output.toString(), request, random.nextInt(64));
  }

  private void trespass(Tenant owner, String token, Random random) {
    long call = calls.next();
    ObjectNode output = JsonMapper.shared().createObjectNode().put("for", -1).put("by", -call);
    Tenant other = owner.equals(Tenant.ONE) ? Tenant.OTHER : Tenant.ONE;
    complete(call, other, Note.TRESPASS + "SendTaskSuccess", token, output, random);
  }

  private void work(Tenant tenant, Random random) {
    while (!stopped) {
      ObjectNode request =
          JsonMapper.shared().createObjectNode().put("activityArn", tenant.activityArn());
      Made made =
          calls.make(
              calls.next(),
              tenant,
              "GetActivityTask",
              Scenario.ACTIVITY,
              null,
              request,
              random.nextInt(64));
      if (made.type() != Outcome.OK) {
        pause(300);
        continue;
      }
      JsonNode answer = JsonMapper.shared().readTree(made.value());
      if (answer.path("taskToken").isString()) {
        int n = JsonMapper.shared().readTree(answer.get("input").stringValue()).get("n").intValue();
        succeed(tenant, answer.get("taskToken").stringValue(), "twice", 2 * n, random);
      }
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
    stopped = true;
    hands.forEach(Thread::interrupt);
    later.shutdownNow();
  }
}
