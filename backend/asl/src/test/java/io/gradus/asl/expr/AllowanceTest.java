package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.expr.jsonata.JsonataFlow;
import io.gradus.asl.expr.jsonpath.JsonPathFlow;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Expr;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What is bounded one by one is bounded together as well: a definition has room for twenty
/// thousand expressions.
class AllowanceTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final JsonNode input = JSON.objectNode().put("s", "x".repeat(200_000));
  private final Scope scope =
      new Scope(input, JSON::objectNode, Variables.NONE, Instant.EPOCH, () -> 1, StageTrace.NONE);

  @Test
  void theWholeInputAThousandTimesIsNoResult() {
    Expr path = new Expr.Path("$");
    Expr text = new Expr.Intrinsic("States.JsonToString", List.of(path));

    for (Expr each : List.of(path, text)) {
      assertThatThrownBy(() -> jsonPath(members(1_000, each)))
          .isInstanceOfSatisfying(
              EvaluationFailure.class,
              e -> assertThat(e.error()).isEqualTo(ErrorName.DATA_LIMIT_EXCEEDED));
    }
  }

  @Test
  void butAHundredTimesItIsLeftToTheLimitOfPayloads() {
    assertThat(jsonPath(members(100, new Expr.Path("$"))).size()).isEqualTo(100);
  }

  @Test
  void norIsATextOfAllOfThem() {
    List<Expr> arguments = new ArrayList<>(Collections.nCopies(1_000, new Expr.Path("$.s")));
    arguments.addFirst(new Expr.Literal(JSON.stringNode("{}".repeat(1_000))));

    assertThatThrownBy(() -> jsonPath(new Expr.Intrinsic("States.Format", arguments)))
        .isInstanceOfSatisfying(
            EvaluationFailure.class,
            e -> assertThat(e.error()).isEqualTo(ErrorName.DATA_LIMIT_EXCEEDED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$states.input", "$string($states.input)", "$pad('x', 200000)"})
  void theSameInJsonata(String expression) {
    assertThatThrownBy(() -> jsonata(members(1_000, new Expr.Jsonata(expression))))
        .isInstanceOfSatisfying(
            EvaluationFailure.class,
            e -> assertThat(e.error()).isEqualTo(ErrorName.DATA_LIMIT_EXCEEDED));
  }

  @Test
  void manyLongExpressionsTakeNoLongerThanSome() {
    Expr longish = new Expr.Jsonata("$count([1..100].($x := $; [1..100].($x * $)))");

    assertThatThrownBy(() -> jsonata(members(2_000, longish)))
        .isInstanceOfSatisfying(
            EvaluationFailure.class,
            e -> {
              assertThat(e.error()).isEqualTo(ErrorName.QUERY_EVALUATION_ERROR);
              assertThat(e.causeText()).contains("Expression evaluation timeout");
            });
    assertThat(scope.allowance().units()).isZero();
  }

  @Test
  void manyLongQueriesTakeNoLongerThanSome() {
    ArrayNode wide = JSON.arrayNode();
    for (int i = 0; i < 60_000; i++) {
      wide.add(i);
    }

    assertThatThrownBy(
            () -> new JsonPathFlow().item(members(5_000, new Expr.Path("$..a")), wide, wide, scope))
        .isInstanceOfSatisfying(
            EvaluationFailure.class,
            e -> assertThat(e.causeText()).contains("visits too many values"));
  }

  private JsonNode jsonPath(Expr template) {
    return new JsonPathFlow().item(template, input, input, scope);
  }

  private JsonNode jsonata(Expr template) {
    return new JsonataFlow().item(template, input, input, scope);
  }

  private static Expr members(int count, Expr each) {
    Map<String, Expr> members = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      members.put("m" + i, each);
    }
    return new Expr.Obj(members);
  }
}
