package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The functions AWS adds to JSONata, those that must not reach a clock or random source of their
/// own, and those whose work has to be bounded. They are shared by all expressions and find their
/// evaluation in [Evaluation#CURRENT].
final class Builtins {
  private static final Map<String, JFunction> FUNCTIONS = functions();

  private Builtins() {}

  static void register(Jsonata expression) {
    FUNCTIONS.forEach(expression::registerFunction);
    expression.assign(
        "__evaluate_entry",
        (Jsonata.EntryCallback) (_, _, _) -> Evaluation.CURRENT.get().budget().enter());
    expression.assign(
        "__evaluate_exit",
        (Jsonata.ExitCallback)
            (_, _, _, result) -> {
              Evaluation evaluation = Evaluation.CURRENT.get();
              evaluation.budget().leave();
              if (result instanceof List || result instanceof String) {
                evaluation.made(result);
              }
            });
  }

  private static Map<String, JFunction> functions() {
    Map<String, JFunction> all = new LinkedHashMap<>();
    define(all, "partition", "<an:a>", (_, a) -> ArrayFunctions.partition(a));
    define(all, "range", "<nnn:a<n>>", (_, a) -> ArrayFunctions.range(a));
    define(all, "shuffle", "<a:a>", (_, a) -> ArrayFunctions.shuffle(a));
    define(all, "hash", "<s-s?:s>", (_, a) -> TextFunctions.hash(a));
    define(all, "uuid", "<:s>", (_, _) -> TextFunctions.uuid());
    define(all, "random", "<n?:n>", (_, a) -> NumberFunctions.random(a));
    define(all, "parse", "<s-:x>", (_, a) -> TextFunctions.parse(a));
    define(all, "now", "<s?s?:s>", (_, a) -> NumberFunctions.now(a));
    define(all, "millis", "<:n>", (_, _) -> NumberFunctions.millis());
    define(
        all,
        "eval",
        "<sx?:x>",
        (_, _) -> {
          throw new JException("T1006", 0);
        });
    return all;
  }

  private static void define(
      Map<String, JFunction> all, String name, String signature, JFunctionCallable body) {
    all.put(name, new JFunction(body, signature));
  }
}
