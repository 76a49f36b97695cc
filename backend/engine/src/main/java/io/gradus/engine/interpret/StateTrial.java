package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.expr.StageTrace.Stage;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Command;
import io.gradus.engine.Details;
import io.gradus.engine.Effect;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.StateKind;
import io.gradus.engine.TrialOutcome;
import io.gradus.engine.TrialOutcome.MapFigures;
import io.gradus.engine.port.TaskOutcome;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePVector;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;

/// One state run on its own, as TestState does: by the very code that runs it in an execution, with
/// everything it tells on the way written down.
///
/// [#begin] runs until the state needs the world; one of the others goes on; [#outcome] is what
/// came of it. Not for more than one thread.
public final class StateTrial {
  private final Setup setup;
  private final Turn turn;
  private final TrialInspector inspector;
  private MapFigures figures = MapFigures.NONE;

  /// What the state finds when it is entered.
  ///
  /// @param variables by name
  /// @param context stands for the context object; null to have one made
  /// @param retryCount how often the state's retriers have retried so far
  public record Setup(
      ExecutionInfo info,
      StateName state,
      Payload input,
      Map<String, JsonNode> variables,
      @Nullable Payload context,
      int retryCount) {
    public Setup {
      // In the order given, so that a report of them reads as the caller wrote them.
      variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
  }

  /// What a Map is told of its iterations, none of which runs.
  ///
  /// @param failed how many of them failed
  /// @param readItems what its `ItemReader` read; null for none
  public record Iterations(int failed, @Nullable JsonNode readItems) {}

  /// What the state needs next.
  public sealed interface Progress {
    /// The answer of this call: [#complete].
    ///
    /// @param timeout how long it may take; null for as long as it likes
    record Call(Effect.InvokeTask call, @Nullable Duration timeout) implements Progress {}

    /// Time: [#waited].
    record Wait(Duration duration) implements Progress {}

    /// Nothing: [#outcome].
    enum Over implements Progress {
      OVER
    }
  }

  /// A Map was told of more failures than it has iterations.
  public static final class TooManyFailures extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyFailures() {
      super(null, null, false, false);
    }
  }

  public StateTrial(Setup setup, Environment environment) {
    this.setup = setup;
    // Read now, so that what passes through untouched is known for the very same tree.
    setup.input().json();
    this.inspector = new TrialInspector(setup);
    PMap<String, Payload> variables = HashTreePMap.empty();
    for (Map.Entry<String, JsonNode> variable : setup.variables().entrySet()) {
      variables = variables.plus(variable.getKey(), Payload.of(variable.getValue()));
    }
    Frame frame =
        new Frame(FrameId.ROOT, 0, variables, null, new Phase.Ready(setup.state(), setup.input()));
    this.turn =
        new Turn(
            Execution.fresh(setup.info()).withInput(setup.input()).withFrame(frame),
            environment,
            inspector);
  }

  /// Enters the state and does its work as far as it goes. For a Parallel or a Map, [#fanOut].
  public Progress begin() {
    enter();
    States.perform(turn, FrameId.ROOT);
    Frame frame = turn.execution().frames().get(FrameId.ROOT);
    if (frame != null && frame.phase() instanceof Phase.AwaitingTask task) {
      Integer seconds = timeoutSeconds();
      return new Progress.Call(
          call(task.attempt()), seconds == null ? null : Duration.ofSeconds(seconds));
    }
    if (frame != null && frame.phase() instanceof Phase.AwaitingWait wait) {
      return new Progress.Wait(Duration.between(turn.environment().now(), wait.deadline().due()));
    }
    return Progress.Over.OVER;
  }

  /// The call's answer.
  public void complete(Effect.InvokeTask call, TaskOutcome outcome) {
    switch (outcome) {
      case TaskOutcome.Succeeded s -> {
        inspector.result(s.output(), true);
        Tasks.succeeded(turn, new Command.TaskSucceeded(call.task(), s.output()));
      }
      case TaskOutcome.Submitted s -> {
        inspector.result(s.output(), true);
        Tasks.succeeded(turn, new Command.TaskSucceeded(call.task(), s.output()));
      }
      case TaskOutcome.Failed f ->
          Tasks.failed(turn, new Command.TaskFailed(call.task(), f.kind(), f.error(), f.cause()));
    }
  }

  /// The Wait's time is over.
  public void waited() {
    States.waited(turn, FrameId.ROOT);
  }

  /// The state took longer than a state may that is tried.
  public void timedOut() {
    Failures.fail(turn, FrameId.ROOT, Set.of(ErrorName.TIMEOUT), ErrorName.TIMEOUT, null);
  }

  /// Tries a Parallel or a Map, of which nothing inside runs: its result is given.
  ///
  /// @throws TooManyFailures where `iterations` names more than there are
  public void fanOut(Iterations iterations, TaskOutcome given) {
    enter();
    try {
      State state = turn.state(FrameId.ROOT);
      boolean tooManyFailed = prepare(state, iterations);
      switch (given) {
        case TaskOutcome.Failed f ->
            Failures.fail(turn, FrameId.ROOT, Set.of(f.error()), f.error(), f.cause());
        case TaskOutcome.Succeeded _, TaskOutcome.Submitted _ when tooManyFailed -> {
          ErrorName error = ErrorName.EXCEED_TOLERATED_FAILURE_THRESHOLD;
          Failures.fail(turn, FrameId.ROOT, Set.of(error), error, Tolerances.EXCEEDED);
        }
        case TaskOutcome.Succeeded s -> leave(state, s.output());
        case TaskOutcome.Submitted s -> leave(state, s.output());
      }
    } catch (EvaluationFailure failure) {
      Failures.evaluation(turn, FrameId.ROOT, failure);
    }
  }

  private void leave(State state, Payload result) {
    inspector.result(result, false);
    States.leave(turn, FrameId.ROOT, state, result);
  }

  /// @return whether more iterations failed than the state bears
  private boolean prepare(State state, Iterations iterations) {
    return switch (state) {
      case State.Parallel parallel -> {
        evaluateArguments(parallel);
        yield false;
      }
      case State.MapState map -> evaluateItems(map, iterations);
      case State.Pass _,
          State.Task _,
          State.Choice _,
          State.Wait _,
          State.Succeed _,
          State.Fail _ ->
          throw new IllegalArgumentException("expected a Parallel or a Map, found " + state.name());
    };
  }

  private void enter() {
    State state = turn.execution().info().definition().state(setup.state());
    turn.event(
        FrameId.ROOT,
        new Details.StateEntered(
            StateKind.of(state), state.name(), turn.place(setup.input(), "input")));
    Frame frame = turn.frame(FrameId.ROOT);
    Frame.At at = turn.at(FrameId.ROOT);
    Frame.At again =
        new Frame.At(
            at.state(),
            at.enteredEventId(),
            at.previousEventId(),
            at.enteredAt(),
            at.input(),
            TreePVector.from(
                java.util.Collections.nCopies(
                    Failures.policy(state).retriers().size(), setup.retryCount())));
    turn.adjust(
        new Frame(frame.id(), frame.lastEventId(), frame.variables(), again, frame.phase()));
  }

  /// A fault in them is the state's.
  private void evaluateArguments(State.Parallel state) {
    Scope scope = Scopes.of(turn, FrameId.ROOT);
    Flow flow = Flow.of(state);
    flow.arguments(state.data(), flow.effectiveInput(state.data(), scope), scope);
  }

  private boolean evaluateItems(State.MapState state, Iterations iterations) {
    Scope scope = Scopes.of(turn, FrameId.ROOT);
    Flow flow = Flow.of(state);
    JsonNode effective = flow.effectiveInput(state.data(), scope);
    JsonNode read = iterations.readItems();
    JsonNode items =
        read == null ? FanOut.items(state, flow, effective, scope) : pointed(state, read);
    if (read == null && state.language() == QueryLanguage.JSONPATH) {
      inspector.stages().put(Stage.AFTER_ITEMS_PATH, items);
    }
    figures =
        new MapFigures(
            state.map().maxConcurrency() == null
                ? 0
                : FanOut.maxConcurrency(flow, state.map().maxConcurrency(), effective, scope),
            null,
            null);
    Fact.Tolerance tolerance = Tolerances.of(state, flow, effective, scope);
    figures = new MapFigures(figures.maxConcurrency(), tolerance.count(), tolerance.percentage());
    if (iterations.failed() > items.size()) {
      throw new TooManyFailures();
    }
    if (state.map().itemSelector() != null) {
      ArrayNode selected = PayloadJson.MAPPER.createArrayNode();
      for (int i = 0; i < items.size(); i++) {
        JsonNode item = Scopes.itemAt(items, i);
        Scope inner = Scopes.of(turn, FrameId.ROOT, null, new Scopes.Item(i, item));
        selected.add(flow.item(state.map().itemSelector(), effective, item, inner));
      }
      inspector.stages().put(Stage.AFTER_ITEM_SELECTOR, selected);
    }
    return Tolerances.isExceeded(tolerance, iterations.failed(), items.size());
  }

  /// What the reader's `ItemsPointer` points to in what was read.
  private JsonNode pointed(State.MapState state, JsonNode read) {
    JsonNode reader = state.map().itemReader();
    JsonNode pointer = reader == null ? null : reader.path("ReaderConfig").get("ItemsPointer");
    if (pointer == null || !pointer.isString()) {
      return read;
    }
    JsonNode items;
    try {
      items = read.at(JsonPointer.compile(pointer.stringValue()));
    } catch (IllegalArgumentException _) {
      items = MissingNode.getInstance();
    }
    if (!items.isArray()) {
      throw new EvaluationFailure(
          ErrorName.ITEM_READER_FAILED,
          "The ItemsPointer '" + pointer.stringValue() + "' does not point to an array.",
          "ItemReader");
    }
    inspector.stages().put(Stage.AFTER_ITEMS_POINTER, items);
    return items;
  }

  private Effect.InvokeTask call(long attempt) {
    for (Effect effect : turn.accepted().effects()) {
      if (effect instanceof Effect.InvokeTask call && call.task().attempt() == attempt) {
        return call;
      }
    }
    throw new IllegalStateException("expected a call of the task, found none");
  }

  private @Nullable Integer timeoutSeconds() {
    for (Fact fact : turn.accepted().facts()) {
      if (fact instanceof Fact.HistoryEvent event
          && event.details() instanceof Details.TaskScheduled scheduled) {
        return scheduled.timeoutSeconds();
      }
    }
    return null;
  }

  /// What came of the state.
  public TrialOutcome outcome() {
    State state = setup.info().definition().state(setup.state());
    return inspector.outcome(state, turn, figures);
  }
}
