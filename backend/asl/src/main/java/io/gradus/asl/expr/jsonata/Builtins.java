package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.Utils.JList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All functions that expressions have: JSONata's without `$eval`, and those AWS adds. The
/// library's are behind our own check of arguments; those that must not reach a clock or random
/// source of their own, or whose work has to be bounded, are our own. They are shared by all
/// expressions and find their evaluation in [Evaluation#current].
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

  /// A function that takes so many arguments; null where it is none of ours.
  static @Nullable Builtin applied(String name, int arguments) {
    return FUNCTIONS.get(name) instanceof Builtin function ? function.taking(arguments) : null;
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
    defineNumbers(all);
    defineTexts(all);
    defineCollections(all);
    defineTimes(all);
    define(all, "eval", "<sx?:x>", 1, a -> notInThisDialect());
    return all;
  }

  private static Object notInThisDialect() {
    throw new JException("T1006", -1);
  }

  @SuppressWarnings("unchecked")
  private static void defineNumbers(Map<String, JFunction> all) {
    define(all, "sum", "<a<n>:n>", 1, a -> Functions.sum((List<Number>) a.get(0)));
    define(all, "max", "<a<n>:n>", 1, a -> Functions.max((List<Number>) a.get(0)));
    define(all, "min", "<a<n>:n>", 1, a -> Functions.min((List<Number>) a.get(0)));
    define(all, "average", "<a<n>:n>", 1, a -> Functions.average((List<Number>) a.get(0)));
    define(all, "floor", "<n-:n>", 1, a -> Functions.floor((Number) a.get(0)));
    define(all, "ceil", "<n-:n>", 1, a -> Functions.ceil((Number) a.get(0)));
    define(all, "abs", "<n-:n>", 1, a -> Functions.abs((Number) a.get(0)));
    define(all, "sqrt", "<n-:n>", 1, a -> Functions.sqrt((Number) a.get(0)));
    define(all, "power", "<n-n:n>", 2, NumberFunctions::power);
    define(all, "round", "<n-n?:n>", 2, NumberFunctions::round);
    define(all, "number", "<(nsb)-:n>", 1, NumberFunctions::number);
    define(all, "formatBase", "<n-n?:s>", 2, NumberFunctions::formatBase);
    define(all, "formatInteger", "<n-s:s>", 2, NumberFunctions::formatInteger);
    define(all, "parseInteger", "<s-s:n>", 2, NumberFunctions::parseInteger);
    define(all, "formatNumber", "<n-so?:s>", 3, NumberFunctions::formatNumber);
    define(all, "random", "<n?:n>", 1, NumberFunctions::random);
  }

  private static void defineTexts(Map<String, JFunction> all) {
    define(all, "string", "<x-b?:s>", 1, TextFunctions::string);
    define(all, "length", "<s-:n>", 1, TextFunctions::length);
    define(all, "substring", "<s-nn?:s>", 3, TextFunctions::substring);
    define(all, "trim", "<s-:s>", 1, a -> Functions.trim((String) a.get(0)));
    define(all, "pad", "<s-ns?:s>", 3, TextFunctions::pad);
    define(all, "uppercase", "<s-:s>", 1, TextFunctions::uppercase);
    define(all, "lowercase", "<s-:s>", 1, TextFunctions::lowercase);
    define(all, "join", "<a<s>s?:s>", 2, ArrayFunctions::join);
    define(all, "base64encode", "<s-:s>", 1, a -> Functions.base64encode((String) a.get(0)));
    define(all, "base64decode", "<s-:s>", 1, TextFunctions::base64decode);
    define(all, "encodeUrl", "<s-:s>", 1, a -> UrlFunctions.encode(a, true));
    define(all, "encodeUrlComponent", "<s-:s>", 1, a -> UrlFunctions.encode(a, false));
    define(all, "decodeUrl", "<s-:s>", 1, a -> UrlFunctions.decode(a, true));
    define(all, "decodeUrlComponent", "<s-:s>", 1, a -> UrlFunctions.decode(a, false));
    define(all, "match", "<s-f<s:o>n?:a<o>>", 3, PatternFunctions::match);
    define(all, "contains", "<s-(sf):b>", 2, PatternFunctions::contains);
    define(all, "substringBefore", "<s-s:s>", 2, PatternFunctions::substringBefore);
    define(all, "substringAfter", "<s-s:s>", 2, PatternFunctions::substringAfter);
    define(all, "replace", "<s-(sf)(sf)n?:s>", 4, PatternFunctions::replace);
    define(all, "split", "<s-(sf)n?:a<s>>", 3, PatternFunctions::split);
    define(all, "hash", "<s-s?:s>", 2, TextFunctions::hash);
    define(all, "uuid", "<:s>", 0, _ -> TextFunctions.uuid());
    define(all, "parse", "<s-:x>", 1, TextFunctions::parse);
  }

  private static void defineCollections(Map<String, JFunction> all) {
    define(all, "count", "<a:n>", 1, a -> a.get(0) instanceof List<?> l ? l.size() : 0);
    define(all, "boolean", "<x-:b>", 1, a -> Functions.toBoolean(a.get(0)));
    define(all, "not", "<x-:b>", 1, a -> Functions.not(a.get(0)));
    define(all, "exists", "<x:b>", 1, a -> a.get(0) != null);
    define(all, "type", "<x:s>", 1, a -> Functions.type(a.get(0)));
    define(all, "map", "<af:a>", 2, HigherOrder::map);
    define(all, "filter", "<af:a>", 2, HigherOrder::filter);
    define(all, "single", "<af?:x>", 2, HigherOrder::single);
    define(all, "reduce", "<afj?:j>", 3, HigherOrder::reduce);
    define(all, "sift", "<o-f?:o>", 2, HigherOrder::sift);
    define(all, "each", "<o-f:a>", 2, HigherOrder::each);
    define(all, "sort", "<af?:a>", 2, HigherOrder::sort);
    define(all, "zip", "<a+:a>", 0, ArrayFunctions::zip);
    define(all, "append", "<xx:a>", 2, a -> Functions.append(a.get(0), a.get(1)));
    define(all, "reverse", "<a:a>", 1, a -> Functions.reverse((List<?>) a.get(0)));
    define(all, "shuffle", "<a:a>", 1, ArrayFunctions::shuffle);
    define(all, "distinct", "<x:x>", 1, ArrayFunctions::distinct);
    define(all, "keys", "<x-:a<s>>", 1, a -> Functions.keys(a.get(0)));
    define(all, "lookup", "<x-s:x>", 2, ArrayFunctions::lookup);
    define(all, "spread", "<x-:a<o>>", 1, a -> ArrayFunctions.spread(a.get(0)));
    define(all, "merge", "<a<o>:o>", 1, a -> Functions.merge((List<?>) a.get(0)));
    define(all, "clone", "<(oa)-:o>", 1, a -> a.get(0)); // no function changes its argument
    define(all, "error", "<s?:x>", 1, ArrayFunctions::error);
    define(all, "assert", "<bs?:x>", 2, ArrayFunctions::assertThat);
    define(all, "partition", "<xn?:a>", 2, ArrayFunctions::partition);
    define(all, "range", "<nnn:a<n>>", 3, ArrayFunctions::range);
  }

  private static void defineTimes(Map<String, JFunction> all) {
    define(all, "now", "<s?s?:s>", 2, TimeFunctions::now);
    define(all, "millis", "<:n>", 0, _ -> TimeFunctions.millis());
    define(all, "fromMillis", "<n-s?s?:s>", 3, TimeFunctions::fromMillis);
    define(all, "toMillis", "<s-s?:n>", 2, TimeFunctions::toMillis);
  }

  /// What a function makes of its arguments; none is left out, and null is undefined.
  private interface Body {
    @Nullable Object apply(List<?> arguments);
  }

  private static void define(
      Map<String, JFunction> all, String name, String signature, int arity, Body body) {
    all.put(name, new Builtin(name, signature, arity, (_, a) -> body.apply(a)));
  }
}
