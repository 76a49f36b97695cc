package io.gradus.bench.chaos;

import io.gradus.bench.chaos.DatabaseProxy.Cut;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Does what a bad day does, in an order that its seed decides, one fault after another with a
/// moment between them.
final class Adversary {
  /// What it can do, and how often it does it beside the others.
  enum Fault {
    KILL_NODE(5),
    KILL_ALL_NODES(1),
    /// Past the lease, so that the others take over what it still believes to hold.
    FREEZE_NODE(3),
    KILL_DATABASE(2),
    CUT_BEFORE_COMMIT(5),
    CUT_AFTER_COMMIT(6),
    SILENCE(2),
    DISCONNECT(2),
    SLOW(2),
    EXHAUST_CONNECTIONS(1);

    private final int weight;

    Fault(int weight) {
      this.weight = weight;
    }
  }

  /// The longest that a node is frozen, in ms; its lease is 6 s.
  private static final int FREEZE_MS = 9_000;

  private final List<ChaosNode> nodes;
  private final ChaosDatabase database;
  private final Random random;
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);

  Adversary(List<ChaosNode> nodes, ChaosDatabase database, long seed) {
    this.nodes = nodes;
    this.database = database;
    this.random = new Random(seed);
  }

  /// How often it did what.
  Map<Fault, Integer> done() {
    return done;
  }

  /// Goes on until that moment of [System#nanoTime].
  void run(long until) throws IOException, InterruptedException {
    // Each fault once before any comes again, so that a short run has them all.
    List<Fault> first = new ArrayList<>(List.of(Fault.values()));
    Collections.shuffle(first, random);
    for (int i = 0; System.nanoTime() < until; i++) {
      Fault fault = i < first.size() ? first.get(i) : any();
      Chaos.say("  %s", fault);
      act(fault);
      done.merge(fault, 1, Integer::sum);
      TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2_500));
    }
  }

  private Fault any() {
    int sum = 0;
    for (Fault fault : Fault.values()) {
      sum += fault.weight;
    }
    int at = random.nextInt(sum);
    for (Fault fault : Fault.values()) {
      at -= fault.weight;
      if (at < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("expected a fault for every weight");
  }

  private void act(Fault fault) throws IOException, InterruptedException {
    ChaosNode node = nodes.get(random.nextInt(nodes.size()));
    switch (fault) {
      case KILL_NODE -> {
        node.kill();
        pause(random.nextInt(3_000));
        node.start();
        node.awaitAnswer();
      }
      case KILL_ALL_NODES -> {
        nodes.forEach(ChaosNode::kill);
        for (ChaosNode each : nodes) {
          each.start();
        }
        node.awaitAnswer();
      }
      case FREEZE_NODE -> {
        node.freeze(true);
        pause(3_000 + random.nextInt(FREEZE_MS - 3_000));
        node.freeze(false);
      }
      case KILL_DATABASE -> {
        database.crash();
        nodes.forEach(each -> each.proxy().target(database.port()));
      }
      case CUT_BEFORE_COMMIT, CUT_AFTER_COMMIT -> cut(node.proxy(), fault);
      case SILENCE -> {
        node.proxy().silent(true);
        pause(500 + random.nextInt(7_500));
        node.proxy().silent(false);
      }
      case DISCONNECT -> {
        node.proxy().closed(true);
        pause(200 + random.nextInt(4_000));
        node.proxy().closed(false);
      }
      case SLOW -> {
        node.proxy().delay(10 + random.nextInt(90));
        pause(3_000);
        node.proxy().delay(0);
      }
      case EXHAUST_CONNECTIONS -> exhaust();
    }
  }

  /// A few in a row, each at the next group that the node commits.
  private void cut(DatabaseProxy proxy, Fault fault) throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      proxy.cutNext(fault == Fault.CUT_BEFORE_COMMIT ? Cut.BEFORE_COMMIT : Cut.AFTER_COMMIT);
      pause(150 + random.nextInt(300));
    }
    proxy.cutNext(Cut.NONE);
  }

  /// Takes every connection that the database has left, and drops the nodes' own so that they want
  /// new ones.
  private void exhaust() throws InterruptedException {
    List<Connection> taken = new ArrayList<>();
    try {
      while (taken.size() < 200) {
        taken.add(database.connect());
      }
    } catch (SQLException _) {
      // There is none left, which is what was wanted.
    }
    nodes.getFirst().proxy().closed(true);
    nodes.getFirst().proxy().closed(false);
    pause(3_000);
    for (Connection connection : taken) {
      try {
        connection.close();
      } catch (SQLException _) {
        // It is gone already.
      }
    }
  }

  private static void pause(int ms) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(ms);
  }
}
