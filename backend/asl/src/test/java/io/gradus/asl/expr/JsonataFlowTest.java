package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.expr.jsonata.JsonataFlow;
import io.gradus.asl.model.ChoiceRule;
import io.gradus.asl.model.Condition;
import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import io.gradus.asl.model.Transition;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonataFlowTest {
  private static final Flow FLOW = new JsonataFlow();
  private static final StateName NEXT = new StateName("N");

  private final Scope scope = Table.scope("{\"a\":1,\"ok\":true}");

  @Test
  void evaluatesTemplatesMemberByMember() {
    Expr arguments =
        new Expr.Obj(
            Map.of(
                "x", new Expr.Arr(List.of(jsonata("$states.input.a"), literal("\"{% no %}\"")))));

    JsonNode value = FLOW.arguments(data(arguments, null, Map.of()), scope.input(), scope);

    assertThat(value).isEqualTo(Table.json("{\"x\":[1,\"{% no %}\"]}"));
    assertThat(FLOW.arguments(data(null, null, Map.of()), scope.input(), scope))
        .isSameAs(scope.input());
  }

  @Test
  void outputAndAssignSeeTheResult() {
    State task = task(ErrorPolicy.NONE, jsonata("$states.result.r"), Map.of("v", jsonata("$n")));

    Flow.Outcome outcome = FLOW.outcome(task, scope.input(), Table.json("{\"r\":5}"), scope);

    assertThat(outcome.output()).isEqualTo(Table.json("5"));
    assertThat(outcome.assigned()).containsOnly(Map.entry("v", Table.json("42")));
  }

  @Test
  void withoutOutputTheResultOrTheInputIsHandedOn() {
    State task = task(ErrorPolicy.NONE, null, Map.of());
    JsonNode result = Table.json("{\"r\":5}");

    assertThat(FLOW.outcome(task, scope.input(), result, scope).output()).isSameAs(result);
    assertThat(FLOW.outcome(task, scope.input(), null, scope).output()).isSameAs(scope.input());
  }

  @Test
  void aCatcherSeesTheErrorOutput() {
    ErrorPolicy.Catcher catcher =
        catcher(jsonata("$states.errorOutput.Cause"), Map.of("e", jsonata("$states.errorOutput")));
    State task = task(new ErrorPolicy(List.of(), List.of(catcher)), null, Map.of());
    JsonNode error = Table.json("{\"Error\":\"E\",\"Cause\":\"c\"}");

    Flow.Outcome outcome = FLOW.caught(task, catcher, error, scope);

    assertThat(outcome.output()).isEqualTo(Table.json("\"c\""));
    assertThat(outcome.assigned()).containsOnly(Map.entry("e", error));
  }

  @Test
  void aRuleMayHaveItsOwnOutputAndVariables() {
    ChoiceRule own = rule("$states.input.ok", jsonata("'own'"), Map.of("v", literal("1")));
    ChoiceRule plain = rule("$states.input.ok", null, Map.of());
    State.Choice choice = choice(List.of(own, plain), jsonata("'general'"));

    assertThat(FLOW.holds(choice, own, scope.input(), scope)).isTrue();
    assertThat(FLOW.chosen(choice, own, scope.input(), scope).output())
        .isEqualTo(Table.json("\"own\""));
    assertThat(FLOW.chosen(choice, plain, scope.input(), scope).output())
        .isEqualTo(Table.json("\"general\""));
    assertThat(FLOW.chosen(choice, plain, scope.input(), scope).assigned()).isEmpty();
    assertThat(FLOW.chosen(choice, null, scope.input(), scope).assigned())
        .containsOnly(Map.entry("general", Table.json("1")));
  }

  @Test
  void aFailureNamesItsPlace() {
    Expr nothing = jsonata("$nothing");
    State task =
        task(
            ErrorPolicy.NONE,
            new Expr.Obj(Map.of("v", new Expr.Arr(List.of(literal("1"), nothing)))),
            Map.of());
    ErrorPolicy.Catcher first = catcher(null, Map.of());
    ErrorPolicy.Catcher second = catcher(nothing, Map.of());
    State caught = task(new ErrorPolicy(List.of(), List.of(first, second)), null, Map.of());
    ChoiceRule good = rule("true", null, Map.of());
    ChoiceRule bad = rule("$nothing", null, Map.of("x", nothing));
    State.Choice choice = choice(List.of(good, bad), null);
    JsonNode result = Table.json("1");

    assertThat(place(() -> FLOW.outcome(task, scope.input(), result, scope)))
        .isEqualTo("Output/v[1]");
    assertThat(place(() -> FLOW.caught(caught, second, result, scope)))
        .isEqualTo("Catch[1]/Output");
    assertThat(place(() -> FLOW.holds(choice, bad, scope.input(), scope)))
        .isEqualTo("Choices[1]/Condition");
    assertThat(place(() -> FLOW.chosen(choice, bad, scope.input(), scope)))
        .isEqualTo("Choices[1]/Assign/x");
    assertThat(place(() -> FLOW.field(nothing, scope.input(), "TimeoutSeconds", scope)))
        .isEqualTo("TimeoutSeconds");
    assertThat(place(() -> FLOW.item(nothing, scope.input(), result, scope)))
        .isEqualTo("ItemSelector");
  }

  @Test
  void aConditionMustBeABoolean() {
    ChoiceRule rule = rule("1", null, Map.of());
    State.Choice choice = choice(List.of(rule), null);
    try {
      FLOW.holds(choice, rule, scope.input(), scope);
      throw new AssertionError("expected a failure");
    } catch (EvaluationFailure failure) {
      assertThat(failure.causeText())
          .isEqualTo(
              "The JSONata expression '1' specified for the field 'Choices[0]/Condition' returned"
                  + " an unexpected result type. Expected 'boolean', but was 'number' for value:"
                  + " 1");
    }
  }

  private static @Nullable String place(ThrowingCallable evaluation) {
    try {
      evaluation.call();
    } catch (EvaluationFailure failure) {
      assertThat(failure.error()).isEqualTo(ErrorName.QUERY_EVALUATION_ERROR);
      return failure.location();
    } catch (Throwable other) {
      throw new AssertionError(other);
    }
    throw new AssertionError("expected a failure");
  }

  private static Expr.Jsonata jsonata(String text) {
    return new Expr.Jsonata(text);
  }

  private static Expr.Literal literal(String json) {
    return new Expr.Literal(Table.json(json));
  }

  private static DataFlow.Jsonata data(
      @Nullable Expr arguments, @Nullable Expr output, Map<String, Expr> assign) {
    return new DataFlow.Jsonata(arguments, output, assign);
  }

  private static ChoiceRule rule(
      String condition, @Nullable Expr output, Map<String, Expr> assign) {
    return new ChoiceRule(new Condition.Holds(jsonata(condition)), NEXT, assign, output, null);
  }

  private static State.Choice choice(List<ChoiceRule> rules, @Nullable Expr output) {
    return new State.Choice(
        new StateName("C"),
        null,
        QueryLanguage.JSONATA,
        data(null, output, Map.of("general", literal("1"))),
        rules,
        null);
  }

  @SuppressWarnings("NullAway") // does not see the annotation of a nested type in a class file
  private static ErrorPolicy.Catcher catcher(@Nullable Expr output, Map<String, Expr> assign) {
    return new ErrorPolicy.Catcher(List.of(ErrorName.ALL), NEXT, null, output, assign);
  }

  private static State task(ErrorPolicy onError, @Nullable Expr output, Map<String, Expr> assign) {
    return new State.Task(
        new StateName("T"),
        null,
        QueryLanguage.JSONATA,
        data(null, output, assign),
        new Resource("arn:aws:states:::lambda:invoke"),
        null,
        null,
        null,
        onError,
        Transition.End.END);
  }
}
