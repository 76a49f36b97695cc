package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.State;
import io.gradus.engine.Command;
import io.gradus.engine.Deadline;
import io.gradus.engine.Details;
import io.gradus.engine.Effect;
import io.gradus.engine.Frame;
import io.gradus.engine.Frame.Phase;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.Rejection;
import io.gradus.engine.TaskId;
import io.gradus.engine.TaskResource;
import io.gradus.engine.TimerId;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The life of a Task: scheduled, started, perhaps submitted, then succeeded, failed or timed out.
final class Tasks {
  /// The longest timeout AWS takes.
  private static final int MAX_SECONDS = 99_999_999;

  private Tasks() {}

  static void schedule(Turn turn, FrameId frame, State.Task state) {
    TaskId task = new TaskId(frame, turn.nextEventId());
    Resource resource = state.resource();
    boolean usesToken = resource.pattern() != Resource.Pattern.REQUEST_RESPONSE;
    Scope scope = Scopes.of(turn, frame, usesToken ? task : null, null);
    Flow flow = Flow.of(state);
    JsonNode effective = flow.effectiveInput(state.data(), scope);
    JsonNode evaluated = flow.arguments(state.data(), effective, scope);
    Integer timeout = seconds(flow, state.timeoutSeconds(), effective, "TimeoutSeconds", scope);
    Integer heartbeat =
        seconds(flow, state.heartbeatSeconds(), effective, "HeartbeatSeconds", scope);
    Payload credentials = null;
    if (state.credentials() != null) {
      JsonNode value = flow.field(state.credentials(), effective, "Credentials", scope);
      credentials = turn.place(Payload.of(value), "credentials");
    }
    Payload arguments = Turn.payloadOf(evaluated, turn.at(frame).input());
    Limits.check(turn, state, arguments);
    timeout = sooner(timeout, dueSeconds(resource, evaluated));
    arguments = turn.place(arguments, "arguments");
    TaskResource named = TaskResource.of(resource);
    turn.event(frame, new Details.TaskScheduled(named, arguments, timeout, heartbeat, credentials));
    if (named.family() != TaskResource.Family.ACTIVITY) {
      turn.event(frame, new Details.TaskStarted(named, null));
    }
    arm(turn, frame);
    if (staysOpen(state)) {
      Phase.AwaitingTask awaiting = awaiting(turn, task);
      turn.effect(
          new Effect.OpenTask(
              task, kind(resource), resource, awaiting == null ? null : awaiting.timeout()));
    }
    turn.effect(
        new Effect.InvokeTask(
            task,
            state.name(),
            resource,
            arguments,
            turn.at(frame).retryCount(),
            usesToken ? turn.environment().tokens().token(key(turn), task) : null,
            credentials));
  }

  /// Whether the task is completed from outside, by token, worker or child, rather than by the
  /// answer of its own call.
  static boolean staysOpen(State state) {
    return state instanceof State.Task t
        && (t.resource().isActivity()
            || t.resource().pattern() != Resource.Pattern.REQUEST_RESPONSE);
  }

  static Effect.TaskKind kind(Resource resource) {
    if (resource.isActivity()) {
      return Effect.TaskKind.ACTIVITY;
    }
    if (resource.isApproval()) {
      return Effect.TaskKind.APPROVAL;
    }
    return resource.pattern() == Resource.Pattern.SYNC
        ? Effect.TaskKind.SYNC
        : Effect.TaskKind.CALLBACK;
  }

  static @Nullable Rejection started(Turn turn, Command.TaskStarted command) {
    Phase.AwaitingTask task = awaiting(turn, command.task());
    if (task == null || task.started()) {
      return Rejection.NO_SUCH_TASK;
    }
    FrameId frame = command.task().frame();
    disarmHeartbeat(turn, frame, task);
    turn.event(frame, new Details.TaskStarted(resource(turn, frame), command.workerName()));
    armHeartbeat(turn, frame);
    return null;
  }

  static @Nullable Rejection submitted(Turn turn, Command.TaskSubmitted command) {
    Phase.AwaitingTask task = awaiting(turn, command.task());
    if (task == null || task.submitted()) {
      return Rejection.NO_SUCH_TASK;
    }
    FrameId frame = command.task().frame();
    disarmHeartbeat(turn, frame, task);
    turn.event(
        frame,
        new Details.TaskSubmitted(resource(turn, frame), turn.place(command.output(), "output")));
    armHeartbeat(turn, frame);
    return null;
  }

  static @Nullable Rejection succeeded(Turn turn, Command.TaskSucceeded command) {
    Phase.AwaitingTask task = awaiting(turn, command.task());
    if (task == null) {
      return Rejection.NO_SUCH_TASK;
    }
    FrameId frame = command.task().frame();
    State state = turn.state(frame);
    close(turn, command.task(), task, state);
    try {
      Limits.check(turn, state, command.output());
    } catch (EvaluationFailure tooLarge) {
      fail(turn, frame, Command.FailureKind.FAILED, tooLarge.error(), tooLarge.causeText());
      return null;
    }
    Payload output = turn.place(command.output(), "output");
    turn.event(frame, new Details.TaskSucceeded(resource(turn, frame), output));
    try {
      States.leave(turn, frame, state, output);
    } catch (EvaluationFailure failure) {
      Failures.evaluation(turn, frame, failure);
    }
    return null;
  }

  static @Nullable Rejection failed(Turn turn, Command.TaskFailed command) {
    Phase.AwaitingTask task = awaiting(turn, command.task());
    if (task == null) {
      return Rejection.NO_SUCH_TASK;
    }
    FrameId frame = command.task().frame();
    close(turn, command.task(), task, turn.state(frame));
    fail(turn, frame, command.kind(), command.error(), command.cause());
    return null;
  }

  /// A heartbeat moves the deadline; history does not tell.
  static @Nullable Rejection heartbeat(Turn turn, Command.TaskHeartbeat command) {
    Phase.AwaitingTask task = awaiting(turn, command.task());
    if (task == null) {
      return Rejection.NO_SUCH_TASK;
    }
    if (task.heartbeatSeconds() == null) {
      return null;
    }
    FrameId frame = command.task().frame();
    disarmHeartbeat(turn, frame, task);
    Deadline raised =
        Deadline.after(Duration.ofSeconds(task.heartbeatSeconds()), turn.environment().now());
    turn.adjust(
        turn.frame(frame)
            .withPhase(
                new Phase.AwaitingTask(
                    task.attempt(),
                    task.started(),
                    task.submitted(),
                    task.arguments(),
                    task.credentials(),
                    task.heartbeatSeconds(),
                    task.timeout(),
                    raised)));
    armHeartbeat(turn, frame);
    return null;
  }

  /// AWS records a missed heartbeat as `States.Timeout`, and lets `States.HeartbeatTimeout` match
  /// it as well.
  static @Nullable Rejection timedOut(Turn turn, TimerId timer) {
    TaskId id = new TaskId(timer.frame(), timer.eventId());
    Phase.AwaitingTask task = awaiting(turn, id);
    if (task == null) {
      return Rejection.NO_SUCH_TIMER;
    }
    boolean heartbeat = timer.kind() == TimerId.Kind.HEARTBEAT;
    Deadline deadline = heartbeat ? task.heartbeat() : task.timeout();
    if (deadline == null) {
      return Rejection.NO_SUCH_TIMER;
    }
    if (Interpreter.isEarly(turn, deadline)) {
      return Rejection.TIMER_NOT_DUE;
    }
    FrameId frame = timer.frame();
    close(turn, id, task, turn.state(frame));
    turn.effect(new Effect.CloseTask(id, false));
    turn.event(
        frame,
        new Details.TaskFailed(
            resource(turn, frame), Command.FailureKind.TIMED_OUT, ErrorName.TIMEOUT.value(), null));
    Failures.fail(
        turn,
        frame,
        heartbeat
            ? Set.of(ErrorName.TIMEOUT, ErrorName.HEARTBEAT_TIMEOUT)
            : Set.of(ErrorName.TIMEOUT),
        ErrorName.TIMEOUT,
        null);
    return null;
  }

  private static void fail(
      Turn turn, FrameId frame, Command.FailureKind kind, ErrorName error, @Nullable String cause) {
    turn.event(frame, new Details.TaskFailed(resource(turn, frame), kind, error.value(), cause));
    Failures.fail(turn, frame, Set.of(error), error, cause);
  }

  /// The attempt is over: its timers go, and its row where it has one.
  private static void close(Turn turn, TaskId id, Phase.AwaitingTask task, State state) {
    turn.disarmTask(id.frame(), task);
    if (staysOpen(state)) {
      turn.effect(new Effect.CloseTask(id, true));
    }
  }

  private static void arm(Turn turn, FrameId frame) {
    if (turn.frame(frame).phase() instanceof Phase.AwaitingTask task) {
      turn.arm(TimerId.Kind.TASK_TIMEOUT, frame, task.attempt(), task.timeout());
      turn.arm(TimerId.Kind.HEARTBEAT, frame, task.attempt(), task.heartbeat());
    }
  }

  private static void armHeartbeat(Turn turn, FrameId frame) {
    if (turn.frame(frame).phase() instanceof Phase.AwaitingTask task) {
      turn.arm(TimerId.Kind.HEARTBEAT, frame, task.attempt(), task.heartbeat());
    }
  }

  private static void disarmHeartbeat(Turn turn, FrameId frame, Phase.AwaitingTask task) {
    turn.disarm(TimerId.Kind.HEARTBEAT, frame, task.attempt(), task.heartbeat());
  }

  private static Phase.@Nullable AwaitingTask awaiting(Turn turn, TaskId task) {
    Frame frame = turn.execution().frames().get(task.frame());
    return frame != null
            && frame.phase() instanceof Phase.AwaitingTask awaiting
            && awaiting.attempt() == task.attempt()
        ? awaiting
        : null;
  }

  private static TaskResource resource(Turn turn, FrameId frame) {
    if (turn.state(frame) instanceof State.Task task) {
      return TaskResource.of(task.resource());
    }
    throw new IllegalStateException("expected frame " + frame + " in a Task");
  }

  private static io.gradus.engine.ExecutionKey key(Turn turn) {
    return turn.execution().info().key();
  }

  /// What a person is asked for is due as the arguments say: no sooner lost and no less exact than
  /// a state's own timeout. A value that is none is for the connector to refuse.
  private static @Nullable Integer dueSeconds(Resource resource, JsonNode arguments) {
    if (!resource.isApproval()) {
      return null;
    }
    JsonNode due = arguments.get("DueSeconds");
    return due != null && isSeconds(due) ? Integer.valueOf(due.intValue()) : null;
  }

  private static @Nullable Integer sooner(@Nullable Integer one, @Nullable Integer other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.min(one, other);
  }

  private static boolean isSeconds(JsonNode value) {
    return value.isIntegralNumber()
        && value.canConvertToInt()
        && value.intValue() > 0
        && value.intValue() <= MAX_SECONDS;
  }

  private static @Nullable Integer seconds(
      Flow flow, @Nullable Expr expr, JsonNode document, String field, Scope scope) {
    if (expr == null) {
      return null;
    }
    JsonNode value = flow.field(expr, document, field, scope);
    if (isSeconds(value)) {
      return value.intValue();
    }
    if (expr instanceof Expr.Jsonata) {
      throw noSeconds(expr, field, value);
    }
    throw new EvaluationFailure(
        ErrorName.RUNTIME,
        "The "
            + field
            + " field must be a positive integer up to "
            + MAX_SECONDS
            + ", but was: "
            + value,
        field);
  }

  /// What AWS says of a JSONata expression's value. Its least timeout is 0 in words alone.
  private static EvaluationFailure noSeconds(Expr expr, String field, JsonNode value) {
    if (!value.isNumber()) {
      return io.gradus.asl.expr.Failures.unexpectedType(expr, field, "number", value);
    }
    return io.gradus.asl.expr.Failures.query(
        value.isIntegralNumber()
            ? field + " must be between 0 and " + MAX_SECONDS + " but was: " + value
            : "The " + field + " field cannot be parsed as an integer: " + value,
        field);
  }
}
