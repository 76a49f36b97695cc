package io.gradus.api.operation;

import io.gradus.asl.expr.StageTrace.Stage;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.TrialOutcome;
import io.gradus.engine.port.ExchangeObserver;
import io.gradus.service.teststate.StateTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What TestState shows of a state's data flow; JSON as text.
public record InspectionData(
    String input,
    @Nullable String afterArguments,
    @Nullable String afterInputPath,
    @Nullable String afterParameters,
    @Nullable String result,
    @Nullable String afterResultSelector,
    @Nullable String afterResultPath,
    @Nullable Request request,
    @Nullable Response response,
    @Nullable String variables,
    @Nullable ErrorDetails errorDetails,
    @Nullable String afterItemsPath,
    @Nullable String afterItemSelector,
    @Nullable String afterItemsPointer,
    @Nullable Integer toleratedFailureCount,
    @Nullable Double toleratedFailurePercentage,
    @Nullable Integer maxConcurrency) {

  /// What an HTTP Task sent.
  public record Request(
      String protocol, String method, String url, String headers, @Nullable String body) {}

  /// What an HTTP Task received.
  public record Response(
      String protocol,
      String statusCode,
      String statusMessage,
      String headers,
      @Nullable String body) {}

  /// Who answered for an error.
  public record ErrorDetails(
      @Nullable Integer catchIndex,
      @Nullable Integer retryIndex,
      @Nullable Integer retryBackoffIntervalSeconds) {}

  /// @param exchange whether what an HTTP Task sent and received is shown
  static InspectionData of(StateTest.Result result, boolean exchange) {
    TrialOutcome outcome = result.outcome();
    Map<Stage, Payload> stages = outcome.stages();
    return new InspectionData(
        result.input(),
        text(stages, Stage.AFTER_ARGUMENTS),
        text(stages, Stage.AFTER_INPUT_PATH),
        text(stages, Stage.AFTER_PARAMETERS),
        text(stages, Stage.RESULT),
        text(stages, Stage.AFTER_RESULT_SELECTOR),
        text(stages, Stage.AFTER_RESULT_PATH),
        exchange ? request(result.request()) : null,
        exchange ? response(result.response()) : null,
        variables(outcome.variables()),
        errorDetails(outcome.handling()),
        text(stages, Stage.AFTER_ITEMS_PATH),
        text(stages, Stage.AFTER_ITEM_SELECTOR),
        text(stages, Stage.AFTER_ITEMS_POINTER),
        outcome.map().toleratedFailureCount(),
        outcome.map().toleratedFailurePercentage(),
        outcome.map().maxConcurrency());
  }

  private static @Nullable String text(Map<Stage, Payload> stages, Stage stage) {
    Payload value = stages.get(stage);
    return value == null ? null : value.toString();
  }

  private static @Nullable String variables(Map<String, JsonNode> variables) {
    if (variables.isEmpty()) {
      return null;
    }
    ObjectNode object = PayloadJson.MAPPER.createObjectNode();
    variables.forEach(object::set);
    return PayloadJson.MAPPER.writeValueAsString(object);
  }

  private static @Nullable ErrorDetails errorDetails(TrialOutcome.Handling handling) {
    return handling.retrier() == null && handling.catcher() == null
        ? null
        : new ErrorDetails(handling.catcher(), handling.retrier(), handling.backoffSeconds());
  }

  private static @Nullable Request request(ExchangeObserver.@Nullable Request sent) {
    return sent == null
        ? null
        : new Request(
            sent.protocol(), sent.method(), sent.url(), headers(sent.headers()), sent.body());
  }

  private static @Nullable Response response(ExchangeObserver.@Nullable Response received) {
    return received == null
        ? null
        : new Response(
            received.protocol(),
            String.valueOf(received.statusCode()),
            received.statusMessage(),
            headers(received.headers()),
            received.body());
  }

  /// As AWS shows them: `[name: value, name: value]`.
  private static String headers(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .flatMap(header -> header.getValue().stream().map(v -> header.getKey() + ": " + v))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
