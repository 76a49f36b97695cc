package io.gradus.engine.interpret;

import io.gradus.asl.expr.StageTrace;
import io.gradus.asl.expr.StageTrace.Stage;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.State;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.PayloadParts;
import io.gradus.engine.TrialOutcome;
import io.gradus.engine.TrialOutcome.Handling;
import io.gradus.engine.TrialOutcome.MapFigures;
import io.gradus.engine.TrialOutcome.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes down what a state that is tried tells of itself, and makes the outcome of it.
final class TrialInspector implements Inspector {
  private final StateTrial.Setup setup;
  private final EnumMap<Stage, JsonNode> stages = new EnumMap<>(Stage.class);
  private @Nullable ErrorName error;
  private @Nullable String cause;
  private boolean failed;
  private @Nullable Payload given;
  private @Nullable Integer retrier;
  private @Nullable Integer catcher;

  TrialInspector(StateTrial.Setup setup) {
    this.setup = setup;
  }

  Map<Stage, JsonNode> stages() {
    return stages;
  }

  /// The result that the state was given, where its kind shows one.
  void result(Payload result, boolean shown) {
    given = result;
    if (shown) {
      stages.put(Stage.RESULT, result.json());
    }
  }

  @Override
  public StageTrace trace() {
    return stages::put;
  }

  @Override
  public boolean isAlone() {
    return true;
  }

  /// AWS calls every state that is tried `StateName` there.
  @Override
  public JsonNode context(Supplier<ObjectNode> built) {
    Payload given = setup.context();
    ObjectNode context = built.get();
    if (given != null && given.json() instanceof ObjectNode object) {
      // The members stay the very trees that were given: their text is known.
      ObjectNode own = PayloadJson.MAPPER.createObjectNode().setAll(object);
      JsonNode item = context.get("Map");
      if (item != null) {
        own.set("Map", item);
      }
      return own;
    }
    if (context.get("Execution") instanceof ObjectNode execution
        && setup.info().roleArn().isEmpty()) {
      execution.putNull("RoleArn");
    }
    if (context.get("State") instanceof ObjectNode state) {
      state.put("Name", DefinitionParser.TESTED.value());
      if (state.has("RetryCount")) {
        state.put("RetryCount", setup.retryCount());
      }
    }
    return context;
  }

  @Override
  public void failed(@Nullable ErrorName name, @Nullable String why) {
    failed = true;
    error = name;
    cause = why;
  }

  @Override
  public void retrying(int index) {
    retrier = index;
  }

  @Override
  public void caught(int index) {
    catcher = index;
  }

  TrialOutcome outcome(State state, Turn turn, MapFigures figures) {
    hideUnused(state);
    Details.StateExited exit = null;
    Integer backoff = null;
    for (Fact fact : turn.accepted().facts()) {
      if (fact instanceof Fact.HistoryEvent event
          && event.details() instanceof Details.StateExited exited) {
        exit = exited;
      } else if (fact instanceof Fact.RetryArmed armed) {
        Duration delay = Duration.between(turn.environment().now(), armed.deadline().due());
        backoff = Math.toIntExact(Math.round(delay.toMillis() / 1_000.0));
      }
    }
    Status status =
        backoff != null
            ? Status.RETRIABLE
            : exit == null ? Status.FAILED : failed ? Status.CAUGHT_ERROR : Status.SUCCEEDED;
    Turn.Step next = turn.nextStep();
    return new TrialOutcome(
        status,
        exit == null ? null : exit.output(),
        error == null ? null : error.value(),
        cause,
        next == null ? null : next.next(),
        new Handling(retrier, status == Status.CAUGHT_ERROR ? catcher : null, backoff),
        shown(),
        variables(exit),
        figures);
  }

  /// What came through untouched, or was picked out of what came, is shown to the letter.
  private Map<Stage, Payload> shown() {
    List<Payload> known = new ArrayList<>(List.of(setup.input()));
    if (given != null) {
      known.add(given);
    }
    if (setup.context() != null) {
      known.add(setup.context());
    }
    Map<Stage, Payload> shown = new EnumMap<>(Stage.class);
    stages.forEach((stage, value) -> shown.put(stage, asSent(value, known)));
    return shown;
  }

  private static Payload asSent(JsonNode value, List<Payload> known) {
    for (Payload whole : known) {
      Payload part = PayloadParts.of(whole, value);
      if (part != null) {
        return part;
      }
    }
    return Payload.of(value);
  }

  private Map<String, JsonNode> variables(Details.@Nullable StateExited exit) {
    Map<String, JsonNode> variables = new LinkedHashMap<>(setup.variables());
    if (exit != null) {
      for (Map.Entry<String, Payload> assigned : exit.assigned().entrySet()) {
        variables.put(assigned.getKey(), assigned.getValue().json());
      }
    }
    return variables;
  }

  /// AWS does not show what a Parallel's branches begin with, nor what comes before a fixed result,
  /// which leaves it nothing to do.
  private void hideUnused(State state) {
    if (state instanceof State.Pass pass && pass.result() != null) {
      stages.remove(Stage.AFTER_INPUT_PATH);
      stages.remove(Stage.AFTER_PARAMETERS);
      stages.put(Stage.RESULT, pass.result());
    }
    if (state instanceof State.Parallel) {
      stages.remove(Stage.AFTER_INPUT_PATH);
      stages.remove(Stage.AFTER_PARAMETERS);
      stages.remove(Stage.AFTER_ARGUMENTS);
    }
  }
}
