package io.gradus.runtime.node;

import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.LogLevel;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.task.Mocks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// An execution that this node moves, in memory, with its mailbox. At most one transition of it is
/// in flight; commands that come meanwhile gather.
final class HotExecution {
  /// How much of an execution is stored.
  enum Kind {
    /// Every transition.
    STANDARD,
    /// Its start and its end.
    EXPRESS,
    /// Nothing.
    SYNC
  }

  /// What never changes while it is here.
  ///
  /// @param logs how much of it is logged
  /// @param parent the task that started this one; null for none
  /// @param ended completed at the end of a [Kind#SYNC] one; null for the others
  record Fixed(
      ExecutionKey key,
      Mocks mocks,
      Kind kind,
      LogLevel logs,
      StartRequest.@Nullable Parent parent,
      @Nullable CompletableFuture<HotExecution> ended) {
    /// Whether its transitions are stored one by one.
    boolean isDurable() {
      return kind == Kind.STANDARD;
    }
  }

  private final Fixed fixed;
  private final ArrayDeque<Delivery> mailbox = new ArrayDeque<>();
  private final List<Delivery> held = new ArrayList<>();
  private final Set<String> knownSources = new HashSet<>();
  private boolean busy;
  private boolean gone;

  // Changed only by the one transition in flight.
  private volatile Execution execution;
  private volatile long version;
  private volatile int bytes;
  private volatile long usedAtNanos;
  private volatile boolean nearTimersHaveRows;
  private int conflicts;
  private long counted;
  private boolean left;
  private final List<Fact> remembered = new ArrayList<>();
  private volatile Visits visits = new Visits();

  /// @param bytes an estimate of the memory it takes, but for the outputs that wait for others
  HotExecution(Fixed fixed, Execution execution, long version, int bytes) {
    this.fixed = fixed;
    this.execution = execution;
    this.version = version;
    this.bytes = bytes;
    this.usedAtNanos = System.nanoTime();
  }

  ExecutionKey key() {
    return fixed.key();
  }

  Fixed fixed() {
    return fixed;
  }

  Execution execution() {
    return execution;
  }

  long version() {
    return version;
  }

  /// An estimate of the memory it takes, but for the outputs that wait for others.
  int bytes() {
    return bytes;
  }

  /// The change of its share in a sum of sizes since this was last asked.
  ///
  /// @param inMemory whether it has a share; once it had to leave, it never has
  synchronized long recount(boolean inMemory) {
    left |= !inMemory;
    // Outputs that wait are held as their text, and often as its tree.
    long now = left ? 0 : bytes + 2 * execution.waitingBytes();
    long change = now - counted;
    counted = now;
    return change;
  }

  long usedAtNanos() {
    return usedAtNanos;
  }

  /// Whether timers that are told from others by having no row may have one: it has been out of
  /// memory, or is on its way.
  boolean nearTimersHaveRows() {
    return nearTimersHaveRows;
  }

  void noteRows() {
    nearTimersHaveRows = true;
  }

  Visits visits() {
    return visits;
  }

  /// What the database knows of visits.
  void reloaded(Visits known) {
    visits = known;
  }

  /// What [#offer] came to.
  enum Offer {
    /// Its caller is to move the execution.
    MOVE,
    /// Whoever moves it will see the command.
    TAKEN,
    /// The inbox row is here already.
    KNOWN,
    /// The execution is not here any more.
    GONE
  }

  synchronized Offer offer(Delivery delivery) {
    if (gone) {
      return Offer.GONE;
    }
    if (delivery.source() instanceof Delivery.Source.Inbox inbox
        && !knownSources.add(inbox.sourceId())) {
      return Offer.KNOWN;
    }
    mailbox.addLast(delivery);
    return begin() ? Offer.MOVE : Offer.TAKEN;
  }

  /// Puts first what is known before anyone can offer anything: not yet
  /// [HotExecutions#putIfAbsent].
  synchronized void expect(List<Delivery> inbox) {
    for (Delivery delivery : inbox) {
      if (!(delivery.source() instanceof Delivery.Source.Inbox source)
          || knownSources.add(source.sourceId())) {
        mailbox.addLast(delivery);
      }
    }
  }

  /// Takes the right to move; false when someone has it.
  synchronized boolean begin() {
    if (busy || gone) {
      return false;
    }
    busy = true;
    return true;
  }

  /// Up to `max` commands; an empty list gives the right to move back.
  synchronized List<Delivery> take(int max) {
    List<Delivery> taken = new ArrayList<>(Math.min(max, mailbox.size()));
    while (taken.size() < max && !mailbox.isEmpty()) {
      taken.add(mailbox.removeFirst());
    }
    if (taken.isEmpty()) {
      busy = false;
    }
    return taken;
  }

  /// Whether no command waits.
  synchronized boolean isQuiet() {
    return mailbox.isEmpty() && held.isEmpty();
  }

  /// Keeps commands until the next transition is durable.
  synchronized void hold(List<Delivery> deliveries) {
    held.addAll(deliveries);
  }

  /// A transition is durable: the state is now `next`, and held commands have their chance.
  synchronized void moved(Execution next, long version, Set<String> consumed, int bytes) {
    settle(next, version, bytes);
    knownSources.removeAll(consumed);
    release();
    conflicts = 0;
  }

  /// The database knew better.
  ///
  /// @param inbox what it has for the execution; comes first, since what it says may be
  ///   acknowledged already
  /// @param again commands to be decided anew
  synchronized void reloaded(
      Execution loaded, long version, int bytes, List<Delivery> inbox, List<Delivery> again) {
    settle(loaded, version, bytes);
    List<Delivery> kept = new ArrayList<>(mailbox);
    kept.addAll(held);
    mailbox.clear();
    held.clear();
    knownSources.clear();
    for (Delivery delivery : inbox) {
      mailbox.add(delivery);
      if (delivery.source() instanceof Delivery.Source.Inbox source) {
        knownSources.add(source.sourceId());
      }
    }
    mailbox.addAll(again);
    kept.removeIf(delivery -> delivery.source() instanceof Delivery.Source.Inbox);
    mailbox.addAll(kept);
  }

  private void settle(Execution next, long version, int bytes) {
    this.execution = next;
    this.version = version;
    // A payload that was large a moment ago is often held still, though no longer written.
    this.bytes = Math.max(bytes, this.bytes - this.bytes / 8);
    this.usedAtNanos = System.nanoTime();
  }

  /// What was held came before what waits.
  private void release() {
    for (Delivery delivery : held.reversed()) {
      mailbox.addFirst(delivery);
    }
    held.clear();
  }

  /// Keeps what happened in an execution that is not stored as it goes.
  void remember(List<Fact> facts) {
    remembered.addAll(facts);
  }

  List<Fact> remembered() {
    return remembered;
  }

  /// How often in a row its transition has lost; counts this one.
  synchronized int countConflict() {
    return ++conflicts;
  }

  /// Leaves, if no command waits; for parking.
  synchronized boolean leaveIfQuiet() {
    if (!mailbox.isEmpty() || !held.isEmpty()) {
      return false;
    }
    gone = true;
    return true;
  }

  /// Leaves; returns the commands that nobody will see to any more.
  synchronized List<Delivery> leave() {
    gone = true;
    List<Delivery> left = new ArrayList<>(mailbox);
    left.addAll(held);
    mailbox.clear();
    held.clear();
    return left;
  }

  synchronized boolean isGone() {
    return gone;
  }
}
