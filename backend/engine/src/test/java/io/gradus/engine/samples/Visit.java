package io.gradus.engine.samples;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.expr.StageTrace;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.State;
import io.gradus.engine.FrameId;
import io.gradus.engine.PayloadJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One stay of one line of work in a state, as the journal tells it.
final class Visit {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  final FrameId frame;
  final State state;
  final long eventId;
  final JsonNode input;
  final Map<String, JsonNode> variables;
  final ObjectNode context;

  /// The number of the task's call among those of its state; -1 where none was made.
  int call = -1;

  @Nullable JsonNode result;
  @Nullable JsonNode items;

  /// The error it met last, as far as events tell.
  @Nullable String error;

  /// The error that the lines of work below it met last.
  @Nullable String within;

  boolean failed;
  boolean exited;
  @Nullable String next;
  final Map<Integer, Integer> retries = new HashMap<>();

  Visit(
      FrameId frame,
      State state,
      long eventId,
      JsonNode input,
      Map<String, JsonNode> variables,
      JsonNode executionInput,
      @Nullable JsonNode item) {
    this.frame = frame;
    this.state = state;
    this.eventId = eventId;
    this.input = input;
    this.variables = variables;
    this.context = PayloadJson.MAPPER.createObjectNode();
    context.putObject("Execution").put("Id", "run").put("Name", "run").set("Input", executionInput);
    context.putObject("State").put("Name", state.name().value()).put("RetryCount", 0);
    if (item != null) {
      context.putObject("Map").putObject("Item").put("Index", frame.index()).set("Value", item);
    }
  }

  String name() {
    return state.name().value();
  }

  Scope scope() {
    return scope(input, context, variables::get);
  }

  static Scope scope(
      JsonNode input, JsonNode context, Function<String, @Nullable JsonNode> variables) {
    return new Scope(input, () -> context, variables::apply, NOW, () -> 7, StageTrace.NONE);
  }

  /// Null where it cannot be computed.
  @Nullable JsonNode effective() {
    try {
      return Flow.of(state).effectiveInput(state.data(), scope());
    } catch (EvaluationFailure _) {
      return null;
    }
  }

  /// Whether it went on as its own work, not as a catcher says.
  boolean isDone() {
    if (state instanceof State.Fail) {
      return true;
    }
    return exited && !failed;
  }

  /// The catcher it went by; -1 where it went by none.
  int catcher() {
    if (!exited || !failed) {
      return -1;
    }
    List<ErrorPolicy.Catcher> catchers = policy().catchers();
    for (int i = 0; i < catchers.size(); i++) {
      boolean leads = next == null || catchers.get(i).next().value().equals(next);
      if (leads && (error == null || matches(catchers.get(i).errors(), error))) {
        return i;
      }
    }
    return -1;
  }

  ErrorPolicy policy() {
    return policy(state);
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

  static boolean matches(List<ErrorName> errors, String error) {
    boolean reserved = Set.of("States.DataLimitExceeded", "States.Runtime").contains(error);
    return errors.stream()
        .map(ErrorName::value)
        .anyMatch(
            each ->
                each.equals(error)
                    || (each.equals("States.ALL") && !reserved)
                    || (each.equals("States.TaskFailed")
                        && !reserved
                        && !error.equals("States.Timeout")));
  }

  /// The first retrier for an error; -1 where there is none.
  static int retrier(State state, String error) {
    List<ErrorPolicy.Retrier> retriers = policy(state).retriers();
    for (int i = 0; i < retriers.size(); i++) {
      if (matches(retriers.get(i).errors(), error)) {
        return i;
      }
    }
    return -1;
  }

  /// The first catcher for an error; -1 where there is none.
  static int catcher(State state, String error) {
    List<ErrorPolicy.Catcher> catchers = policy(state).catchers();
    for (int i = 0; i < catchers.size(); i++) {
      if (matches(catchers.get(i).errors(), error)) {
        return i;
      }
    }
    return -1;
  }
}
