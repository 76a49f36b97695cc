package io.gradus.service.teststate;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.StateKind;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What is given to a state in place of what it would have found, checked as AWS checks it.
final class TestMocks {
  private final MockSchema schema = new MockSchema();

  /// Refuses what no definition could make sense of.
  static void checkShape(StateTest.Request request) {
    StateTest.Mock mock = request.mock();
    if (mock == null) {
      return;
    }
    if ((mock.result() == null) == (mock.error() == null)) {
      throw invalid(
          "A test mock should have only one of the following fields: [result, errorOutput].");
    }
    if (request.revealSecrets()) {
      throw invalid("TestState does not support RevealSecrets when a mock is specified.");
    }
  }

  /// What the mock gives the state; null where there is no mock.
  ///
  /// @throws Refusal where the state takes no mock, needs one, or could not give this one
  @Nullable TaskOutcome outcome(StateTest.Request request, Definition definition, State state) {
    StateTest.Mock mock = request.mock();
    StateKind kind = StateKind.of(state);
    if (mock == null) {
      if (TestStateService.isFanOut(state)) {
        throw new Refusal(
            ErrorCode.INVALID_DEFINITION,
            "TestState API does not support Map or Parallel states. Supported state types include:"
                + " [Task, Wait, Pass, Succeed, Fail, Choice]");
      }
      return null;
    }
    switch (kind) {
      case TASK, PARALLEL, MAP -> {}
      case PASS, CHOICE, WAIT, SUCCEED, FAIL ->
          throw invalid(
              "State type '" + kind.wireName() + "' is not supported when a mock is specified");
    }
    checkCausingState(request.configuration(), definition, state);
    if (mock.error() != null) {
      String error = mock.error().error();
      return new TaskOutcome.Failed(
          FailureKind.FAILED, new ErrorName(error == null ? "" : error), mock.error().cause());
    }
    Payload result = result(String.valueOf(mock.result()));
    checkResult(state, result.json(), mock.validation());
    return new TaskOutcome.Succeeded(result);
  }

  private void checkResult(State state, JsonNode result, StateTest.FieldValidation validation) {
    switch (state) {
      case State.Task task -> schema.check(task.resource(), result, validation);
      case State.Parallel parallel -> {
        demand(result.isArray(), "Mocked result must be an array.");
        demand(
            result.size() == parallel.branches().size(),
            "Mocked result must contain the same number of items as number of Parallel branches.");
      }
      case State.MapState map -> {
        if (map.map().resultWriter() == null) {
          demand(result.isArray(), "Mocked result must be an array.");
        } else {
          demand(result.isObject(), "Mocked result must be a JSON object.");
        }
      }
      case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> {}
    }
  }

  private static void checkCausingState(
      StateTest.Configuration configuration, Definition definition, State state) {
    String name = configuration.errorCausedByState();
    if (name == null) {
      return;
    }
    boolean inside =
        switch (state) {
          case State.Parallel parallel ->
              parallel.branches().stream()
                  .anyMatch(branch -> new Definition(branch).has(new StateName(name)));
          case State.MapState map -> new Definition(map.processor()).has(new StateName(name));
          case State.Task _,
              State.Pass _,
              State.Choice _,
              State.Wait _,
              State.Succeed _,
              State.Fail _ ->
              definition.has(new StateName(name));
        };
    demand(inside, "State not found in definition");
  }

  private static Payload result(String json) {
    Payload result = Payload.ofText(json);
    try {
      demand(!result.json().isMissingNode(), "Mocked result must be valid JSON.");
    } catch (JacksonException _) {
      throw invalid("Mocked result must be valid JSON.");
    }
    return result;
  }

  /// What a Map's reader is said to have read; null for nothing.
  static @Nullable JsonNode readItems(@Nullable String json) {
    if (json == null) {
      return null;
    }
    try {
      return PayloadJson.MAPPER.readTree(json);
    } catch (JacksonException _) {
      throw invalid("MapItemReaderData must be valid JSON.");
    }
  }

  /// The variables by name.
  static Map<String, JsonNode> variables(@Nullable String json) {
    if (json == null) {
      return Map.of();
    }
    JsonNode object;
    try {
      object = PayloadJson.MAPPER.readTree(json);
    } catch (JacksonException _) {
      throw invalid("Variables must be a valid JSON object.");
    }
    demand(object.isObject(), "Variables must be a valid JSON object.");
    Map<String, JsonNode> variables = new LinkedHashMap<>();
    object.properties().forEach(entry -> variables.put(entry.getKey(), entry.getValue()));
    return variables;
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw invalid(otherwise);
    }
  }

  private static Refusal invalid(String message) {
    return new Refusal(ErrorCode.VALIDATION, message);
  }
}
