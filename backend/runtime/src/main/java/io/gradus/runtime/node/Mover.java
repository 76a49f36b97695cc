package io.gradus.runtime.node;

import io.gradus.engine.Command;
import io.gradus.engine.Effect;
import io.gradus.engine.Engine;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Rejection;
import io.gradus.engine.TimerId;
import io.gradus.store.jdbc.DatabaseFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves executions: takes what is in the mailbox, decides, commits, and only then acts.
final class Mover {
  private static final Logger LOG = LoggerFactory.getLogger(Mover.class);

  /// Commands folded into one transition.
  static final int MAX_FOLD = 1_000;

  /// About what a remembered fact takes in memory.
  private static final int FACT_BYTES = 512;

  private final Surroundings around;
  private final HotExecutions hot;
  private final Committer committer;
  private final Deciders deciders;
  private final Transitions transitions;
  private final Acting acting;
  private final Children children;
  private final AtomicLong sequence = new AtomicLong();
  private volatile Conflicts conflicts = (_, _) -> {};

  /// What to do with an execution whose transition lost.
  interface Conflicts {
    /// @param deliveries to be decided again on what the database has
    void lost(HotExecution hot, List<Delivery> deliveries);
  }

  Mover(
      Surroundings around,
      HotExecutions hot,
      Committer committer,
      Deciders deciders,
      Transitions transitions,
      MapWork mapWork,
      Acting.Pace pace) {
    this.transitions = transitions;
    this.children = new Children(transitions, this::environment, around.lease()::forChild);
    this.around = around;
    this.hot = hot;
    this.committer = committer;
    this.deciders = deciders;
    this.acting =
        new Acting(
            around,
            mapWork,
            transitions::lacksActivity,
            hot::isCrowded,
            pace,
            deciders::isDeciding,
            this::deliverHere);
  }

  void onConflict(Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  Transitions transitions() {
    return transitions;
  }

  Environment environment() {
    return new Environment(
        around.clock().now(), ThreadLocalRandom.current()::nextLong, around.tokens());
  }

  Transitions.Stamp stamp() {
    int incarnation = around.lease().incarnation();
    return new Transitions.Stamp(incarnation, movedBy(incarnation));
  }

  private long movedBy(int incarnation) {
    return ((long) incarnation << 40) | (sequence.incrementAndGet() & 0xFF_FFFF_FFFFL);
  }

  /// Gives the execution a command; false when it is not here any more.
  boolean deliver(HotExecution execution, Delivery delivery) {
    return switch (execution.offer(delivery)) {
      case MOVE -> {
        schedule(execution);
        yield true;
      }
      case TAKEN, KNOWN -> true;
      case GONE -> false;
    };
  }

  private void deliverHere(HotExecution execution, Command command) {
    deliver(execution, Delivery.here(command));
  }

  /// Lets a decider move it; the caller has the right to move ([HotExecution#begin]).
  void schedule(HotExecution execution) {
    deciders.execute(execution.key().tenant(), () -> move(execution));
  }

  /// Moves what has commands waiting that nobody is about to move.
  void begin(HotExecution execution) {
    if (!execution.isQuiet() && execution.begin()) {
      schedule(execution);
    }
  }

  private void move(HotExecution execution) {
    List<Delivery> batch = execution.take(MAX_FOLD);
    for (; !batch.isEmpty(); batch = execution.take(MAX_FOLD)) {
      try {
        Fold fold =
            Fold.of(
                execution.execution(),
                execution.nearTimersHaveRows(),
                batch,
                Engine::decide,
                this::environment);
        execution.hold(fold.held());
        if (!fold.changes()) {
          answerRefused(fold);
        } else if (execution.fixed().isDurable()) {
          submit(execution, batch, fold);
          return;
        } else {
          settleInMemory(execution, fold);
        }
      } catch (RuntimeException | Error e) {
        setAside(execution, batch, e);
        return;
      }
    }
  }

  private void submit(HotExecution execution, List<Delivery> batch, Fold fold) {
    List<Delivery> decided = fold.decided(batch);
    Moving moving;
    try {
      moving = moving(execution, decided, fold);
    } catch (DatabaseFailure e) {
      LOG.warn("A transition is decided again when the database is back: {}", e.getMessage());
      conflicts.lost(execution, decided);
      return;
    }
    committer.put(moving);
  }

  private Moving moving(HotExecution execution, List<Delivery> decided, Fold fold) {
    Execution next = fold.next();
    Transitions.Stamp stamp = stamp();
    boolean parks = fold.held().isEmpty() && Parking.restsLong(next) && execution.isQuiet();
    if (parks) {
      stamp = new Transitions.Stamp(0, stamp.movedBy());
    }
    List<Children.Child> born = born(execution.fixed(), fold);
    Write write = transitions.of(execution, fold, writes(born), stamp);
    return new Moving(execution, decided, fold, write, born, parks);
  }

  /// The children of Map Runs that begin with a transition.
  List<Children.Child> born(HotExecution.Fixed parent, Fold fold) {
    return children.born(parent, fold.next().info(), fold.children(), this::stamp);
  }

  static List<Write.ChildWrite> writes(List<Children.Child> born) {
    return born.isEmpty() ? List.of() : born.stream().map(Children.Child::write).toList();
  }

  /// Children are stored: they go on, here or at the node that they were given to.
  void begun(List<Children.Child> born) {
    for (Children.Child child : born) {
      Write write = child.write().write();
      around.signals().moved(write.key());
      told(write);
      Execution next = child.execution();
      if (next.status().isTerminal()) {
        continue;
      }
      if (write.owner() != 0 && write.owner() != around.lease().incarnation()) {
        around.signals().given(write.owner(), write.key());
        continue;
      }
      var execution = new HotExecution(child.fixed(), next, 1, bytesOf(write));
      if (write.owner() != 0 && hot.putIfAbsent(execution) != execution) {
        continue; // it was found in the database already
      }
      follow(execution, child.fold());
    }
  }

  /// An execution is stored for the first time: what follows its start is done.
  ///
  /// @param fold what its start led to; null when that is still to be decided
  void follow(HotExecution execution, @Nullable Fold fold) {
    if (fold == null) {
      deliver(execution, Delivery.here(new Command.StartExecution()));
      return;
    }
    try {
      acting.perform(execution, fold);
    } catch (RuntimeException | Error e) {
      setAside(execution, List.of(), e);
    }
  }

  /// A transition at the committer.
  private final class Moving implements Committer.Entry {
    private final HotExecution execution;
    private final List<Delivery> batch;
    private final Fold fold;
    private final Write write;
    private final List<Children.Child> born;
    private final boolean parks;

    Moving(
        HotExecution execution,
        List<Delivery> batch,
        Fold fold,
        Write write,
        List<Children.Child> born,
        boolean parks) {
      this.born = born;
      this.execution = execution;
      this.batch = batch;
      this.fold = fold;
      this.write = write;
      this.parks = parks;
    }

    @Override
    public Write write() {
      return write;
    }

    @Override
    public Deciders.Task settled(boolean committed, Instant at) {
      return new Deciders.Task(
          write.key().tenant(),
          committed ? () -> settle(this, at) : () -> conflicts.lost(execution, batch));
    }

    @Override
    public void refused(RuntimeException why) {
      setAside(execution, batch, why);
    }

    @Override
    public void abandoned() {
      for (Delivery delivery : batch) {
        delivery.answer().completeExceptionally(new IllegalStateException("the node stops"));
      }
    }
  }

  /// Where what follows a commit breaks, its execution would stay in memory half done, and nobody
  /// could move it any more.
  private void settle(Moving moving, Instant at) {
    try {
      durable(moving, at);
    } catch (RuntimeException | Error e) {
      setAside(moving.execution, moving.batch, e);
    }
  }

  private void durable(Moving moving, Instant at) {
    HotExecution execution = moving.execution;
    Fold fold = moving.fold;
    execution.moved(
        fold.next(), moving.write.version() + 1, fold.consumed(), bytesOf(moving.write));
    hot.grown(execution);
    answer(fold, at);
    around.signals().moved(execution.key());
    told(moving.write);
    begun(moving.born);
    if (fold.finished() != null) {
      acting.cancel(execution, fold);
      end(execution);
      return;
    }
    if (execution.isGone()) {
      return; // the lease went meanwhile: whoever has it now will act
    }
    acting.perform(execution, fold);
    if (moving.parks && execution.leaveIfQuiet()) {
      hot.remove(execution);
      return;
    }
    move(execution);
  }

  /// What others do about rows that are now there.
  void told(Write write) {
    write.notes().forEach(around.signals()::posted);
    if (!write.rows().maps().stopped().isEmpty()) {
      around.signals().postedToMany();
    }
    write.rows().timers().values().forEach(around.farTimer());
  }

  /// Express executions act on decisions that nothing stores: a crash runs them again.
  private void settleInMemory(HotExecution execution, Fold fold) {
    int bytes = execution.bytes() + FACT_BYTES * fold.facts().size();
    execution.moved(fold.next(), execution.version(), Set.of(), bytes);
    hot.grown(execution);
    execution.remember(fold.facts());
    answer(fold, around.clock().now());
    if (fold.finished() == null) {
      acting.perform(execution, fold);
      return;
    }
    acting.cancel(execution, fold);
    var ended = execution.fixed().ended();
    if (ended != null) {
      end(execution);
      ended.complete(execution);
      return;
    }
    Write write = transitions.expressEnd(execution, execution.remembered(), stamp());
    committer.put(new ExpressEnd(execution, write));
  }

  /// The end of an asynchronous Express execution at the committer.
  private final class ExpressEnd implements Committer.Entry {
    private final HotExecution execution;
    private final Write write;

    ExpressEnd(HotExecution execution, Write write) {
      this.execution = execution;
      this.write = write;
    }

    @Override
    public Write write() {
      return write;
    }

    @Override
    public Deciders.Task settled(boolean committed, Instant at) {
      return new Deciders.Task(
          write.key().tenant(),
          () -> {
            if (committed) {
              around.signals().moved(write.key());
              told(write);
            }
            end(execution); // otherwise another node ran it, or a stop came from there
          });
    }

    @Override
    public void refused(RuntimeException why) {
      setAside(execution, List.of(), why);
    }

    @Override
    public void abandoned() {
      // It is run again: its start is all that is stored.
    }
  }

  private void end(HotExecution execution) {
    hot.remove(execution);
    for (Delivery late : execution.leave()) {
      late.answer().complete(new Answer.Refused(Rejection.NOT_RUNNING));
    }
  }

  private void answer(Fold fold, Instant at) {
    ExecutionStatus status = fold.next().status();
    Instant stoppedAt = fold.next().stoppedAt(); // what is stored is what is answered
    for (Delivery delivery : fold.accepted()) {
      delivery.answer().complete(new Answer.Done(stoppedAt == null ? at : stoppedAt, status));
    }
    fold.refused().forEach((d, why) -> d.answer().complete(new Answer.Refused(why)));
  }

  /// A refusal is only as good as the state it was made on.
  private void answerRefused(Fold fold) {
    boolean known = around.lease().isValid();
    fold.refused()
        .forEach(
            (d, why) ->
                d.answer().complete(known ? new Answer.Refused(why) : Answer.Elsewhere.ELSEWHERE));
  }

  /// A bug, or data that cannot be stored: the execution stays where it is until its next load.
  private void setAside(HotExecution execution, List<Delivery> batch, Throwable why) {
    LOG.error(
        "ALARM: an execution cannot be moved and is set aside: execution={}",
        execution.execution().info().executionArn(),
        why);
    hot.setAside(execution);
    var ended = execution.fixed().ended();
    if (ended != null) {
      ended.completeExceptionally(new IllegalStateException("set aside", why));
    }
    List<Delivery> left = new ArrayList<>(batch);
    left.addAll(execution.leave());
    for (Delivery delivery : left) {
      delivery.answer().completeExceptionally(new IllegalStateException("set aside", why));
    }
  }

  /// What an execution loaded just now needs from its node.
  void resume(HotExecution execution) {
    try {
      doAgain(execution);
    } catch (RuntimeException | Error e) {
      setAside(execution, List.of(), e);
    }
  }

  private void doAgain(HotExecution execution) {
    List<Effect> effects = Engine.resume(execution.execution(), environment());
    acting.resume(execution, effects);
    if (effects.stream().anyMatch(e -> e instanceof Effect.Proceed)) {
      deliverHere(execution, new Command.Continue());
    }
    if (execution.execution().lastEventId() == 0) {
      deliverHere(execution, new Command.StartExecution());
    }
  }

  /// Parks an execution that may rest; whether it had to wait for something is seen later.
  void park(HotExecution execution, Map<TimerId, Instant> nearTimers) {
    if (!execution.begin()) {
      return;
    }
    Write write = transitions.park(execution, nearTimers, movedBy(around.lease().incarnation()));
    committer.put(
        new Moving(
            execution, List.of(), Fold.nothing(execution.execution()), write, List.of(), true));
  }

  static int bytesOf(Write write) {
    long bytes = 2_048 + 3L * write.state().length + 2 * write.weight();
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }
}
