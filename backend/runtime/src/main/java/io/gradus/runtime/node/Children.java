package io.gradus.runtime.node;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Command;
import io.gradus.engine.Effect;
import io.gradus.engine.Engine;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.MapRun;
import io.gradus.engine.TaskId;
import io.gradus.runtime.StartRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongToIntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Children of Map Runs as they begin. A child is stored by the very commit that hands it its
/// items, with as much of its work as it does at once: so it is there exactly if its Map Run knows
/// of it, and one that has nothing to wait for is stored once.
final class Children {
  /// Definitions of Express children with AWS's bound, kept by what they were made from.
  private static final int MAX_BOUNDED = 1_000;

  private static final Map<Definition, Definition> BOUNDED = new ConcurrentHashMap<>();

  private final ExecutionIds ids = new ExecutionIds();
  private final Transitions transitions;
  private final Supplier<Environment> environment;
  private final LongToIntFunction to;

  /// A child that is about to be stored.
  ///
  /// @param fold what its start led to; null when that is not to be kept
  record Child(
      HotExecution.Fixed fixed, Execution fresh, @Nullable Fold fold, Write.ChildWrite write) {
    Execution execution() {
      return fold == null ? fresh : fold.next();
    }
  }

  /// @param to the node that is to have the child of an index
  Children(Transitions transitions, Supplier<Environment> environment, LongToIntFunction to) {
    this.transitions = transitions;
    this.environment = environment;
    this.to = to;
  }

  /// The children that begin with a transition of their Map's execution.
  List<Child> born(
      HotExecution.Fixed parent,
      ExecutionInfo around,
      List<Effect.StartChild> starts,
      Supplier<Transitions.Stamp> stamps) {
    if (starts.isEmpty()) {
      return List.of(); // as mostly
    }
    List<Child> children = new ArrayList<>(starts.size());
    for (Effect.StartChild start : starts) {
      Transitions.Stamp stamp = stamps.get();
      // Answers that a test case counts are counted in one memory.
      int owner = parent.mocks().countsVisits() ? stamp.owner() : to.applyAsInt(start.index());
      children.add(born(parent, around, start, new Transitions.Stamp(owner, stamp.movedBy())));
    }
    return children;
  }

  private Child born(
      HotExecution.Fixed parent,
      ExecutionInfo around,
      Effect.StartChild start,
      Transitions.Stamp stamp) {
    Effect.MapRunKey run = start.mapRun();
    Environment now = environment.get();
    UUID id = ids.next(now.now());
    var key = new ExecutionKey(parent.key().tenant(), id);
    String name = id.toString();
    ExecutionInfo info = info(around, key, name, now.now(), run.state(), run.express());
    var fixed =
        new HotExecution.Fixed(
            key,
            parent.mocks(),
            run.express() ? HotExecution.Kind.EXPRESS : HotExecution.Kind.STANDARD,
            parent.logs(),
            new StartRequest.Parent(
                parent.key(),
                new TaskId(run.frame(), run.startedEventId()),
                true,
                new StartRequest.MapItem(start.index(), start.items())),
            null);
    Execution fresh = Execution.fresh(info).withInput(start.input().detached());
    Fold fold =
        Fold.of(
            fresh,
            false,
            List.of(Delivery.here(new Command.StartExecution())),
            Engine::decide,
            environment);
    // What an Express one does on its way is not stored; and the children of a Map that a child
    // begins with would make this commit as large as they are many.
    if (!fold.children().isEmpty() || (run.express() && fold.finished() == null)) {
      fold = null;
    }
    Transitions.Stamp own =
        fold != null && Parking.restsLong(fold.next())
            ? new Transitions.Stamp(0, stamp.movedBy())
            : stamp;
    return new Child(
        fixed,
        fresh,
        fold,
        new Write.ChildWrite(transitions.child(fixed, fresh, fold, own), start, name, now.now()));
  }

  /// What a child of a Map Run is.
  ///
  /// @param around the execution whose Map it is
  static ExecutionInfo info(
      ExecutionInfo around,
      ExecutionKey key,
      String name,
      Instant startedAt,
      StateName state,
      boolean express) {
    String machine = around.stateMachineArn();
    if (!(around.definition().state(state) instanceof io.gradus.asl.model.State.MapState map)) {
      throw new IllegalStateException("expected '" + state + "' to be a Map");
    }
    String arn = MapRun.machineArn(machine, MapRun.label(machine, map));
    Definition processor = around.definition().processorOf(state);
    return new ExecutionInfo(
        key,
        Starting.executionArn(arn, express, name, key.id()),
        name,
        arn,
        arn.substring(arn.lastIndexOf(':') + 1),
        around.roleArn(),
        around.stateMachineVersionArn(),
        around.stateMachineAliasArn(),
        startedAt,
        express ? bounded(processor) : processor,
        around.limits());
  }

  private static Definition bounded(Definition processor) {
    if (BOUNDED.size() >= MAX_BOUNDED) {
      BOUNDED.clear();
    }
    return BOUNDED.computeIfAbsent(processor, Starting::bounded);
  }
}
