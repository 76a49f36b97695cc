package io.gradus.asl.expr.jsonata;

import io.gradus.asl.expr.Failures;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The data flow of JSONata states: `Arguments`, `Output` and `Assign`. Expressions see `$states`
/// and the workflow's variables.
public final class JsonataFlow implements Flow {
  @Override
  public JsonNode effectiveInput(DataFlow data, Scope scope) {
    return scope.input();
  }

  @Override
  public JsonNode arguments(DataFlow data, JsonNode effectiveInput, Scope scope) {
    Expr arguments = jsonata(data).arguments();
    JsonNode value =
        arguments == null
            ? effectiveInput
            : evaluate(arguments, States.of(scope), scope, "Arguments");
    scope.trace().stage(Stage.AFTER_ARGUMENTS, value);
    return value;
  }

  @Override
  public Outcome outcome(
      State state, JsonNode effectiveInput, @Nullable JsonNode result, Scope scope) {
    DataFlow.Jsonata data = jsonata(state.data());
    States states = result == null ? States.of(scope) : States.withResult(scope, result);
    JsonNode plain = result == null ? effectiveInput : result;
    return outcome(data.output(), data.assign(), plain, states, scope, "");
  }

  @Override
  public Outcome chosen(
      State.Choice choice, @Nullable ChoiceRule rule, JsonNode effectiveInput, Scope scope) {
    DataFlow.Jsonata data = jsonata(choice.data());
    Expr output = rule == null || rule.output() == null ? data.output() : rule.output();
    Map<String, Expr> assign = rule == null ? data.assign() : rule.assign();
    String at = rule == null ? "" : location(choice, rule);
    return outcome(output, assign, effectiveInput, States.of(scope), scope, at);
  }

  private static String location(State.Choice choice, ChoiceRule rule) {
    return "Choices[" + choice.rules().indexOf(rule) + "]/";
  }

  @Override
  public Outcome caught(
      State state, ErrorPolicy.Catcher catcher, JsonNode errorOutput, Scope scope) {
    States states = States.withErrorOutput(scope, errorOutput);
    String at = "Catch[" + catchers(state).indexOf(catcher) + "]/";
    return outcome(catcher.output(), catcher.assign(), errorOutput, states, scope, at);
  }

  private static List<ErrorPolicy.Catcher> catchers(State state) {
    return switch (state) {
      case State.Task task -> task.onError().catchers();
      case State.Parallel parallel -> parallel.onError().catchers();
      case State.MapState map -> map.onError().catchers();
      case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> List.of();
    };
  }

  private static Outcome outcome(
      @Nullable Expr output,
      Map<String, Expr> assign,
      JsonNode plain,
      States states,
      Scope scope,
      String at) {
    JsonNode value = output == null ? plain : evaluate(output, states, scope, at + "Output");
    if (assign.isEmpty()) {
      return new Outcome(value, Map.of());
    }
    Map<String, JsonNode> assigned = LinkedHashMap.newLinkedHashMap(assign.size());
    assign.forEach(
        (name, expr) -> assigned.put(name, evaluate(expr, states, scope, at + "Assign/" + name)));
    return new Outcome(value, assigned);
  }

  @Override
  public boolean holds(State.Choice choice, ChoiceRule rule, JsonNode effectiveInput, Scope scope) {
    return test(rule.condition(), scope, location(choice, rule) + "Condition");
  }

  @Override
  public boolean test(Condition condition, JsonNode effectiveInput, Scope scope) {
    return test(condition, scope, "Condition");
  }

  private static boolean test(Condition condition, Scope scope, String location) {
    return switch (condition) {
      case Condition.Holds(Expr expr) -> {
        JsonNode value = evaluate(expr, States.of(scope), scope, location);
        if (!value.isBoolean()) {
          throw Failures.unexpectedType(expr, location, "boolean", value);
        }
        yield value.booleanValue();
      }
      case Condition.And(var all) -> all.stream().allMatch(c -> test(c, scope, location));
      case Condition.Or(var any) -> any.stream().anyMatch(c -> test(c, scope, location));
      case Condition.Not(Condition negated) -> !test(negated, scope, location);
      case Condition.Comparison comparison ->
          throw new IllegalStateException("expected a JSONata condition, found " + comparison);
    };
  }

  @Override
  public JsonNode field(Expr expr, JsonNode document, String field, Scope scope) {
    return evaluate(expr, States.of(scope), scope, field);
  }

  @Override
  public JsonNode item(
      @Nullable Expr itemSelector, JsonNode effectiveInput, JsonNode item, Scope scope) {
    return itemSelector == null
        ? item
        : evaluate(itemSelector, States.of(scope), scope, "ItemSelector");
  }

  private static JsonNode evaluate(Expr expr, States states, Scope scope, String location) {
    return switch (expr) {
      case Expr.Literal(JsonNode value) -> value;
      case Expr.Jsonata jsonata -> Evaluation.of(jsonata, location, states, scope);
      case Expr.Obj(Map<String, Expr> fields) -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach(
            (name, value) ->
                object.set(name, evaluate(value, states, scope, location + "/" + name)));
        yield object;
      }
      case Expr.Arr(List<Expr> items) -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
        for (int i = 0; i < items.size(); i++) {
          array.add(evaluate(items.get(i), states, scope, location + "[" + i + "]"));
        }
        yield array;
      }
      case Expr.Path _, Expr.Intrinsic _ ->
          throw new IllegalStateException("expected a JSONata expression, found " + expr);
    };
  }

  private static DataFlow.Jsonata jsonata(DataFlow data) {
    if (data instanceof DataFlow.Jsonata jsonata) {
      return jsonata;
    }
    throw new IllegalStateException("expected a JSONata data flow, found " + data);
  }
}
