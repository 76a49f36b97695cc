package io.gradus.engine.samples;

import io.gradus.asl.expr.Scope;
import io.gradus.asl.model.Condition;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.State;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// Finds values with which a Choice goes by a wanted rule, by trying what its conditions compare
/// with, and changes the plan where those values were given.
final class Chooser {
  private static final JsonNode ABSENT = StringNode.valueOf("«absent»");
  private static final Pattern LITERAL =
      Pattern.compile("'([^']*)'|\"([^\"]*)\"|(?<![\\w.])(\\d+)");
  private static final int TRIES = 3_000;
  private static final int PLANS = 8;

  private final Run run;
  private final Visit visit;
  private final State.Choice choice;
  private final Map<Use, Trace> open = new LinkedHashMap<>();
  private final Map<Use, List<JsonNode>> candidates = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  private Chooser(Run run, Visit visit, State.Choice choice) {
    this.run = run;
    this.visit = visit;
    this.choice = choice;
    Map<DataPath, Set<JsonNode>> compared = new HashMap<>();
    choice.rules().forEach(rule -> compared(rule.condition(), compared));
    for (Use use : Use.of(choice)) {
      Trace trace = Trace.of(run, visit, use);
      Set<JsonNode> values = compared.get(use.path());
      if (values == null) {
        continue;
      }
      values.add(Plan.SOME_TEXT);
      values.add(ABSENT);
      if (!trace.places().isEmpty()) {
        open.put(use, trace);
        candidates.put(use, List.copyOf(values));
      }
    }
  }

  /// Plans by which the Choice may go that way.
  ///
  /// @param wanted the rule, or as many as there are for the Default
  static List<Plan> plans(Run run, Visit visit, int wanted) {
    return visit.state instanceof State.Choice choice
        ? new Chooser(run, visit, choice).find(wanted)
        : List.of();
  }

  private List<Plan> find(int wanted) {
    List<Plan> found = new ArrayList<>();
    List<Use> uses = List.copyOf(open.keySet());
    for (Use use : uses) {
      for (JsonNode value : candidates.getOrDefault(use, List.of())) {
        attempt(Map.of(use, value), wanted, found);
      }
    }
    SplittableRandom random = new SplittableRandom(uses.size());
    for (int i = 0; i < TRIES && uses.size() > 1 && found.size() < PLANS; i++) {
      Map<Use, JsonNode> values = new LinkedHashMap<>();
      int changes = 2 + random.nextInt(uses.size() - 1);
      for (int c = 0; c < changes; c++) {
        Use use = uses.get(random.nextInt(uses.size()));
        List<JsonNode> of = candidates.getOrDefault(use, List.of());
        values.put(use, of.get(random.nextInt(of.size())));
      }
      attempt(values, wanted, found);
    }
    return found;
  }

  private void attempt(Map<Use, JsonNode> values, int wanted, List<Plan> into) {
    if (into.size() >= PLANS || !goes(values, wanted)) {
      return;
    }
    int places =
        values.keySet().stream().mapToInt(each -> trace(each).places().size()).max().orElse(0);
    for (int place = 0; place < Math.min(places, 3); place++) {
      for (boolean everywhere : new boolean[] {false, true}) {
        Plan plan = run.plan().copy();
        for (Map.Entry<Use, JsonNode> each : values.entrySet()) {
          List<Place> of = trace(each.getKey()).places();
          put(plan, of.get(Math.min(place, of.size() - 1)), each.getValue(), everywhere);
        }
        if (known.add(plan.toString())) {
          into.add(plan);
        }
      }
    }
  }

  /// @param everywhere whether in the results of all calls of that state
  private void put(Plan plan, Place place, JsonNode value, boolean everywhere) {
    for (String source : run.plan().given().keySet()) {
      boolean same = source.equals(place.source());
      boolean alike = everywhere && Place.state(source).equals(Place.state(place.source()));
      Place at = new Place(source, place.steps());
      if (!same && !alike) {
        continue;
      }
      if (value.equals(ABSENT)) {
        plan.remove(at);
      } else {
        plan.set(at, value, true);
      }
    }
  }

  private Trace trace(Use use) {
    return open.getOrDefault(use, new Trace(null, List.of()));
  }

  private boolean goes(Map<Use, JsonNode> values, int wanted) {
    JsonNode effective = visit.effective();
    if (effective == null) {
      return false;
    }
    Plan seen = new Plan();
    seen.given().put("document", effective.deepCopy());
    seen.given().put("context", visit.context.deepCopy());
    for (Map.Entry<Use, JsonNode> each : values.entrySet()) {
      DataPath path = each.getKey().path();
      Place at =
          switch (path.root()) {
            case DOCUMENT, RESULT -> new Place("document", path.steps());
            case CONTEXT -> new Place("context", path.steps());
            case VARIABLE -> new Place("$" + path.variable(), path.steps());
          };
      JsonNode variable = visit.variables.get(path.variable());
      if (path.root() == DataPath.Root.VARIABLE && variable != null) {
        seen.given().putIfAbsent(at.source(), variable.deepCopy());
      }
      if (each.getValue().equals(ABSENT)) {
        seen.remove(at);
      } else {
        seen.set(at, each.getValue(), false);
      }
    }
    JsonNode document = whole(seen, "document");
    Scope scope =
        Visit.scope(
            visit.input.equals(effective) ? document : visit.input,
            whole(seen, "context"),
            name -> {
              JsonNode changed = seen.given().get("$" + name);
              return changed != null ? changed : visit.variables.get(name);
            });
    return Run.rule(choice, document, scope) == wanted;
  }

  private static JsonNode whole(Plan plan, String source) {
    JsonNode tree = plan.given().get(source);
    return tree == null ? NullNode.getInstance() : tree;
  }

  private static void compared(Condition condition, Map<DataPath, Set<JsonNode>> into) {
    switch (condition) {
      case Condition.Comparison c -> {
        DataPath variable = DataPath.jsonPath(c.variable().text());
        Set<JsonNode> values = into.computeIfAbsent(variable, _ -> new LinkedHashSet<>());
        if (c.operand() instanceof Expr.Literal(JsonNode literal)) {
          literals(c.operator(), literal, values);
        } else if (c.operand() instanceof Expr.Path(String text)) {
          any(values);
          any(into.computeIfAbsent(DataPath.jsonPath(text), _ -> new LinkedHashSet<>()));
        }
      }
      case Condition.And(var all) -> all.forEach(each -> compared(each, into));
      case Condition.Or(var any) -> any.forEach(each -> compared(each, into));
      case Condition.Not(Condition negated) -> compared(negated, into);
      case Condition.Holds(Expr.Jsonata(String text)) -> jsonata(text, into);
      case Condition.Holds _ -> {}
    }
  }

  private static void literals(
      Condition.Operator operator, JsonNode literal, Set<JsonNode> values) {
    switch (operator) {
      case STRING_MATCHES ->
          values.add(
              StringNode.valueOf(literal.stringValue().replace("\\*", "*").replace('*', 'x')));
      case IS_NULL -> values.add(NullNode.getInstance());
      case IS_NUMERIC -> values.add(DecimalNode.valueOf(BigDecimal.TEN));
      case IS_BOOLEAN -> values.add(BooleanNode.TRUE);
      case IS_TIMESTAMP -> values.add(StringNode.valueOf("2026-03-01T10:00:00Z"));
      case IS_PRESENT, IS_STRING -> values.add(Plan.SOME_TEXT);
      case BOOLEAN_EQUALS -> {
        values.add(BooleanNode.TRUE);
        values.add(BooleanNode.FALSE);
      }
      default -> {
        if (literal.isNumber()) {
          numbers(literal, values);
        } else {
          values.add(literal);
          values.add(StringNode.valueOf(literal.stringValue() + "~"));
          values.add(StringNode.valueOf("!"));
          values.add(StringNode.valueOf("2000-01-01T00:00:00Z"));
          values.add(StringNode.valueOf("2100-01-01T00:00:00Z"));
        }
      }
    }
  }

  private static void any(Set<JsonNode> values) {
    for (int each : new int[] {0, 10, 11, 100_000}) {
      values.add(DecimalNode.valueOf(BigDecimal.valueOf(each)));
    }
  }

  private static void numbers(JsonNode near, Set<JsonNode> values) {
    for (int i = -1; i <= 1; i++) {
      values.add(DecimalNode.valueOf(near.decimalValue().add(BigDecimal.valueOf(i))));
    }
  }

  private static void jsonata(String text, Map<DataPath, Set<JsonNode>> into) {
    Set<JsonNode> values = new LinkedHashSet<>();
    Matcher literal = LITERAL.matcher(text);
    while (literal.find()) {
      String number = literal.group(3);
      if (number != null) {
        numbers(DecimalNode.valueOf(new BigDecimal(number)), values);
      } else {
        String words = literal.group(1) != null ? literal.group(1) : literal.group(2);
        values.add(StringNode.valueOf(words));
      }
    }
    values.add(BooleanNode.TRUE);
    values.add(BooleanNode.FALSE);
    values.add(DecimalNode.valueOf(BigDecimal.ZERO));
    values.add(DecimalNode.valueOf(BigDecimal.valueOf(100_000)));
    values.add(JsonNodeFactory.instance.arrayNode());
    values.add(JsonNodeFactory.instance.arrayNode().add(Plan.SOME_TEXT).add(Plan.SOME_TEXT));
    DataPath.jsonata(text)
        .forEach(each -> into.computeIfAbsent(each, _ -> new LinkedHashSet<>()).addAll(values));
  }
}
