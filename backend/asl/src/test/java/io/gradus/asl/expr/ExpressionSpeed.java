package io.gradus.asl.expr;

import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;

/// Measures what one evaluation costs; run it as a program. Prints the best of some rounds, in
/// nanoseconds.
public final class ExpressionSpeed {
  private static final int WARM_UP = 50_000;
  private static final int CALLS = 20_000;
  private static final int ROUNDS = 7;
  private static final String INPUT =
      """
      {"order":{"id":"o-1","items":[{"sku":"a","price":3,"qty":2},{"sku":"b","price":7,"qty":1}]},
       "name":"x"}
      """;
  private static final String EXPRESSIONS =
      """
      P $.order.items[0].sku
      P $.order.items[*].sku
      P $.order.items[?(@.price > 5)]
      P States.Format('order {} of {}', $.order.id, $.name)
      P States.ArrayGetItem($.order.items, 1)
      P States.UUID()
      A $states.input.order.id
      A $states.input.order.items[0].price * 2 + 1
      A 'order ' & $states.input.order.id
      A $sum($states.input.order.items.(price * qty))
      A {'id': $states.input.order.id, 'n': $count($states.input.order.items)}
      A $states.input.order.items[price > 5].sku
      A $contains($states.input.name, /x/)
      """;

  private ExpressionSpeed() {}

  public static void main(String[] arguments) {
    for (String line : EXPRESSIONS.lines().toList()) {
      String text = line.substring(2);
      boolean path = line.startsWith("P");
      Expr expr = path ? Syntax.parseIntrinsicOrPath(text) : new Expr.Jsonata(text);
      Flow flow = Flows.of(path ? QueryLanguage.JSONPATH : QueryLanguage.JSONATA);
      System.out.printf("%8d  %s%n", nanos(flow, expr), text);
    }
  }

  private static long nanos(Flow flow, Expr expr) {
    Scope scope = Table.scope(INPUT);
    int kept = 0;
    for (int i = 0; i < WARM_UP; i++) {
      kept += flow.field(expr, scope.input(), "Output", scope).size();
    }
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        kept += flow.field(expr, scope.input(), "Output", scope).size();
      }
      best = Math.min(best, (System.nanoTime() - start) / CALLS);
    }
    return kept < 0 ? kept : best;
  }
}
