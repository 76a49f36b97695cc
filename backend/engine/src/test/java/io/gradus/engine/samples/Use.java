package io.gradus.engine.samples;

import io.gradus.asl.model.ChoiceRule;
import io.gradus.asl.model.Condition;
import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.State;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One path that a state reads.
record Use(DataPath path, Document document, Wanted wanted) {
  /// What the path is read from.
  enum Document {
    INPUT,
    EFFECTIVE,
    RESULT,
    OUTPUT
  }

  /// What must be there.
  enum Wanted {
    ANYTHING,
    ITEMS,
    NUMBER,
    TIMESTAMP,
    /// A text that holds JSON.
    JSON_TEXT,
    /// A text that can be split, or an array long enough.
    PARTS,
    SEVERAL
  }

  private static final Pattern SLICE = Pattern.compile("\\[\\d*:\\d*]");
  private static final Pattern SUM = Pattern.compile("\\$number\\(|[\\w)] ?\\+ ?[\\w$]");

  static Set<Use> of(State state) {
    Set<Use> uses = new LinkedHashSet<>();
    data(state, uses);
    switch (state) {
      case State.Task s -> {
        add(s.credentials(), Document.EFFECTIVE, Wanted.ANYTHING, uses);
        add(s.timeoutSeconds(), Document.EFFECTIVE, Wanted.NUMBER, uses);
        add(s.heartbeatSeconds(), Document.EFFECTIVE, Wanted.NUMBER, uses);
      }
      case State.Choice s -> {
        for (ChoiceRule rule : s.rules()) {
          condition(rule.condition(), uses);
          add(rule.output(), Document.INPUT, Wanted.ANYTHING, uses);
          rule.assign().values().forEach(a -> add(a, Document.EFFECTIVE, Wanted.ANYTHING, uses));
        }
      }
      case State.Wait s -> {
        switch (s.until()) {
          case State.Wait.Until.Seconds(Expr seconds) ->
              add(seconds, Document.EFFECTIVE, Wanted.NUMBER, uses);
          case State.Wait.Until.Timestamp(Expr at) ->
              add(at, Document.EFFECTIVE, Wanted.TIMESTAMP, uses);
        }
      }
      case State.Fail s -> {
        add(s.error(), Document.EFFECTIVE, Wanted.ANYTHING, uses);
        add(s.cause(), Document.EFFECTIVE, Wanted.ANYTHING, uses);
      }
      case State.MapState s -> map(s.map(), uses);
      case State.Pass _, State.Succeed _, State.Parallel _ -> {}
    }
    return uses;
  }

  private static void data(State state, Set<Use> uses) {
    switch (state.data()) {
      case DataFlow.JsonPath d -> {
        filter(d.inputPath(), Document.INPUT, uses);
        add(d.parameters(), Document.EFFECTIVE, Wanted.ANYTHING, uses);
        add(d.resultSelector(), Document.RESULT, Wanted.ANYTHING, uses);
        d.assign().values().forEach(each -> add(each, Document.RESULT, Wanted.ANYTHING, uses));
        filter(d.outputPath(), Document.OUTPUT, uses);
      }
      case DataFlow.Jsonata d -> {
        add(d.arguments(), Document.INPUT, Wanted.ANYTHING, uses);
        add(d.output(), Document.INPUT, Wanted.ANYTHING, uses);
        d.assign().values().forEach(each -> add(each, Document.INPUT, Wanted.ANYTHING, uses));
      }
    }
    for (ErrorPolicy.Catcher each : Visit.policy(state).catchers()) {
      each.assign().values().forEach(a -> add(a, Document.INPUT, Wanted.ANYTHING, uses));
    }
  }

  private static void filter(Expr path, Document document, Set<Use> uses) {
    if (!path.equals(DataFlow.JsonPath.ROOT)) {
      add(path, document, Wanted.ANYTHING, uses);
    }
  }

  private static void map(MapSpec map, Set<Use> uses) {
    Expr items = map.items() == null ? new Expr.Path("$") : map.items();
    add(items, Document.EFFECTIVE, Wanted.ITEMS, uses);
    add(map.itemSelector(), Document.EFFECTIVE, Wanted.ANYTHING, uses);
    add(map.maxConcurrency(), Document.EFFECTIVE, Wanted.NUMBER, uses);
  }

  private static void condition(Condition condition, Set<Use> uses) {
    switch (condition) {
      case Condition.Comparison c -> {
        add(c.variable(), Document.EFFECTIVE, Wanted.ANYTHING, uses);
        add(c.operand(), Document.EFFECTIVE, Wanted.ANYTHING, uses);
      }
      case Condition.And(var all) -> all.forEach(each -> condition(each, uses));
      case Condition.Or(var any) -> any.forEach(each -> condition(each, uses));
      case Condition.Not(Condition negated) -> condition(negated, uses);
      case Condition.Holds(Expr expr) -> add(expr, Document.INPUT, Wanted.ANYTHING, uses);
    }
  }

  private static void add(@Nullable Expr expr, Document document, Wanted wanted, Set<Use> uses) {
    switch (expr) {
      case null -> {}
      case Expr.Literal _ -> {}
      case Expr.Path(String text) ->
          uses.add(
              new Use(
                  DataPath.jsonPath(text),
                  document,
                  SLICE.matcher(text).find() && wanted == Wanted.ANYTHING
                      ? Wanted.SEVERAL
                      : wanted));
      case Expr.Intrinsic(String name, var args) ->
          args.forEach(each -> add(each, document, argument(name, wanted), uses));
      case Expr.Jsonata(String text) ->
          DataPath.jsonata(text)
              .forEach(
                  each ->
                      uses.add(
                          new Use(
                              each,
                              each.root() == DataPath.Root.RESULT
                                  ? Document.RESULT
                                  : Document.INPUT,
                              SUM.matcher(text).find() ? Wanted.NUMBER : wanted)));
      case Expr.Obj(var fields) ->
          fields.values().forEach(each -> add(each, document, wanted, uses));
      case Expr.Arr(var items) -> items.forEach(each -> add(each, document, wanted, uses));
    }
  }

  private static Wanted argument(String intrinsic, Wanted otherwise) {
    return switch (intrinsic) {
      case "States.StringToJson" -> Wanted.JSON_TEXT;
      case "States.StringSplit" -> Wanted.PARTS;
      case "States.MathAdd" -> Wanted.NUMBER;
      case "States.ArrayGetItem", "States.ArrayLength" -> Wanted.SEVERAL;
      default -> otherwise;
    };
  }
}
