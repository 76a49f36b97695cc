package io.gradus.runtime.node;

import io.gradus.runtime.time.DatabaseClock;
import io.gradus.store.engine.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's right to move executions: renewed often, good for a few seconds, in database time.
///
/// [#isValid] counts from before each renewal was sent, so it ends before the database's count
/// does. What is committed needs no lease: versions fence it. Dispatching does.
final class Lease implements Surroundings.Tenure, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final Nodes leases;
  private final String name;
  private final Terms terms;
  private final boolean moves;
  private final DatabaseClock clock;
  private final LongSupplier nanoTime;
  private final Events events;
  private volatile int incarnation;
  private volatile long validUntilNanos;
  private volatile int nodes = 1;
  private volatile Movers movers = Movers.NONE;
  private volatile boolean stopped;
  private final Thread thread;

  /// @param length how long a renewal is good for
  /// @param every how often it is renewed
  record Terms(Duration length, Duration every) {
    static final Terms USUAL = new Terms(Duration.ofSeconds(6), Duration.ofMillis(1_500));
  }

  /// What a node does when its right changes.
  interface Events {
    /// The former incarnation is dead: others may have its executions. Nothing of it may be used.
    void lost(int former);

    /// An incarnation, this one or a new one, is good for another while. It may have run out for a
    /// moment before, unseen here: a renewal takes its time.
    void renewed();
  }

  /// @param moves whether executions stay in this node's memory
  Lease(
      Nodes leases,
      String name,
      Terms terms,
      boolean moves,
      DatabaseClock clock,
      LongSupplier nanoTime,
      Events events) {
    this.leases = leases;
    this.name = name;
    this.terms = terms;
    this.moves = moves;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.events = events;
    enrol();
    thread = Thread.ofPlatform().daemon().name("lease").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public int incarnation() {
    return incarnation;
  }

  @Override
  public boolean isValid() {
    return validUntilNanos - nanoTime.getAsLong() > 0;
  }

  @Override
  public int forChild(long index) {
    return movers.forChild(incarnation, index);
  }

  /// How many nodes were alive at the last renewal.
  int nodes() {
    return nodes;
  }

  /// How many of them move executions.
  int movers() {
    return movers.alive().size();
  }

  private void run() {
    while (!stopped) {
      LockSupport.parkNanos(terms.every().toNanos());
      if (stopped) {
        return;
      }
      try {
        renew();
      } catch (RuntimeException | Error e) {
        LOG.warn("The lease could not be renewed; it is tried again: {}", e.getMessage());
      }
    }
  }

  private void renew() {
    long sentAt = nanoTime.getAsLong();
    Optional<Instant> renewed = leases.renew(incarnation, terms.length());
    if (renewed.isPresent()) {
      clock.observe(renewed.get());
      validUntilNanos = sentAt + terms.length().toNanos();
      lookAround();
      events.renewed();
      return;
    }
    int former = incarnation;
    validUntilNanos = nanoTime.getAsLong();
    LOG.warn("The lease of incarnation {} has run out; all that it held is dropped", former);
    events.lost(former);
    enrol();
    events.renewed();
  }

  private void enrol() {
    long sentAt = nanoTime.getAsLong();
    Nodes.Registered registered = leases.register(name, terms.length(), moves);
    clock.observe(registered.at());
    incarnation = registered.incarnation();
    validUntilNanos = sentAt + terms.length().toNanos();
    lookAround();
  }

  private void lookAround() {
    List<Nodes.Node> alive = leases.list().stream().filter(Nodes.Node::alive).toList();
    nodes = alive.size();
    movers =
        new Movers(alive.stream().filter(Nodes.Node::moves).map(Nodes.Node::incarnation).toList());
  }

  /// Ends the renewing, and the lease with it.
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(2));
      leases.expire(incarnation);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The lease was not given back; it runs out by itself: {}", e.getMessage());
    }
    validUntilNanos = nanoTime.getAsLong();
  }
}
