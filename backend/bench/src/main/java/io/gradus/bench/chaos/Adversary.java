package io.gradus.bench.chaos;

import io.gradus.bench.chaos.DatabaseProxy.Cut;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Does what a bad day does, in an order that its seed decides, one fault after another with a
/// moment between them.
final class Adversary {
  /// A lease lasts 6 s; frozen for longer than this, a node has lost it.
  private static final int PAST_LEASE_MS = 7_500;

  private static final int CUTS_IN_A_ROW = 3;
  private static final int MINUTES_OFF = 240;
  private static final int HOUR_OFF = 3_600;

  private final List<ChaosNode> nodes;
  private final ChaosDatabase database;
  private final Random random;
  private final List<Fault> faults;
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);

  /// @param faults what it does
  Adversary(List<ChaosNode> nodes, ChaosDatabase database, long seed, Set<Fault> faults) {
    this.nodes = nodes;
    this.database = database;
    this.random = new Random(seed);
    this.faults = faults.stream().sorted().toList();
  }

  /// How often it did what.
  Map<Fault, Integer> done() {
    return done;
  }

  /// Goes on until that moment of [System#nanoTime], and until every fault has come once.
  void run(long until) throws IOException, InterruptedException {
    List<Fault> first = new ArrayList<>(faults);
    Collections.shuffle(first, random);
    for (int i = 0; i < first.size() || System.nanoTime() < until; i++) {
      Fault fault = i < first.size() ? first.get(i) : any();
      act(fault);
      done.merge(fault, 1, Integer::sum);
      pause(300 + random.nextInt(1_700));
    }
  }

  private Fault any() {
    int at = random.nextInt(faults.stream().mapToInt(Fault::weight).sum());
    for (Fault fault : faults) {
      at -= fault.weight();
      if (at < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("expected a fault for every weight");
  }

  private void act(Fault fault) throws IOException, InterruptedException {
    ChaosNode node = nodes.get(random.nextInt(nodes.size()));
    Chaos.say("  %s %s", fault, node.name());
    if (!node.isAlive()) {
      node.start();
    }
    // What befalls a node that is not up yet befalls nothing.
    node.awaitAnswer();
    switch (fault) {
      case KILL_NODE -> {
        node.kill();
        pause(random.nextInt(3_000));
        node.start();
      }
      case KILL_ALL_NODES -> {
        nodes.forEach(ChaosNode::kill);
        for (ChaosNode each : nodes) {
          each.start();
        }
      }
      case FREEZE_NODE -> {
        node.freeze(true);
        pause(PAST_LEASE_MS + random.nextInt(2_000));
        node.freeze(false);
      }
      case KILL_DATABASE -> {
        database.crash();
        nodes.forEach(each -> each.proxy().target(database.port()));
      }
      case CUT_BEFORE_COMMIT -> cut(node.proxy(), Cut.BEFORE_COMMIT);
      case CUT_AFTER_COMMIT -> cut(node.proxy(), Cut.AFTER_COMMIT);
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
      case EXHAUST_CONNECTIONS -> exhaust(node);
      case SET_CLOCK -> setClock();
    }
  }

  /// A few in a row, each at the next group that the node commits.
  private void cut(DatabaseProxy proxy, Cut where) throws InterruptedException {
    for (int i = 0; i < CUTS_IN_A_ROW; i++) {
      proxy.cutNext(where);
      pause(150 + random.nextInt(300));
    }
    proxy.cutNext(Cut.NONE);
  }

  /// Takes every connection that the database has left, and drops the node's own so that it wants
  /// new ones.
  private void exhaust(ChaosNode node) throws InterruptedException {
    List<Connection> taken = new ArrayList<>();
    try {
      node.proxy().closed(true);
      try {
        while (taken.size() < 200) {
          taken.add(database.connect());
        }
      } catch (SQLException _) {
        // There is none left, which is what was wanted.
      }
      node.proxy().closed(false);
      pause(3_000);
    } finally {
      for (Connection connection : taken) {
        close(connection);
      }
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException _) {
      // It is gone already.
    }
  }

  private void setClock() throws IOException, InterruptedException {
    ChaosNode node = nodes.stream().filter(ChaosNode::hasAgent).findAny().orElseThrow();
    int most = random.nextBoolean() ? MINUTES_OFF : HOUR_OFF;
    int seconds = (most / 2 + random.nextInt(most / 2)) * (random.nextBoolean() ? 1 : -1);
    Chaos.say("    %s by %d s", node.name(), seconds);
    node.clock().set(Duration.ofSeconds(seconds));
    pause(5_000 + random.nextInt(5_000));
    node.clock().set(Duration.ZERO);
  }

  private static void pause(int ms) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(ms);
  }
}
