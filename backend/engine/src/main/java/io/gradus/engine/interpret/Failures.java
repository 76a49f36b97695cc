package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.State;
import io.gradus.asl.model.Transition;
import io.gradus.engine.Deadline;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import io.gradus.engine.FrameId;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.TimerId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What happens to an error: it is retried, caught, or goes to the frame around.
final class Failures {
  private Failures() {}

  /// An expression of the frame's state could not be evaluated.
  static void evaluation(Turn turn, FrameId frame, EvaluationFailure failure) {
    String cause = told(turn, frame, failure);
    ErrorName error = named(turn.state(frame), failure.error());
    fail(turn, frame, Set.of(error), error, cause);
  }

  /// AWS gives an intrinsic function's failure a name of its own only where it may be caught.
  private static ErrorName named(State state, ErrorName error) {
    return switch (state) {
      case State.Task _, State.Parallel _, State.MapState _ -> error;
      case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ ->
          error.equals(ErrorName.INTRINSIC_FAILURE) ? ErrorName.RUNTIME : error;
    };
  }

  /// States that an expression failed.
  ///
  /// @return the cause as AWS words it
  static String told(Turn turn, FrameId frame, EvaluationFailure failure) {
    State state = turn.state(frame);
    Frame.At at = turn.at(frame);
    String cause =
        failure.error().equals(ErrorName.DATA_LIMIT_EXCEEDED) || turn.inspector().isAlone()
            ? failure.causeText()
            : "An error occurred while executing the state '"
                + state.name()
                + "' (entered at the event id #"
                + at.enteredEventId()
                + "). "
                + failure.causeText();
    if (state.language() == QueryLanguage.JSONATA
        && failure.error().equals(ErrorName.QUERY_EVALUATION_ERROR)) {
      Frame now = turn.frame(frame);
      boolean untouched = now.lastEventId() == at.enteredEventId();
      long previous =
          untouched && !(state instanceof State.Wait) ? at.previousEventId() : now.lastEventId();
      turn.event(
          frame,
          previous,
          new Details.EvaluationFailed(
              failure.error().value(), cause, failure.location(), state.name()));
    }
    return cause;
  }

  /// The frame's state failed.
  ///
  /// @param names what retriers and catchers may match; `error` is among them
  /// @param error null where a Fail state names none
  static void fail(
      Turn turn,
      FrameId frame,
      Set<ErrorName> names,
      @Nullable ErrorName error,
      @Nullable String cause) {
    turn.inspector().failed(error, cause);
    if (names.contains(ErrorName.RUNTIME)) {
      // Nothing catches States.Runtime; AWS ends the execution without closing what is around it.
      Endings.fail(turn, value(error), cause, turn.frame(frame).lastEventId());
      return;
    }
    State state = turn.state(frame);
    ErrorPolicy policy = policy(state);
    if (retry(turn, frame, policy, names)) {
      return;
    }
    containerFailed(turn, frame, state);
    for (ErrorPolicy.Catcher catcher : policy.catchers()) {
      if (matches(catcher.errors(), names)) {
        turn.inspector().caught(policy.catchers().indexOf(catcher));
        caught(turn, frame, state, catcher, error, cause);
        return;
      }
    }
    end(turn, frame, error, cause);
  }

  /// The frame ends with an error that its state did not handle.
  ///
  /// @param error null for a Fail state that names none
  static void end(Turn turn, FrameId frame, @Nullable ErrorName error, @Nullable String cause) {
    turn.inspector().failed(error, cause);
    if (frame.isRoot()) {
      Endings.fail(turn, value(error), cause, turn.frame(frame).lastEventId());
      return;
    }
    FrameId parent = FanOut.failed(turn, frame);
    fail(turn, parent, error == null ? Set.of() : Set.of(error), error, cause);
  }

  private static boolean retry(Turn turn, FrameId frame, ErrorPolicy policy, Set<ErrorName> names) {
    Frame.At at = turn.at(frame);
    for (int i = 0; i < policy.retriers().size(); i++) {
      ErrorPolicy.Retrier retrier = policy.retriers().get(i);
      if (!matches(retrier.errors(), names)) {
        continue;
      }
      turn.inspector().retrying(i);
      int made = i < at.retries().size() ? at.retries().get(i) : 0;
      if (made >= retrier.maxAttempts()) {
        return false;
      }
      Deadline deadline =
          Deadline.after(
              delay(retrier, made, turn.environment().random().nextDouble()),
              turn.environment().now());
      turn.fact(new Fact.RetryArmed(frame, i, deadline));
      turn.arm(TimerId.Kind.RETRY, frame, turn.execution().lastEventId(), deadline);
      return true;
    }
    return false;
  }

  /// Interval × rate^made, capped, then drawn evenly from 0 up where the retrier says FULL jitter.
  static Duration delay(ErrorPolicy.Retrier retrier, int made, double draw) {
    double seconds = retrier.intervalSeconds() * Math.pow(retrier.backoffRate(), made);
    double cap = retrier.maxDelaySeconds() == null ? 31_622_400 : retrier.maxDelaySeconds();
    seconds = Math.min(seconds, cap);
    if (retrier.fullJitter()) {
      seconds *= draw;
    }
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private static void caught(
      Turn turn,
      FrameId frame,
      State state,
      ErrorPolicy.Catcher catcher,
      @Nullable ErrorName error,
      @Nullable String cause) {
    ObjectNode output = PayloadJson.MAPPER.createObjectNode();
    output.put("Error", Objects.requireNonNullElse(value(error), ""));
    output.put("Cause", Objects.requireNonNullElse(cause, ""));
    try {
      Flow.Outcome outcome = Flow.of(state).caught(state, catcher, output, Scopes.of(turn, frame));
      States.exit(turn, frame, outcome, null, new Transition.Next(catcher.next()));
    } catch (EvaluationFailure failure) {
      // What a catcher does wrong is not caught again: it could go on for ever.
      end(turn, frame, failure.error(), told(turn, frame, failure));
    }
  }

  /// AWS states the failure of a Parallel or Map before what comes of it.
  private static void containerFailed(Turn turn, FrameId frame, State state) {
    switch (state) {
      case State.Parallel _ -> turn.event(frame, new Details.ParallelFailed());
      case State.MapState _ -> turn.event(frame, new Details.MapFailed(null, null));
      case State.Pass _,
          State.Task _,
          State.Choice _,
          State.Wait _,
          State.Succeed _,
          State.Fail _ -> {}
    }
  }

  private static @Nullable String value(@Nullable ErrorName error) {
    return error == null ? null : error.value();
  }

  static ErrorPolicy policy(State state) {
    return switch (state) {
      case State.Task s -> s.onError();
      case State.Parallel s -> s.onError();
      case State.MapState s -> s.onError();
      case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ ->
          ErrorPolicy.NONE;
    };
  }

  /// Names match as exact strings; `States.ALL` matches all but `States.DataLimitExceeded` and
  /// `States.Runtime`, `States.TaskFailed` all but timeouts and those two (Amazon States Language,
  /// "Errors").
  static boolean matches(List<ErrorName> errorEquals, Set<ErrorName> names) {
    for (ErrorName wanted : errorEquals) {
      if (names.contains(wanted)) {
        return true;
      }
      boolean reserved =
          names.contains(ErrorName.DATA_LIMIT_EXCEEDED) || names.contains(ErrorName.RUNTIME);
      if (wanted.equals(ErrorName.ALL) && !reserved) {
        return true;
      }
      if (wanted.equals(ErrorName.TASK_FAILED) && !reserved && !names.contains(ErrorName.TIMEOUT)) {
        return true;
      }
    }
    return false;
  }
}
