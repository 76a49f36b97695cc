package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.State;
import io.gradus.engine.Command;
import io.gradus.engine.Details;
import io.gradus.engine.Effect;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase.InMapRun;
import io.gradus.engine.FrameId;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapProgress.Redriving;
import io.gradus.engine.MapRun;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.Rejection;
import io.gradus.engine.port.ItemReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// A distributed Map: its items are given to child executions, a few at a time, and their ends are
/// counted. What the Map Run holds does not grow with its items.
final class MapRuns {
  /// Children that one decision starts, so that a commit stays of a size.
  static final int MAX_STARTS = 200;

  /// Bytes of their inputs together, after which a decision starts no more.
  static final int MAX_START_BYTES = 1024 * 1024;

  /// Items asked for at once.
  private static final int MAX_PAGE = 10_000;

  private MapRuns() {}

  static void begin(Turn turn, FrameId frame, State.MapState state) {
    Scope scope = Scopes.of(turn, frame);
    Flow flow = Flow.of(state);
    JsonNode effective = flow.effectiveInput(state.data(), scope);
    MapSpec map = state.map();
    boolean reads = map.source() != null;
    JsonNode items = reads ? null : FanOut.items(state, flow, effective, scope);
    boolean keyed = items != null && items.isObject();
    int maxConcurrency =
        map.maxConcurrency() == null
            ? 0
            : FanOut.maxConcurrency(flow, map.maxConcurrency(), effective, scope);
    turn.event(frame, new Details.MapStarted(items == null ? 0 : items.size()));
    Fact.Tolerance tolerance = Tolerances.of(state, flow, effective, scope);
    UUID id = id(turn);
    ExecutionInfo info = turn.execution().info();
    String label = MapRun.label(info.stateMachineArn(), state);
    turn.event(
        frame, new Details.MapRunStarted(MapRun.arn(info.stateMachineArn(), label, id.toString())));
    long anchor = turn.execution().lastEventId();
    Payload stateInput = turn.at(frame).input();
    Payload effectiveInput =
        Turn.payloadOf(effective, stateInput).at(new Origin(anchor, "effectiveInput"));
    Payload itemsPayload =
        items == null
            ? null
            : (keyed
                    ? Payload.of(members(items))
                    : Turn.payloadOf(items, stateInput, effectiveInput))
                .at(new Origin(anchor, "items"));
    Fact.MapRunResolved resolved;
    try {
      resolved =
          new Fact.MapRunResolved(
              frame,
              id.toString(),
              turn.environment().now(),
              itemsPayload,
              keyed,
              effectiveInput,
              MapRunSettings.batching(turn, state, effective, scope, anchor),
              MapRunSettings.source(state, effective, scope, anchor),
              MapRunSettings.sink(state, effective, scope, anchor),
              MapProgress.begun(maxConcurrency, tolerance));
    } catch (EvaluationFailure failure) {
      turn.event(frame, new Details.MapRunFailed(failure.error().value(), failure.causeText()));
      Failures.fail(turn, frame, Set.of(failure.error()), failure.error(), failure.causeText());
      return;
    }
    turn.fact(resolved);
    record(turn, frame, MapRun.Status.RUNNING, null);
    if (items != null && items.isEmpty()) {
      move(turn, frame, run(turn, frame).progress().read(null, 0, true));
      goOn(turn, frame);
    } else {
      handOut(turn, frame);
    }
  }

  /// Gives items to children as far as there is room, and says so when more is to be done.
  static void handOut(Turn turn, FrameId frame) {
    try {
      InMapRun run = run(turn, frame);
      Payload items = run.items();
      if (items == null) {
        read(turn, frame, run);
      } else {
        handOut(turn, frame, run, items.json());
      }
    } catch (EvaluationFailure failure) {
      MapRunEndings.fail(turn, frame, failure);
    }
  }

  private static void handOut(Turn turn, FrameId frame, InMapRun run, JsonNode items) {
    ItemHandOut out = new ItemHandOut(turn, frame, run);
    try {
      int next = Math.toIntExact(run.progress().items());
      while (next < items.size() && out.hasRoom()) {
        out.add(Scopes.itemAt(items, next), Scopes.Item.STATE_DATA);
        next++;
      }
      if (next == items.size()) {
        out.flush();
      }
    } catch (EvaluationFailure failure) {
      move(turn, frame, out.progress()); // those before it have begun
      throw failure;
    }
    MapProgress progress = out.progress();
    // A batch that is not full yet is taken up again with the items that follow.
    move(turn, frame, progress.items() == items.size() ? progress.read(null, 0, true) : progress);
    goOn(turn, frame);
  }

  private static void read(Turn turn, FrameId frame, InMapRun run) {
    Effect.ReadItems read = nextPage(turn.execution(), frame, run);
    turn.effect(read);
    move(turn, frame, run.progress().whileReading());
  }

  private static Effect.ReadItems nextPage(Execution execution, FrameId frame, InMapRun run) {
    InMapRun.Source source = run.source();
    if (source == null) {
      throw new IllegalStateException("expected a Map Run that reads its items");
    }
    MapProgress progress = run.progress();
    int room = progress.read(progress.cursor(), progress.skipped(), false).room();
    long most = Math.clamp(room, 1, MAX_STARTS);
    InMapRun.Batching batching = run.batching();
    if (batching != null) {
      most *= batching.maxItems() > 0 ? Math.min(batching.maxItems(), MAX_PAGE) : MAX_PAGE;
    }
    if (source.maxItems() > 0) {
      most = Math.min(most, source.maxItems() - progress.items());
    }
    return new Effect.ReadItems(
        key(execution, frame, run),
        source,
        progress.cursor(),
        progress.items(),
        progress.skipped() + (int) Math.min(most, MAX_PAGE),
        MAX_START_BYTES);
  }

  /// A page was read: its items are given to children. Items that there is no room for, as when
  /// their batches are smaller than they might be, are read again.
  static @Nullable Rejection itemsRead(Turn turn, Command.ItemsRead c) {
    InMapRun run = running(turn, c.frame(), c.startedEventId());
    if (run == null || !run.progress().reading() || run.progress().items() != c.taken()) {
      return Rejection.NO_SUCH_MAP_RUN;
    }
    InMapRun.Source source = run.source();
    long most = source == null ? 0 : source.maxItems();
    MapProgress before = run.progress();
    InMapRun standing =
        run.at(before.read(before.cursor(), before.skipped(), false)); // it has room again
    ItemHandOut out = new ItemHandOut(turn, c.frame(), standing);
    EvaluationFailure failure = handOut(out, c.items(), before.skipped());
    MapProgress after = out.progress();
    int handed = before.skipped() + (int) (after.items() - before.items());
    boolean whole = handed >= c.items().size();
    boolean last = (whole && c.next() == null) || (most > 0 && after.items() >= most);
    move(
        turn,
        c.frame(),
        whole ? after.read(c.next(), 0, last) : after.read(before.cursor(), handed, last));
    if (failure == null) {
      goOn(turn, c.frame());
    } else {
      MapRunEndings.fail(turn, c.frame(), failure);
    }
    return null;
  }

  /// Null where nothing is wrong with them.
  private static @Nullable EvaluationFailure handOut(
      ItemHandOut out, List<ItemReader.Item> items, int from) {
    try {
      int next = from;
      while (next < items.size() && out.hasRoom()) {
        out.add(items.get(next).value().json(), items.get(next).source());
        next++;
      }
      if (next == items.size()) {
        out.flush();
      }
      return null;
    } catch (EvaluationFailure failure) {
      return failure;
    }
  }

  /// Takes up again what did not succeed before the Map Run was redriven.
  static void redrive(Turn turn, FrameId frame) {
    InMapRun run = run(turn, frame);
    MapProgress progress = run.progress();
    Redriving redriving = progress.redriving();
    if (redriving == null) {
      return;
    }
    if (redriving.after() == Redriving.UNTOLD) {
      ExecutionInfo info = turn.execution().info();
      String label = MapRun.label(info.stateMachineArn(), mapState(turn, frame));
      turn.event(
          frame,
          new Details.MapRunRedriven(
              MapRun.arn(info.stateMachineArn(), label, run.id()), run.redriveCount()));
    }
    long after = Math.max(-1, redriving.after());
    if (redriving.pending() == 0) {
      move(turn, frame, progress.redriving(null));
      goOn(turn, frame);
      return;
    }
    move(
        turn,
        frame,
        progress.redriving(
            new Redriving(redriving.pending(), redriving.pendingItems(), after, true, null)));
    turn.effect(pick(turn.execution(), frame, run(turn, frame)));
    record(turn, frame, MapRun.Status.RUNNING, null);
  }

  private static Effect pick(Execution execution, FrameId frame, InMapRun run) {
    MapProgress progress = run.progress();
    Redriving redriving = progress.redriving();
    if (redriving == null) {
      throw new IllegalStateException("expected a Map Run that is redriven");
    }
    int room =
        progress
            .redriving(
                new Redriving(
                    redriving.pending(),
                    redriving.pendingItems(),
                    redriving.after(),
                    false,
                    redriving.opening()))
            .redriveRoom();
    return new Effect.PickRedrives(
        key(execution, frame, run), redriving.after(), Math.clamp(room, 1, MAX_STARTS));
  }

  static @Nullable Rejection picked(Turn turn, Command.RedrivesPicked c) {
    InMapRun run = running(turn, c.frame(), c.startedEventId());
    Redriving redriving = run == null ? null : run.progress().redriving();
    if (run == null
        || redriving == null
        || !redriving.picking()
        || redriving.after() != c.after()) {
      return Rejection.NO_SUCH_MAP_RUN;
    }
    long pending = redriving.pending() - c.picked().size() - c.not().children();
    long items = redriving.pendingItems() - c.not().items();
    List<String> opening = new ArrayList<>();
    for (Command.Picked child : c.picked()) {
      items -= child.items();
      Payload input = child.input();
      if (input == null) {
        opening.add(child.id() + ":" + child.index() + ":" + child.items());
      } else {
        turn.effect(
            new Effect.StartChild(key(turn, c.frame(), run), child.index(), child.items(), input));
      }
    }
    String ids = opening.isEmpty() ? null : String.join(",", opening);
    boolean over = ids == null && (c.last() || pending <= 0);
    MapProgress now =
        run.progress().opened(c.picked().stream().map(Command.Picked::index).toList());
    if (over) {
      // Who was aborted as it succeeded waits for nothing.
      now = now.redriving(null).settledBefore(c.not(), Math.max(0, pending), Math.max(0, items));
    } else {
      long left = c.last() ? 0 : Math.max(0, pending);
      now =
          now.settledBefore(
                  c.not(), c.last() ? Math.max(0, pending) : 0, c.last() ? Math.max(0, items) : 0)
              .redriving(
                  new Redriving(
                      left, c.last() ? 0 : Math.max(0, items), c.not().through(), false, ids));
    }
    move(turn, c.frame(), now);
    if (ids != null) {
      turn.effect(new Effect.ReopenChildren(key(turn, c.frame(), run), ids, run.redriveCount()));
    }
    goOn(turn, c.frame());
    return null;
  }

  static @Nullable Rejection reopened(Turn turn, Command.ChildrenReopened c) {
    InMapRun run = running(turn, c.frame(), c.startedEventId());
    Redriving redriving = run == null ? null : run.progress().redriving();
    if (run == null || redriving == null || !c.opening().equals(redriving.opening())) {
      return Rejection.NO_SUCH_MAP_RUN;
    }
    move(
        turn,
        c.frame(),
        run.progress()
            .redriving(
                redriving.pending() == 0
                    ? null
                    : new Redriving(
                        redriving.pending(),
                        redriving.pendingItems(),
                        redriving.after(),
                        false,
                        null)));
    if (run.progress().failing() != null) {
      MapRunEndings.stopChildren(
          turn, run); // some of them were opened after the others were stopped
    }
    goOn(turn, c.frame());
    return null;
  }

  static @Nullable Rejection childEnded(Turn turn, Command.ChildEnded c) {
    InMapRun run = running(turn, c.frame(), c.startedEventId());
    if (run == null || !run.progress().open().contains(c.index())) {
      return Rejection.NO_SUCH_MAP_RUN;
    }
    move(turn, c.frame(), run.progress().ended(c.index(), c.status(), c.items(), c.redrivable()));
    goOn(turn, c.frame());
    return null;
  }

  /// What follows from the counters: failure, the end, or more children.
  static void goOn(Turn turn, FrameId frame) {
    InMapRun run = run(turn, frame);
    MapProgress progress = run.progress();
    MapProgress.Failing failing = progress.failing();
    if (failing != null) {
      MapRunEndings.failFurther(turn, frame, run, failing);
      return;
    }
    if (Tolerances.isExceeded(progress, run.total())) {
      MapRunEndings.fail(
          turn, frame, ErrorName.EXCEED_TOLERATED_FAILURE_THRESHOLD, Tolerances.EXCEEDED);
      return;
    }
    if (progress.isThrough() && !progress.gathering()) {
      if (progress.succeeded() == 0 && mapState(turn, frame).map().sink() == null) {
        MapRunEndings.finish(turn, frame, Payload.array(List.of()));
        return;
      }
      progress = progress.gatheringResults();
      move(turn, frame, progress);
      turn.effect(MapRunEndings.gather(turn.execution(), frame, run(turn, frame)));
    } else if (progress.room() > 0 || progress.redriveRoom() > 0) {
      turn.effect(new Effect.Proceed());
    }
    record(turn, frame, MapRun.Status.RUNNING, null);
  }

  /// What a loaded Map Run needs that may have been lost.
  static Optional<Effect> resume(Execution execution, Frame frame, InMapRun run) {
    MapProgress progress = run.progress();
    if (progress.settled()) {
      return Optional.empty();
    }
    if (progress.gathering()) {
      return Optional.of(MapRunEndings.gather(execution, frame.id(), run));
    }
    Redriving redriving = progress.redriving();
    if (redriving != null && redriving.opening() != null) {
      return Optional.of(
          new Effect.ReopenChildren(
              key(execution, frame.id(), run), redriving.opening(), run.redriveCount()));
    }
    if (redriving != null && redriving.picking()) {
      return Optional.of(pick(execution, frame.id(), run));
    }
    return progress.reading()
        ? Optional.of(nextPage(execution, frame.id(), run))
        : Optional.empty();
  }

  static @Nullable Rejection update(Turn turn, Command.UpdateMapRun c) {
    for (Frame frame : List.copyOf(turn.execution().frames().values())) {
      if (frame.phase() instanceof InMapRun run
          && !run.progress().settled()
          && run.id().equals(c.mapRunId().toString())) {
        MapProgress now = run.progress();
        Integer concurrency = c.maxConcurrency();
        Fact.Tolerance borne = now.tolerance();
        Integer count = c.toleratedFailureCount();
        Double percentage = c.toleratedFailurePercentage();
        move(
            turn,
            frame.id(),
            now.bounded(
                concurrency == null ? now.maxConcurrency() : concurrency,
                new Fact.Tolerance(
                    count == null ? borne.count() : count,
                    percentage == null ? borne.percentage() : percentage)));
        goOn(turn, frame.id());
        return null;
      }
    }
    return Rejection.NO_SUCH_MAP_RUN;
  }

  static void move(Turn turn, FrameId frame, MapProgress progress) {
    turn.fact(new Fact.MapRunMoved(frame, progress));
  }

  static void record(Turn turn, FrameId frame, MapRun.Status status, @Nullable Instant stoppedAt) {
    InMapRun run = run(turn, frame);
    State.MapState state = mapState(turn, frame);
    turn.effect(
        new Effect.RecordMapRun(
            frame,
            new MapRun(
                UUID.fromString(run.id()),
                state.name(),
                MapRun.label(turn.execution().info().stateMachineArn(), state),
                status,
                run.progress(),
                run.total(),
                run.startedAt(),
                stoppedAt,
                run.redriveCount(),
                run.redrivenAt())));
  }

  static Effect.MapRunKey key(Turn turn, FrameId frame, InMapRun run) {
    return key(turn.execution(), frame, run);
  }

  static Effect.MapRunKey key(Execution execution, FrameId frame, InMapRun run) {
    Frame.At at = execution.frame(frame).at();
    if (at == null
        || !(execution.info().definition().state(at.state()) instanceof State.MapState state)) {
      throw new IllegalStateException("expected frame " + frame + " in a Map");
    }
    return new Effect.MapRunKey(
        frame,
        run.startedEventId(),
        UUID.fromString(run.id()),
        state.name(),
        state.map().mode() == MapSpec.Mode.DISTRIBUTED_EXPRESS);
  }

  static InMapRun run(Turn turn, FrameId frame) {
    if (turn.frame(frame).phase() instanceof InMapRun run) {
      return run;
    }
    throw new IllegalStateException("expected frame " + frame + " in its Map Run");
  }

  /// Null where that Map Run is over or never was.
  static @Nullable InMapRun running(Turn turn, FrameId id, long startedEventId) {
    Frame frame = turn.execution().frames().get(id);
    return frame != null
            && frame.phase() instanceof InMapRun run
            && run.startedEventId() == startedEventId
            && !run.progress().settled()
        ? run
        : null;
  }

  static State.MapState mapState(Turn turn, FrameId frame) {
    if (turn.state(frame) instanceof State.MapState state) {
      return state;
    }
    throw new IllegalStateException("expected frame " + frame + " in a Map");
  }

  /// The members of an object as items.
  private static ArrayNode members(JsonNode object) {
    ArrayNode members = PayloadJson.MAPPER.createArrayNode();
    object
        .properties()
        .forEach(
            member ->
                members.addObject().put("Key", member.getKey()).set("Value", member.getValue()));
    return members;
  }

  /// A UUID in the order of time.
  private static UUID id(Turn turn) {
    long high = turn.environment().now().toEpochMilli() << 16;
    high |= 0x7000L | (turn.environment().random().nextLong() & 0xFFF);
    long low = turn.environment().random().nextLong();
    return new UUID(high, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }
}
