package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A compiled expression is shared by all threads: their evaluations must not meet in it.
class SharedExpressionTest {
  private static final int THREADS = 16;
  private static final int ROUNDS = 300;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "($f := function($n) {$n <= 1 ? $states.input.k : $n * $f($n - 1)}; $f(4))",
        "$map($states.input.list, function($v, $i) {$v + $i + $states.input.k})",
        "$sum($states.input.items[p > $states.input.k].p)",
        "$states.input.items.(p & '-' & %.k)",
        "$states.input ~> |items|{'p': p * $states.input.k}|",
        "$replace($states.input.s, /(\\d+)/, function($m) {$m.match & '!'})",
        "$match($states.input.s, /(\\w)(\\d)/).groups",
        "$states.input.items@$x.{'v': $x.p, 'k': $states.input.k}",
        "$now() & $states.input.k & $random()",
        "{'a': $states.input.k, 'b': [$states.input.list, $states.input.k]}"
      })
  void manyThreadsDoNotDisturbEachOther(String text) throws Exception {
    Expr expr = new Expr.Jsonata(text);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int k = i;
        all.add(threads.submit(() -> agrees(expr, k)));
      }
      for (Future<Boolean> one : all) {
        assertThat(result(one)).isTrue();
      }
    }
  }

  /// While one evaluation is under way, another thread evaluates the same expression.
  @Test
  void anEvaluationDoesNotSeeTheVariablesOfAnother() throws Exception {
    Expr expr = new Expr.Jsonata("($random(); $exists($secret) ? $secret : 'nothing')");
    Flow flow = Flows.of(QueryLanguage.JSONATA);
    List<String> seen = new ArrayList<>();
    Scope stranger = Table.scope("{}");
    Scope plain = Table.scope("{}");
    Scope owner =
        new Scope(
            plain.input(),
            plain.context(),
            name -> name.equals("secret") ? Table.json("\"mine\"") : null,
            plain.now(),
            () -> {
              seen.add(elsewhere(() -> flow.field(expr, plain.input(), "Output", stranger)));
              return 1L;
            },
            StageTrace.NONE);

    assertThat(flow.field(expr, plain.input(), "Output", owner)).isEqualTo(Table.json("\"mine\""));
    assertThat(seen).containsExactly("\"nothing\"");
  }

  private static String elsewhere(Supplier<JsonNode> work) {
    return CompletableFuture.supplyAsync(() -> work.get().toString()).join();
  }

  private static boolean result(Future<Boolean> one)
      throws ExecutionException, InterruptedException {
    return one.get();
  }

  /// Whether a thread always gets what its own input gives.
  private static boolean agrees(Expr expr, int k) {
    String input =
        "{\"k\":%d,\"list\":[1,2,%d],\"s\":\"a%db2\",\"items\":[{\"p\":%d},{\"p\":99}]}"
            .formatted(k, k, k, k);
    String first = evaluate(expr, input);
    for (int i = 0; i < ROUNDS; i++) {
      if (!evaluate(expr, input).equals(first)) {
        return false;
      }
    }
    return !first.isEmpty();
  }

  private static String evaluate(Expr expr, String input) {
    Scope scope = Table.scope(input);
    return Flows.of(QueryLanguage.JSONATA).field(expr, scope.input(), "Output", scope).toString();
  }
}
