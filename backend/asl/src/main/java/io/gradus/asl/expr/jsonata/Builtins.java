package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.Utils.JList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The functions AWS adds to JSONata, those that must not reach a clock or random source of their
/// own, and those whose work has to be bounded. They are shared by all expressions and find their
/// evaluation in [Evaluation#current].
final class Builtins {
  private static final Map<String, JFunction> FUNCTIONS = functions();

  private Builtins() {}

  /// @param called the nodes of the expression whose values are called
  static void register(Jsonata expression, Set<Symbol> called) {
    FUNCTIONS.forEach(expression::registerFunction);
    expression.assign(
        "__evaluate_entry",
        (Jsonata.EntryCallback) (_, _, _) -> Evaluation.current().budget().enter());
    expression.assign(
        "__evaluate_exit",
        (Jsonata.ExitCallback) (symbol, _, _, result) -> leave(called.contains(symbol), result));
  }

  private static void leave(boolean called, @Nullable Object result) {
    Evaluation evaluation = Evaluation.current();
    evaluation.budget().leave();
    if (called && !isFunction(result)) {
      throw new JException("T1006", -1); // the library would print the value
    }
    evaluation.made(result);
  }

  private static boolean isFunction(@Nullable Object value) {
    return switch (value) {
      case Symbol _, JFunction _, Jsonata.JLambda _ -> true;
      case JList<?> sequence -> sequence.size() == 1 && isFunction(sequence.getFirst());
      case null, default -> false;
    };
  }

  private static Map<String, JFunction> functions() {
    Map<String, JFunction> all = new LinkedHashMap<>();
    define(all, "partition", "<an:a>", (_, a) -> ArrayFunctions.partition(a));
    define(all, "range", "<nnn:a<n>>", (_, a) -> ArrayFunctions.range(a));
    define(all, "shuffle", "<a:a>", (_, a) -> ArrayFunctions.shuffle(a));
    define(all, "join", "<a<s>s?:s>", (_, a) -> ArrayFunctions.join(a));
    define(all, "hash", "<s-s?:s>", (_, a) -> TextFunctions.hash(a));
    define(all, "uuid", "<:s>", (_, _) -> TextFunctions.uuid());
    define(all, "parse", "<s-:x>", (_, a) -> TextFunctions.parse(a));
    define(all, "pad", "<s-ns?:s>", (_, a) -> TextFunctions.pad(a));
    define(all, "uppercase", "<s-:s>", (_, a) -> TextFunctions.uppercase(a));
    define(all, "lowercase", "<s-:s>", (_, a) -> TextFunctions.lowercase(a));
    define(all, "string", "<x-b?:s>", (_, a) -> TextFunctions.string(a));
    define(all, "base64decode", "<s-:s>", (_, a) -> TextFunctions.base64decode(a));
    define(all, "encodeUrl", "<s-:s>", (_, a) -> UrlFunctions.encode(a, true));
    define(all, "encodeUrlComponent", "<s-:s>", (_, a) -> UrlFunctions.encode(a, false));
    define(all, "decodeUrl", "<s-:s>", (_, a) -> UrlFunctions.decode(a, true));
    define(all, "decodeUrlComponent", "<s-:s>", (_, a) -> UrlFunctions.decode(a, false));
    define(all, "match", "<s-f<s:o>n?:a<o>>", (_, a) -> PatternFunctions.match(a));
    define(all, "contains", "<s-(sf):b>", (_, a) -> PatternFunctions.contains(a));
    define(all, "substringBefore", "<s-s:s>", (_, a) -> PatternFunctions.substringBefore(a));
    define(all, "substringAfter", "<s-s:s>", (_, a) -> PatternFunctions.substringAfter(a));
    define(all, "replace", "<s-(sf)(sf)n?:s>", (_, a) -> PatternFunctions.replace(a));
    define(all, "split", "<s-(sf)n?:a<s>>", (_, a) -> PatternFunctions.split(a));
    define(all, "formatInteger", "<n-s:s>", (_, a) -> NumberFunctions.formatInteger(a));
    define(all, "parseInteger", "<s-s:n>", (_, a) -> NumberFunctions.parseInteger(a));
    define(all, "formatNumber", "<n-so?:s>", (_, a) -> NumberFunctions.formatNumber(a));
    define(all, "number", "<(nsb)-:n>", (_, a) -> NumberFunctions.number(a));
    define(all, "random", "<n?:n>", (_, a) -> NumberFunctions.random(a));
    define(all, "now", "<s?s?:s>", (_, a) -> TimeFunctions.now(a));
    define(all, "millis", "<:n>", (_, _) -> TimeFunctions.millis());
    define(all, "fromMillis", "<n-s?s?:s>", (_, a) -> TimeFunctions.fromMillis(a));
    define(all, "toMillis", "<s-s?:n>", (_, a) -> TimeFunctions.toMillis(a));
    define(
        all,
        "eval",
        "<sx?:x>",
        (_, _) -> {
          throw new JException("T1006", -1); // not in AWS's dialect
        });
    return all;
  }

  private static void define(
      Map<String, JFunction> all, String name, String signature, JFunctionCallable body) {
    all.put(name, new JFunction(body, signature));
  }
}
