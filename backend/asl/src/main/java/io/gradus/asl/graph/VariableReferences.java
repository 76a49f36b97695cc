package io.gradus.asl.graph;

import io.gradus.asl.model.ChoiceRule;
import io.gradus.asl.model.Condition;
import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.Definition;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateMachine;
import io.gradus.asl.parse.JsonataReferences;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Which variables each state reads: `variableReferences` of DescribeStateMachine.
public final class VariableReferences {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(\\p{javaUnicodeIdentifierStart}\\p{javaUnicodeIdentifierPart}*)");
  private static final Pattern JSONATA = Pattern.compile("\\{%(.*)%}", Pattern.DOTALL);

  /// Names that the definition assigns somewhere.
  private final Set<String> assigned;

  private final Set<String> names = new TreeSet<>();

  private VariableReferences(Set<String> assigned) {
    this.assigned = assigned;
  }

  /// State name → variables in alphabetical order, in the order the states are written. States that
  /// read none are left out.
  public static Map<String, List<String>> of(Definition definition) {
    Map<String, List<String>> references = new LinkedHashMap<>();
    Set<String> assigned = new HashSet<>();
    definition.allStates().values().forEach(state -> assigned(state, assigned));
    machine(definition.root(), assigned, references);
    return references;
  }

  private static void assigned(State state, Set<String> into) {
    into.addAll(state.data().assign().keySet());
    switch (state) {
      case State.Choice choice ->
          choice.rules().forEach(rule -> into.addAll(rule.assign().keySet()));
      case State.Task task -> assigned(task.onError(), into);
      case State.Parallel parallel -> assigned(parallel.onError(), into);
      case State.MapState map -> assigned(map.onError(), into);
      case State.Pass _, State.Wait _, State.Succeed _, State.Fail _ -> {}
    }
  }

  private static void assigned(ErrorPolicy policy, Set<String> into) {
    policy.catchers().forEach(catcher -> into.addAll(catcher.assign().keySet()));
  }

  private static void machine(
      StateMachine machine, Set<String> assigned, Map<String, List<String>> references) {
    for (State state : machine.states().values()) {
      VariableReferences found = new VariableReferences(assigned);
      found.state(state);
      if (!found.names.isEmpty()) {
        references.put(state.name().value(), List.copyOf(found.names));
      }
      switch (state) {
        case State.Parallel parallel ->
            parallel.branches().forEach(branch -> machine(branch, assigned, references));
        case State.MapState map -> machine(map.processor(), assigned, references);
        case State.Pass _, State.Task _, State.Choice _, State.Wait _ -> {}
        case State.Succeed _, State.Fail _ -> {}
      }
    }
  }

  private void state(State state) {
    data(state.data());
    switch (state) {
      case State.Task task -> {
        expr(task.credentials());
        expr(task.timeoutSeconds());
        expr(task.heartbeatSeconds());
        policy(task.onError());
      }
      case State.Choice choice -> choice.rules().forEach(this::rule);
      case State.Wait wait -> {
        switch (wait.until()) {
          case State.Wait.Until.Seconds(Expr seconds) -> expr(seconds);
          case State.Wait.Until.Timestamp(Expr timestamp) -> expr(timestamp);
        }
      }
      case State.Fail fail -> {
        expr(fail.error());
        expr(fail.cause());
      }
      case State.Parallel parallel -> policy(parallel.onError());
      case State.MapState map -> {
        map(map.map());
        policy(map.onError());
      }
      case State.Pass _, State.Succeed _ -> {}
    }
  }

  private void data(DataFlow data) {
    all(data.assign().values());
    switch (data) {
      case DataFlow.JsonPath path -> {
        expr(path.inputPath());
        expr(path.parameters());
        expr(path.resultSelector());
        expr(path.outputPath());
      }
      case DataFlow.Jsonata jsonata -> {
        expr(jsonata.arguments());
        expr(jsonata.output());
      }
    }
  }

  private void map(MapSpec map) {
    expr(map.items());
    expr(map.itemSelector());
    expr(map.maxConcurrency());
    expr(map.toleratedFailureCount());
    expr(map.toleratedFailurePercentage());
    written("", map.itemReader());
    written("", map.itemBatcher());
    written("", map.resultWriter());
  }

  private void policy(ErrorPolicy policy) {
    for (ErrorPolicy.Catcher catcher : policy.catchers()) {
      expr(catcher.output());
      all(catcher.assign().values());
    }
  }

  private void rule(ChoiceRule rule) {
    condition(rule.condition());
    expr(rule.output());
    all(rule.assign().values());
  }

  private void condition(Condition condition) {
    switch (condition) {
      case Condition.And(List<Condition> all) -> all.forEach(this::condition);
      case Condition.Or(List<Condition> any) -> any.forEach(this::condition);
      case Condition.Not(Condition inner) -> condition(inner);
      case Condition.Holds(Expr expression) -> expr(expression);
      case Condition.Comparison(Expr.Path variable, _, Expr operand) -> {
        expr(variable);
        expr(operand);
      }
    }
  }

  private void all(Collection<Expr> expressions) {
    expressions.forEach(this::expr);
  }

  private void expr(@Nullable Expr expression) {
    switch (expression) {
      case null -> {}
      case Expr.Literal _ -> {}
      case Expr.Path(String text) -> path(text);
      case Expr.Intrinsic(_, List<Expr> args) -> all(args);
      case Expr.Jsonata(String text) -> jsonata(text);
      case Expr.Obj(Map<String, Expr> fields) -> all(fields.values());
      case Expr.Arr(List<Expr> items) -> all(items);
    }
  }

  private void path(String text) {
    Matcher variable = VARIABLE.matcher(text);
    if (variable.lookingAt()) {
      names.add(variable.group(1));
    }
  }

  private void jsonata(String text) {
    JsonataReferences.of(text).variables().stream()
        .filter(name -> !JsonataReferences.isFunction(name) || assigned.contains(name))
        .forEach(names::add);
  }

  /// A part that the model keeps as it was written.
  private void written(String field, @Nullable JsonNode value) {
    if (value == null) {
      return;
    }
    if (value.isObject()) {
      value.properties().forEach(each -> written(each.getKey(), each.getValue()));
    } else if (value.isArray()) {
      value.values().forEach(each -> written(field, each));
    } else if (value.isString()) {
      Matcher expression = JSONATA.matcher(value.stringValue());
      if (expression.matches()) {
        jsonata(expression.group(1));
      } else if (field.endsWith(".$") || field.endsWith("Path")) {
        path(value.stringValue());
      }
    }
  }
}
