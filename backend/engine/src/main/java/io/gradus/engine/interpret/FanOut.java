package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.State;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.StateKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Parallel and Map: how frames fork, how iterations follow one another, and how they join.
final class FanOut {
  /// AWS runs up to 40 iterations of an inline Map at once.
  static final int INLINE_CONCURRENCY = 40;

  private FanOut() {}

  static void branch(Turn turn, FrameId frame, State.Parallel state) {
    Scope scope = Scopes.of(turn, frame);
    Flow flow = Flow.of(state);
    JsonNode effective = flow.effectiveInput(state.data(), scope);
    Payload input =
        Turn.payloadOf(flow.arguments(state.data(), effective, scope), turn.at(frame).input());
    turn.event(frame, new Details.ParallelStarted(turn.place(input, "input")));
    Frames.children(turn.execution(), frame).forEach(turn::enqueueReady);
  }

  static void iterate(Turn turn, FrameId frame, State.MapState state) {
    if (state.map().mode() != MapSpec.Mode.INLINE) {
      MapRuns.begin(turn, frame, state);
      return;
    }
    if (state.map().source() != null) {
      throw new EvaluationFailure(
          ErrorName.ITEM_READER_FAILED,
          "No connection to read the items of '" + state.name() + "' from.",
          "ItemReader");
    }
    Scope scope = Scopes.of(turn, frame);
    Flow flow = Flow.of(state);
    JsonNode effective = flow.effectiveInput(state.data(), scope);
    JsonNode items = items(state, flow, effective, scope);
    Expr concurrency = state.map().maxConcurrency();
    int maxConcurrency =
        concurrency == null ? 0 : maxConcurrency(flow, concurrency, effective, scope);
    maxConcurrency =
        maxConcurrency == 0 ? INLINE_CONCURRENCY : Math.min(maxConcurrency, INLINE_CONCURRENCY);
    Payload stateInput = turn.at(frame).input();
    turn.event(frame, new Details.MapStarted(items.size()));
    // Nothing inside a Map fails within a tolerance yet, but one that cannot be is an error at
    // once.
    Tolerances.of(state, flow, effective, scope);
    long anchor = turn.execution().lastEventId();
    turn.fact(
        new Fact.ItemsResolved(
            frame,
            Turn.payloadOf(items, stateInput).at(new io.gradus.engine.Origin(anchor, "items")),
            Turn.payloadOf(effective, stateInput)
                .at(new io.gradus.engine.Origin(anchor, "effectiveInput")),
            maxConcurrency,
            null));
    if (items.isEmpty()) {
      join(turn, frame);
    } else {
      startItems(turn, frame);
    }
  }

  /// A branch or item came to its end.
  static void finished(Turn turn, FrameId child) {
    FrameId parent = parentOf(child);
    switch (turn.frame(parent).phase()) {
      case Phase.InParallel _ -> {
        turn.fact(new Fact.BranchFinished(child));
        if (turn.frame(parent).phase() instanceof Phase.InParallel p && p.finished() == p.total()) {
          join(turn, parent);
        } else {
          goOn(turn, parent, () -> {});
        }
      }
      case Phase.InMap _ -> {
        turn.event(
            child, new Details.MapIterationSucceeded(turn.at(parent).state(), child.index()));
        if (turn.frame(parent).phase() instanceof Phase.InMap m) {
          if (m.finished() == m.total()) {
            join(turn, parent);
          } else {
            goOn(turn, parent, () -> startItems(turn, parent));
          }
        }
      }
      case Phase other ->
          throw new IllegalStateException("expected " + parent + " in its fan-out, found " + other);
    }
  }

  /// A branch or item failed: states what becomes of it and its siblings and removes them.
  ///
  /// @return the frame around, whose state has now failed
  static FrameId failed(Turn turn, FrameId child) {
    FrameId parent = parentOf(child);
    boolean map = turn.frame(parent).phase() instanceof Phase.InMap;
    long last = turn.frame(child).lastEventId();
    if (map) {
      turn.event(
          child, last, new Details.MapIterationFailed(turn.at(parent).state(), child.index()));
    }
    abort(turn, child, last);
    for (FrameId sibling : Frames.children(turn.execution(), parent)) {
      if (sibling.equals(child) || turn.frame(sibling).phase() instanceof Phase.Finished) {
        continue;
      }
      if (map) {
        turn.event(
            sibling,
            last,
            new Details.MapIterationAborted(turn.at(parent).state(), sibling.index()));
      }
      abort(turn, sibling, last);
    }
    Frames.below(turn.execution(), parent).forEach(turn::release);
    turn.fact(new Fact.BranchFailed(child));
    return parent;
  }

  /// The abort of what a frame and the frames below it were in the middle of.
  private static void abort(Turn turn, FrameId id, long previous) {
    for (FrameId child : Frames.children(turn.execution(), id)) {
      if (!(turn.frame(child).phase() instanceof Phase.Finished)) {
        abort(turn, child, previous);
      }
    }
    Frame frame = turn.frame(id);
    if (frame.at() == null || frame.phase() instanceof Phase.Exited) {
      return;
    }
    if (frame.phase() instanceof Phase.InMapRun) {
      MapRunEndings.abort(turn, id, previous);
    }
    StateKind kind = StateKind.of(turn.state(id));
    switch (kind) {
      case TASK, WAIT, PARALLEL, MAP -> turn.event(id, previous, new Details.StateAborted(kind));
      case PASS, CHOICE, SUCCEED, FAIL -> {}
    }
  }

  /// All are through: the outputs, in order, are the state's result.
  private static void join(Turn turn, FrameId frame) {
    List<Payload> results = new ArrayList<>();
    for (FrameId child : Frames.children(turn.execution(), frame)) {
      if (turn.frame(child).phase() instanceof Phase.Finished finished) {
        results.add(finished.output());
      }
    }
    State state = turn.state(frame);
    long last = turn.frame(frame).lastEventId();
    turn.event(
        frame,
        last,
        state instanceof State.Parallel
            ? new Details.ParallelSucceeded()
            : new Details.MapSucceeded());
    try {
      Limits.checkArray(turn.state(frame), results);
      States.leave(turn, frame, state, Payload.array(results));
    } catch (EvaluationFailure failure) {
      Failures.evaluation(turn, frame, failure);
    }
  }

  /// Not all are through yet.
  private static void goOn(Turn turn, FrameId frame, Runnable further) {
    try {
      Limits.checkWaiting(turn.state(frame), turn.execution());
      further.run();
    } catch (EvaluationFailure failure) {
      Frames.below(turn.execution(), frame).forEach(turn::release);
      Failures.evaluation(turn, frame, failure);
    }
  }

  private static void startItems(Turn turn, FrameId frame) {
    if (!(turn.state(frame) instanceof State.MapState state)) {
      throw new IllegalStateException("expected frame " + frame + " in a Map");
    }
    while (turn.frame(frame).phase() instanceof Phase.InMap map
        && map.started() < map.total()
        && (map.maxConcurrency() == 0 || map.running() < map.maxConcurrency())) {
      int index = map.started();
      JsonNode item = Scopes.itemAt(map.items().json(), index);
      Scope scope = Scopes.of(turn, frame, null, new Scopes.Item(index, item));
      JsonNode input =
          Flow.of(state).item(state.map().itemSelector(), map.effectiveInput().json(), item, scope);
      Payload own = Payload.of(input);
      Limits.check(turn, state, own);
      FrameId child = frame.child(map.startedEventId(), index, map.total());
      turn.event(
          child,
          turn.frame(frame).lastEventId(),
          new Details.MapIterationStarted(state.name(), index, turn.place(own, "input")));
      turn.enqueueReady(child);
    }
  }

  static JsonNode items(State.MapState state, Flow flow, JsonNode effective, Scope scope) {
    Expr written = state.map().items();
    JsonNode items =
        written == null
            ? effective
            : flow.field(
                written,
                effective,
                state.language() == QueryLanguage.JSONATA ? "Items" : "ItemsPath",
                scope);
    boolean distributed = state.map().mode() != MapSpec.Mode.INLINE;
    if (items.isArray() || (distributed && items.isObject())) {
      return items;
    }
    if (state.language() == QueryLanguage.JSONPATH) {
      throw new EvaluationFailure(
          ErrorName.RUNTIME,
          written instanceof Expr.Path path
              ? "Reference path \"" + asTold(path.text()) + "\" must point to array."
              : "Map state input must be an array but was: " + items,
          null);
    }
    throw new EvaluationFailure(
        ErrorName.QUERY_EVALUATION_ERROR,
        written instanceof Expr.Jsonata expression
            ? "The JSONata expression '"
                + expression.text()
                + "' specified for the field 'Items' returned an unexpected result type. Expected"
                + " 'array', but was '"
                + typeName(items)
                + "' for value: "
                + items
            : "Map state input must be an array but was: " + items,
        written instanceof Expr.Jsonata ? "Items" : null);
  }

  /// AWS tells a path into the context object with one `$`.
  private static String asTold(String path) {
    return path.startsWith("$$") ? path.substring(1) : path;
  }

  static int maxConcurrency(Flow flow, Expr expr, JsonNode effective, Scope scope) {
    JsonNode value = flow.field(expr, effective, "MaxConcurrency", scope);
    if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0) {
      return value.intValue();
    }
    throw new EvaluationFailure(
        expr instanceof Expr.Jsonata ? ErrorName.QUERY_EVALUATION_ERROR : ErrorName.RUNTIME,
        "The MaxConcurrencyPath field refers to value \""
            + (value.isString() ? value.stringValue() : value.toString())
            + "\" which is not a valid integer: "
            + (expr instanceof Expr.Path path ? path.text() : "MaxConcurrency"),
        "MaxConcurrency");
  }

  private static String typeName(JsonNode node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static FrameId parentOf(FrameId child) {
    @Nullable FrameId parent = child.parent();
    if (parent == null) {
      throw new IllegalStateException("expected a branch, found the root");
    }
    return parent;
  }
}
