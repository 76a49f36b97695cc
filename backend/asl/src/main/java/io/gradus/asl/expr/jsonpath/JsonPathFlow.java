package io.gradus.asl.expr.jsonpath;

import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.expr.StageTrace.Stage;
import io.gradus.asl.model.ChoiceRule;
import io.gradus.asl.model.Condition;
import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.State;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The data flow of JSONPath states: `InputPath`, `Parameters`, `ResultSelector`, `ResultPath`,
/// `OutputPath` and `Assign`.
public final class JsonPathFlow implements Flow {
  @Override
  public JsonNode effectiveInput(DataFlow data, Scope scope) {
    JsonNode input = select(jsonPath(data).inputPath(), scope.input(), scope);
    scope.trace().stage(Stage.AFTER_INPUT_PATH, input);
    return input;
  }

  @Override
  public JsonNode arguments(DataFlow data, JsonNode effectiveInput, Scope scope) {
    Expr parameters = jsonPath(data).parameters();
    JsonNode arguments =
        parameters == null
            ? effectiveInput
            : Templates.evaluate(parameters, effectiveInput, scope, "Parameters");
    scope.trace().stage(Stage.AFTER_PARAMETERS, arguments);
    return arguments;
  }

  @Override
  public Outcome outcome(
      State state, JsonNode effectiveInput, @Nullable JsonNode result, Scope scope) {
    DataFlow.JsonPath data = jsonPath(state.data());
    if (!hasResult(state)) {
      JsonNode output = select(data.outputPath(), effectiveInput, scope);
      return new Outcome(output, assign(data.assign(), effectiveInput, scope));
    }
    JsonNode raw = result != null ? result : ownResult(state, effectiveInput, scope);
    JsonNode selected =
        data.resultSelector() == null
            ? raw
            : Templates.evaluate(data.resultSelector(), raw, scope, "ResultSelector");
    scope.trace().stage(Stage.AFTER_RESULT_SELECTOR, selected);
    JsonNode combined = ResultPaths.put(data.resultPath(), scope.input(), selected);
    scope.trace().stage(Stage.AFTER_RESULT_PATH, combined);
    JsonNode output = select(data.outputPath(), combined, scope);
    return new Outcome(output, assign(data.assign(), selected, scope));
  }

  /// What stands for the result of a state that calls nothing.
  private JsonNode ownResult(State state, JsonNode effectiveInput, Scope scope) {
    if (!(state instanceof State.Pass pass)) {
      return effectiveInput;
    }
    if (pass.result() == null) {
      return arguments(pass.data(), effectiveInput, scope);
    }
    scope.trace().stage(Stage.RESULT, pass.result());
    return pass.result();
  }

  /// Whether the state has something that `ResultPath` puts into the input.
  private static boolean hasResult(State state) {
    return switch (state) {
      case State.Pass _, State.Task _, State.Parallel _, State.MapState _ -> true;
      case State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> false;
    };
  }

  @Override
  public Outcome chosen(
      State.Choice choice, @Nullable ChoiceRule rule, JsonNode effectiveInput, Scope scope) {
    DataFlow.JsonPath data = jsonPath(choice.data());
    JsonNode output = select(data.outputPath(), effectiveInput, scope);
    Map<String, Expr> assign = rule == null ? data.assign() : rule.assign();
    return new Outcome(output, assign(assign, effectiveInput, scope));
  }

  @Override
  public Outcome caught(
      State state, ErrorPolicy.Catcher catcher, JsonNode errorOutput, Scope scope) {
    JsonNode output = ResultPaths.put(catcher.resultPath(), scope.input(), errorOutput);
    return new Outcome(output, assign(catcher.assign(), errorOutput, scope));
  }

  @Override
  public boolean holds(State.Choice choice, ChoiceRule rule, JsonNode effectiveInput, Scope scope) {
    return test(rule.condition(), effectiveInput, scope);
  }

  @Override
  public boolean test(Condition condition, JsonNode effectiveInput, Scope scope) {
    return Comparisons.test(condition, effectiveInput, scope);
  }

  @Override
  public JsonNode field(Expr expr, JsonNode document, String field, Scope scope) {
    if (!(expr instanceof Expr.Path path)) {
      return Templates.evaluate(expr, document, scope, field);
    }
    return Templates.path(path, document, scope, absence(field));
  }

  private static Templates.Absence absence(String field) {
    return switch (field) {
      case "SecondsPath", "TimestampPath", "TimeoutSecondsPath", "HeartbeatSecondsPath" ->
          Templates.Absence.parameter(field);
      case "Seconds", "Timestamp", "TimeoutSeconds", "HeartbeatSeconds" ->
          Templates.Absence.parameter(field + "Path");
      case "Items", "ItemsPath" -> Templates.Absence.invalidPath();
      case "Error", "Cause" -> Templates.Absence.in(field + "Path");
      default -> Templates.Absence.in(field);
    };
  }

  @Override
  public JsonNode item(
      @Nullable Expr itemSelector, JsonNode effectiveInput, JsonNode item, Scope scope) {
    return itemSelector == null
        ? item
        : Templates.evaluate(itemSelector, effectiveInput, scope, "ItemSelector");
  }

  private static JsonNode select(Expr path, JsonNode document, Scope scope) {
    return path instanceof Expr.Path p
        ? Templates.path(p, document, scope, Templates.Absence.invalidPath())
        : Templates.evaluate(path, document, scope, "InputPath");
  }

  private static Map<String, JsonNode> assign(
      Map<String, Expr> assign, JsonNode document, Scope scope) {
    if (assign.isEmpty()) {
      return Map.of();
    }
    Map<String, JsonNode> assigned = LinkedHashMap.newLinkedHashMap(assign.size());
    assign.forEach(
        (name, expr) -> assigned.put(name, Templates.evaluate(expr, document, scope, name + ".$")));
    return assigned;
  }

  private static DataFlow.JsonPath jsonPath(DataFlow data) {
    if (data instanceof DataFlow.JsonPath jsonPath) {
      return jsonPath;
    }
    throw new IllegalStateException("expected a JSONPath data flow, found " + data);
  }
}
