package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.ChoiceRule;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.State;
import io.gradus.asl.model.Transition;
import io.gradus.engine.Deadline;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.StateKind;
import io.gradus.engine.TimerId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What each kind of state does when it is entered, and how a frame leaves one.
final class States {
  private States() {}

  static void enter(Turn turn, Turn.Step step) {
    State state = turn.execution().info().definition().state(step.next());
    FrameId frame = step.frame();
    turn.event(
        frame,
        new Details.StateEntered(
            StateKind.of(state), state.name(), turn.place(step.input(), "input")));
    perform(turn, frame);
  }

  /// Does the state's work; also what a retry does again.
  static void perform(Turn turn, FrameId frame) {
    State state = turn.state(frame);
    try {
      switch (state) {
        case State.Pass s ->
            leave(turn, frame, s, s.result() == null ? null : Payload.of(s.result()));
        case State.Task s -> Tasks.schedule(turn, frame, s);
        case State.Choice s -> choose(turn, frame, s);
        case State.Wait s -> waitFor(turn, frame, s);
        case State.Succeed s -> leave(turn, frame, s, null);
        case State.Fail s -> fail(turn, frame, s);
        case State.Parallel s -> FanOut.branch(turn, frame, s);
        case State.MapState s -> FanOut.iterate(turn, frame, s);
      }
    } catch (EvaluationFailure failure) {
      Failures.evaluation(turn, frame, failure);
    }
  }

  /// A Wait's time has come.
  static void waited(Turn turn, FrameId frame) {
    try {
      leave(turn, frame, turn.state(frame), null);
    } catch (EvaluationFailure failure) {
      Failures.evaluation(turn, frame, failure);
    }
  }

  /// Leaves a state with its result (null: it has none), by way of its data flow.
  static void leave(Turn turn, FrameId frame, State state, @Nullable Payload result) {
    Scope scope = Scopes.of(turn, frame);
    Flow flow = Flow.of(state);
    JsonNode effective = flow.effectiveInput(state.data(), scope);
    Flow.Outcome outcome =
        flow.outcome(state, effective, result == null ? null : result.json(), scope);
    exit(turn, frame, outcome, result, then(state));
  }

  /// States the exit and sends the frame on its way.
  ///
  /// @param result what the output may be, to the letter; null where there is no result
  static void exit(
      Turn turn, FrameId frame, Flow.Outcome outcome, @Nullable Payload result, Transition then) {
    State state = turn.state(frame);
    Payload output =
        result == null
            ? Turn.payloadOf(outcome.output(), turn.at(frame).input())
            : Turn.payloadOf(outcome.output(), turn.at(frame).input(), result);
    Limits.check(turn, state, output);
    Payload placed = turn.place(output, "output");
    turn.event(
        frame,
        new Details.StateExited(
            StateKind.of(state), state.name(), placed, assigned(turn, frame, outcome.assigned())));
    switch (then) {
      case Transition.Next next -> turn.enqueue(frame, next.to(), placed);
      case Transition.End _ -> end(turn, frame, placed);
    }
  }

  private static Map<String, Payload> assigned(
      Turn turn, FrameId frame, Map<String, JsonNode> values) {
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<String, Payload> payloads = new LinkedHashMap<>();
    values.forEach((name, value) -> payloads.put(name, Payload.of(value)));
    Limits.check(turn, frame, payloads);
    payloads.replaceAll((name, value) -> turn.place(value, "assigned/" + name));
    return payloads;
  }

  private static void end(Turn turn, FrameId frame, Payload output) {
    if (frame.isRoot()) {
      Endings.succeed(turn, output);
    } else {
      FanOut.finished(turn, frame);
    }
  }

  private static void choose(Turn turn, FrameId frame, State.Choice state) {
    Scope scope = Scopes.of(turn, frame);
    Flow flow = Flow.of(state);
    JsonNode effective = flow.effectiveInput(state.data(), scope);
    for (ChoiceRule rule : state.rules()) {
      if (flow.holds(state, rule, effective, scope)) {
        exit(
            turn,
            frame,
            flow.chosen(state, rule, effective, scope),
            null,
            new Transition.Next(rule.next()));
        return;
      }
    }
    if (state.fallback() == null) {
      // AWS does not say States.NoChoiceMatched, which its guide names.
      throw new EvaluationFailure(
          ErrorName.RUNTIME,
          "Failed to transition out of the state. The state does not point to a next state.",
          null);
    }
    exit(
        turn,
        frame,
        flow.chosen(state, null, effective, scope),
        null,
        new Transition.Next(state.fallback()));
  }

  private static void waitFor(Turn turn, FrameId frame, State.Wait state) {
    Scope scope = Scopes.of(turn, frame);
    JsonNode effective = Flow.of(state).effectiveInput(state.data(), scope);
    Deadline deadline = Waits.deadline(turn, state, effective, scope);
    if (!deadline.due().isAfter(turn.environment().now())) {
      leave(turn, frame, state, null);
      return;
    }
    turn.fact(new Fact.WaitArmed(frame, deadline));
    turn.arm(TimerId.Kind.WAIT, frame, turn.at(frame).enteredEventId(), deadline);
  }

  private static void fail(Turn turn, FrameId frame, State.Fail state) {
    Scope scope = Scopes.of(turn, frame);
    Flow flow = Flow.of(state);
    JsonNode effective = flow.effectiveInput(state.data(), scope);
    String error = text(flow, state.error(), effective, "Error", scope);
    String cause = text(flow, state.cause(), effective, "Cause", scope);
    Failures.end(turn, frame, error == null ? null : new ErrorName(error), cause);
  }

  private static @Nullable String text(
      Flow flow, @Nullable Expr expr, JsonNode document, String field, Scope scope) {
    if (expr == null) {
      return null;
    }
    JsonNode value = flow.field(expr, document, field, scope);
    if (!value.isString()) {
      if (expr instanceof Expr.Jsonata) {
        throw io.gradus.asl.expr.Failures.unexpectedType(expr, field, "string", value);
      }
      throw new EvaluationFailure(
          ErrorName.RUNTIME,
          "The field '" + field + "' must be a string, but was " + value.getNodeType() + ".",
          field);
    }
    return value.stringValue();
  }

  private static Transition then(State state) {
    return switch (state) {
      case State.Pass s -> s.then();
      case State.Task s -> s.then();
      case State.Wait s -> s.then();
      case State.Parallel s -> s.then();
      case State.MapState s -> s.then();
      case State.Succeed _ -> Transition.End.END;
      case State.Choice _, State.Fail _ ->
          throw new IllegalStateException(
              "expected a state with one way out, found " + state.name());
    };
  }
}
