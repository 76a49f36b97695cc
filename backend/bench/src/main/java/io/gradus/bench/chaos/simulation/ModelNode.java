package io.gradus.bench.chaos.simulation;

import io.gradus.bench.chaos.simulation.Life.Answer;
import io.gradus.bench.chaos.simulation.Life.Delivery;
import io.gradus.bench.chaos.simulation.Life.Hot;
import io.gradus.bench.chaos.simulation.ModelDatabase.Loaded;
import io.gradus.bench.chaos.simulation.ModelDatabase.Row;
import io.gradus.bench.chaos.simulation.ModelDatabase.Write;
import io.gradus.engine.Command;
import io.gradus.engine.Decision;
import io.gradus.engine.Effect;
import io.gradus.engine.Engine;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Frame;
import io.gradus.engine.TaskId;
import io.gradus.engine.TimerId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A node as engine.md has it: decides on what is in memory, commits under the version it decided
/// on, and acts only afterwards. What it may do wrong is planted.
final class ModelNode {
  private static final long FAST_CLOCK_MILLIS = 400;

  private final World world;
  private final Workers workers;
  private final Wire wire;
  private Life life;

  /// What is behind the nodes.
  interface Workers {
    /// A call of a task arrives.
    void called(Life life, ExecutionKey key, Effect.InvokeTask call, Consumer<Command> answer);
  }

  ModelNode(World world, Workers workers) {
    this.world = world;
    this.workers = workers;
    this.wire = new Wire(world, this::kill);
    this.life = begin();
  }

  Life life() {
    return life;
  }

  private Life begin() {
    Life fresh = new Life(world);
    every(fresh, 1.5, () -> renew(fresh));
    every(fresh, 1, () -> takeOver(fresh));
    every(fresh, 1, () -> readInboxes(fresh));
    every(fresh, 5, () -> reconcile(fresh));
    return fresh;
  }

  private void every(Life of, double seconds, Runnable work) {
    of.later(
        world.between(seconds * 0.9, seconds),
        () -> {
          work.run();
          if (of.alive) {
            every(of, seconds, work);
          }
        });
  }

  Wire wire() {
    return wire;
  }

  private void kill(Life of) {
    if (of.equals(life)) {
      kill();
    }
  }

  /// With -9. It comes back after a while, and its name tells that its former life is over.
  void kill() {
    Life former = life;
    if (!former.alive) {
      return;
    }
    former.alive = false;
    world.after(
        world.between(0.2, 5),
        () -> {
          world.leases.put(former.incarnation, world.now());
          life = begin();
        });
  }

  private void renew(Life of) {
    Instant held = Objects.requireNonNull(world.leases.get(of.incarnation));
    if (held.isAfter(world.now())) {
      of.leaseUntil = world.now().plus(Life.LEASE);
      world.leases.put(of.incarnation, of.leaseUntil);
      return;
    }
    // Others may have what it held: nothing of it may be used.
    of.alive = false;
    of.hot.values().forEach(hot -> leave(hot, Answer.ELSEWHERE));
    life = begin();
  }

  private void takeOver(Life of) {
    if (world.fault == PlantedFault.LOST_TAKE_OVER || !of.isLeaseValid()) {
      return;
    }
    for (Map.Entry<Integer, Instant> lease : List.copyOf(world.leases.entrySet())) {
      if (!lease.getValue().isAfter(world.now())) {
        world.database.takeOver(lease.getKey(), of.incarnation).forEach(key -> load(of, key));
      }
    }
  }

  private void readInboxes(Life of) {
    for (Row row : world.database.rows()) {
      if (row.owner == of.incarnation && !row.inbox.isEmpty()) {
        Hot hot = of.hot.get(row.info.key());
        if (hot != null) {
          receive(of, hot, new LinkedHashMap<>(row.inbox));
        }
      }
    }
  }

  /// What is this node's in the database and not in memory is nobody's.
  private void reconcile(Life of) {
    for (Row row : world.database.rows()) {
      if (row.owner == of.incarnation && !row.status.isTerminal()) {
        of.later(world.between(1, 2), () -> load(of, row.info.key()));
      }
    }
  }

  private void load(Life of, ExecutionKey key) {
    Row row = Objects.requireNonNull(world.database.find(key));
    if (of.hot.containsKey(key) || row.owner != of.incarnation || row.status.isTerminal()) {
      return;
    }
    Loaded loaded = world.database.load(row);
    Hot hot = new Hot(loaded.execution(), loaded.version());
    of.hot.put(key, hot);
    receive(of, hot, loaded.inbox());
    resume(of, hot);
  }

  private void receive(Life of, Hot hot, Map<String, Command> inbox) {
    inbox.forEach(
        (source, command) -> {
          if (hot.known.add(source)) {
            deliver(of, hot, new Delivery(command, source, _ -> {}));
          }
        });
  }

  private void resume(Life of, Hot hot) {
    for (Effect effect : Engine.resume(hot.execution, environment())) {
      boolean lost =
          (effect instanceof Effect.InvokeTask && world.fault == PlantedFault.LOST_DISPATCH)
              || (effect instanceof Effect.ArmTimer && world.fault == PlantedFault.LOST_TIMER);
      if (!lost) {
        perform(of, hot, effect);
      }
    }
    if (hot.execution.lastEventId() == 0) {
      hot.mailbox.add(Delivery.of(new Command.StartExecution()));
    }
    move(of, hot);
  }

  Environment environment() {
    Instant now = world.now();
    return new Environment(
        world.fault == PlantedFault.EARLY_TIMER ? now.plusMillis(FAST_CLOCK_MILLIS) : now,
        world.random::nextLong,
        (key, task) ->
            key.tenant().value() + "|" + key.id() + "|" + task.frame() + "|" + task.attempt());
  }

  void deliver(Life of, Hot hot, Delivery delivery) {
    hot.mailbox.add(delivery);
    move(of, hot);
  }

  private void move(Life of, Hot hot) {
    while (!hot.busy) {
      Delivery delivery = hot.mailbox.poll();
      if (delivery == null) {
        return;
      }
      Command command = command(hot, delivery.command());
      switch (Engine.decide(hot.execution, command, environment())) {
        case Decision.Rejected _ -> refuse(of, hot, delivery);
        case Decision.Accepted accepted -> submit(of, hot, delivery, accepted);
      }
    }
  }

  private Command command(Hot hot, Command command) {
    if (world.fault == PlantedFault.ANY_ATTEMPT
        && command instanceof Command.TaskSucceeded succeeded) {
      Frame frame = hot.execution.frames().get(succeeded.task().frame());
      if (frame != null && frame.phase() instanceof Frame.Phase.AwaitingTask awaiting) {
        return new Command.TaskSucceeded(
            new TaskId(frame.id(), awaiting.attempt()), succeeded.output());
      }
    }
    return command;
  }

  private void refuse(Life of, Hot hot, Delivery delivery) {
    if (delivery.source() != null) {
      // Its row goes, although nothing else changes.
      submit(
          of, hot, delivery, new Decision.Accepted(List.of(), List.of(), Set.of(), hot.execution));
      return;
    }
    delivery.reply().accept(of.isLeaseValid() ? Answer.REFUSED : Answer.ELSEWHERE);
  }

  private void submit(Life of, Hot hot, Delivery delivery, Decision.Accepted accepted) {
    hot.busy = true;
    if (world.fault == PlantedFault.DISPATCH_BEFORE_COMMIT) {
      accepted.effects().stream()
          .filter(Effect.InvokeTask.class::isInstance)
          .forEach(effect -> perform(of, hot, effect));
    }
    String source = delivery.source();
    Write write =
        new Write(
            hot.execution.info().key(),
            hot.version,
            of.incarnation,
            of.nextMark(),
            accepted.next(),
            accepted.facts(),
            accepted.effects(),
            accepted.touched(),
            source == null ? Set.of() : Set.of(source),
            delivery.command() instanceof Command.TimerFired fired ? fired.timer() : null,
            null);
    wire.send(of, write, committed -> settled(of, hot, delivery, write, committed));
  }

  private void settled(
      Life of, Hot hot, Delivery delivery, Write write, @Nullable Boolean committed) {
    hot.busy = false;
    if (committed == null) {
      delivery.reply().accept(Answer.REFUSED);
      move(of, hot);
      return;
    }
    if (!committed) {
      reload(of, hot, delivery);
      return;
    }
    hot.execution = write.next();
    hot.version = write.version() + 1;
    hot.known.removeAll(write.consumed());
    delivery.reply().accept(Answer.DONE);
    if (hot.execution.status().isTerminal()) {
      of.hot.remove(write.key());
      leave(hot, Answer.REFUSED);
      return;
    }
    begun(of, hot, write);
    move(of, hot);
  }

  /// Acts on a write that is stored.
  void begun(Life of, Hot hot, Write write) {
    for (Effect effect : write.effects()) {
      boolean before =
          world.fault == PlantedFault.DISPATCH_BEFORE_COMMIT && effect instanceof Effect.InvokeTask;
      if (!before || write.birth() != null) {
        perform(of, hot, effect);
      }
    }
  }

  /// The database knew better: the command is decided anew on what it has.
  private void reload(Life of, Hot hot, Delivery delivery) {
    ExecutionKey key = hot.execution.info().key();
    Row row = Objects.requireNonNull(world.database.find(key));
    if (row.owner != of.incarnation || row.status.isTerminal()) {
      of.hot.remove(key);
      Answer answer = row.status.isTerminal() ? Answer.REFUSED : Answer.ELSEWHERE;
      delivery.reply().accept(answer);
      leave(hot, answer);
      return;
    }
    Loaded loaded = world.database.load(row);
    boolean moved = loaded.execution().lastEventId() != hot.execution.lastEventId();
    List<Delivery> kept = hot.mailbox.stream().filter(d -> d.source() == null).toList();
    hot.execution = loaded.execution();
    hot.version = loaded.version();
    hot.known.clear();
    hot.mailbox.clear();
    // What the inbox says may be acknowledged already: it goes first.
    loaded
        .inbox()
        .forEach(
            (source, command) -> {
              hot.known.add(source);
              hot.mailbox.add(new Delivery(command, source, _ -> {}));
            });
    if (delivery.source() == null) {
      hot.mailbox.add(delivery);
    }
    hot.mailbox.addAll(kept);
    if (moved) {
      resume(of, hot);
    } else {
      move(of, hot);
    }
  }

  private static void leave(Hot hot, Answer answer) {
    hot.busy = true; // nobody moves it any more
    hot.mailbox.forEach(delivery -> delivery.reply().accept(answer));
    hot.mailbox.clear();
  }

  private void perform(Life of, Hot hot, Effect effect) {
    ExecutionKey key = hot.execution.info().key();
    switch (effect) {
      case Effect.InvokeTask call -> {
        if (of.isLeaseValid() || world.fault == PlantedFault.STALE_LEASE) {
          workers.called(
              of,
              key,
              call,
              command -> of.later(0, () -> deliverTo(of, key, Delivery.of(command))));
        }
      }
      case Effect.ArmTimer arm -> {
        TimerId timer = arm.timer();
        long micros = Duration.between(environment().now(), arm.deadline().due()).toNanos() / 1_000;
        of.later(
            micros + world.random.nextInt(10_000),
            () -> deliverTo(of, key, Delivery.of(new Command.TimerFired(timer))));
      }
      case Effect.Proceed _ -> hot.mailbox.addFirst(Delivery.of(new Command.Continue()));
      case Effect.StartChild _,
          Effect.ReadItems _,
          Effect.PickRedrives _,
          Effect.ReopenChildren _,
          Effect.GatherResults _,
          Effect.RecordMapRun _,
          Effect.StopChildren _ ->
          throw new IllegalStateException("expected no Map Runs in a simulation");
      case Effect.OpenTask _, Effect.CloseTask _, Effect.DisarmTimer _, Effect.Finished _ -> {}
    }
  }

  void deliverTo(Life of, ExecutionKey key, Delivery delivery) {
    Hot hot = of.hot.get(key);
    if (hot == null) {
      delivery.reply().accept(Answer.ELSEWHERE);
    } else {
      deliver(of, hot, delivery);
    }
  }

  /// An execution that this node has opened itself.
  Hot adopt(Life of, Execution execution, long version) {
    Hot hot = new Hot(execution, version);
    of.hot.put(execution.info().key(), hot);
    return hot;
  }

  /// Takes up what it has in the database.
  void loadNow(Life of, ExecutionKey key) {
    load(of, key);
  }
}
