package io.gradus.bench.chaos.simulation;

import io.gradus.engine.Command;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A node between a start and its death or the loss of its lease: one incarnation.
final class Life {
  static final Duration LEASE = Duration.ofSeconds(6);

  final int incarnation;
  final Map<ExecutionKey, Hot> hot = new HashMap<>();
  Instant leaseUntil;
  boolean alive = true;
  private final World world;
  private Instant frozenUntil = Instant.EPOCH;
  private long sequence;

  /// What a command came to.
  enum Answer {
    DONE,
    REFUSED,
    /// Another node has the execution, or none.
    ELSEWHERE
  }

  /// A command with whoever waits for what comes of it.
  ///
  /// @param source the inbox row it came from, null for none
  record Delivery(Command command, @Nullable String source, Consumer<Answer> reply) {
    static Delivery of(Command command) {
      return new Delivery(command, null, _ -> {});
    }
  }

  /// An execution in memory. At most one transition of it is on its way.
  static final class Hot {
    final ArrayDeque<Delivery> mailbox = new ArrayDeque<>();
    final Set<String> known = new HashSet<>();
    Execution execution;
    long version;
    boolean busy;

    Hot(Execution execution, long version) {
      this.execution = execution;
      this.version = version;
    }
  }

  Life(World world) {
    this.world = world;
    this.incarnation = world.nextIncarnation();
    this.leaseUntil = world.now().plus(LEASE);
    world.leases.put(incarnation, leaseUntil);
  }

  boolean isLeaseValid() {
    return leaseUntil.isAfter(world.now());
  }

  /// Does it in this life, if it still lasts then; while it is frozen it waits.
  void later(long micros, Runnable work) {
    world.after(micros, () -> run(work));
  }

  private void run(Runnable work) {
    if (!alive) {
      return;
    }
    if (frozenUntil.isAfter(world.now())) {
      long left = Duration.between(world.now(), frozenUntil).toNanos() / 1_000;
      world.after(left + world.random.nextInt(5_000), () -> run(work));
      return;
    }
    work.run();
  }

  void freeze(long micros) {
    frozenUntil = world.now().plusNanos(micros * 1_000);
  }

  long nextMark() {
    return ((long) incarnation << 40) | ++sequence;
  }
}
