package io.gradus.engine.samples;

import io.gradus.asl.model.State;
import io.gradus.engine.PayloadJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/// Mends a plan by which a state could not evaluate what it reads.
final class Repair {
  private static final JsonNode MOMENT = StringNode.valueOf("2026-03-01T10:00:05Z");

  private Repair() {}

  /// The plan with all that the state reads and does not find; null where nothing is missing, or
  /// what is missing was not given by the plan.
  static @Nullable Plan missing(Run run, Visit visit) {
    Plan plan = run.plan().copy();
    boolean changed = false;
    for (Use use : Use.of(visit.state)) {
      for (Trace trace : Trace.each(run, visit, use)) {
        JsonNode wanted = wanted(use.wanted(), trace.value());
        if (wanted == null || trace.places().isEmpty()) {
          continue;
        }
        if (trace.value() == null && has(plan, run.plan(), trace.places().getFirst())) {
          continue; // another path of this state has just brought it
        }
        setAlike(plan, trace.places().getFirst(), wanted);
        changed = true;
      }
    }
    return changed ? plan : null;
  }

  /// Puts a value there, and in the results of the same state's other calls that lack one.
  private static void setAlike(Plan plan, Place place, JsonNode value) {
    for (String source : List.copyOf(plan.given().keySet())) {
      Place alike = new Place(source, place.steps());
      boolean lacks =
          Place.state(source).equals(Place.state(place.source())) && plan.get(alike) == null;
      if (source.equals(place.source()) || lacks) {
        plan.set(alike, value, false);
      }
    }
  }

  private static boolean has(Plan changed, Plan before, Place place) {
    JsonNode now = changed.get(place);
    return now != null && !now.equals(before.get(place));
  }

  /// What to put there; null where what is there will do.
  private static @Nullable JsonNode wanted(Use.Wanted wanted, @Nullable JsonNode value) {
    return switch (wanted) {
      case ANYTHING -> value == null ? Plan.SOME_TEXT : null;
      case ITEMS -> value == null || !value.isArray() ? twoItems() : null;
      case NUMBER -> value == null || !value.isIntegralNumber() ? Plan.SOME_NUMBER : null;
      case TIMESTAMP -> value == null ? MOMENT : null;
      case JSON_TEXT -> value == null || !isJsonText(value) ? jsonText() : null;
      case PARTS ->
          value == null || !value.isString() || value.stringValue().length() < 50
              ? Plan.SOME_PARTS
              : null;
      case SEVERAL -> value == null || !value.isArray() ? several() : null;
    };
  }

  private static boolean isJsonText(JsonNode value) {
    if (!value.isString()) {
      return false;
    }
    try {
      PayloadJson.MAPPER.readTree(value.stringValue());
      return true;
    } catch (JacksonException _) {
      return false;
    }
  }

  private static JsonNode jsonText() {
    return JsonNodeFactory.instance
        .objectNode()
        .set(Place.TEXT, JsonNodeFactory.instance.objectNode());
  }

  private static ArrayNode several() {
    ArrayNode several = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < 8; i++) {
      several.add(Plan.SOME_TEXT);
    }
    return several;
  }

  static ArrayNode twoItems() {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    items.addObject();
    items.addObject();
    return items;
  }

  /// Plans in which one thing that the state reads is of another kind.
  static List<Plan> otherKinds(Run run, Visit visit) {
    Set<Place> places = new LinkedHashSet<>();
    for (Use use : Use.of(visit.state)) {
      places.addAll(Trace.of(run, visit, use).places());
    }
    List<Plan> plans = new ArrayList<>();
    for (JsonNode kind : kinds()) {
      for (Place place : places) {
        Plan plan = run.plan().copy();
        plan.set(place, kind, false);
        plans.add(plan);
      }
    }
    return plans;
  }

  private static List<JsonNode> kinds() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return List.of(
        Plan.SOME_PARTS,
        several(),
        jsonText(),
        json.objectNode().set(Place.TEXT, twoItems()),
        Plan.SOME_NUMBER,
        json.objectNode(),
        Plan.SOME_TEXT,
        twoItems(),
        MOMENT,
        StringNode.valueOf("5"),
        BooleanNode.TRUE);
  }

  /// Plans in which a Map has that many items.
  static List<Plan> items(Run run, Visit visit, int count) {
    List<Plan> plans = new ArrayList<>();
    if (!(visit.state instanceof State.MapState)) {
      return plans;
    }
    for (Use use : Use.of(visit.state)) {
      boolean filter = use.document() == Use.Document.INPUT;
      if (use.wanted() != Use.Wanted.ITEMS && !filter) {
        continue;
      }
      for (Place place : Trace.of(run, visit, use).places()) {
        // One more, where a path leaves the first out.
        plans.add(items(run, place, count));
        plans.add(items(run, place, count + 1));
        plans.add(items(run, place, count).alike());
      }
    }
    return plans;
  }

  private static Plan items(Run run, Place place, int count) {
    Plan plan = run.plan().copy();
    JsonNode before = plan.get(place);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < count; i++) {
      JsonNode like = before == null || !before.isArray() ? null : before.get(i);
      JsonNode first = before == null || !before.isArray() ? null : before.get(0);
      items.add(
          like != null
              ? like.deepCopy()
              : first != null ? first.deepCopy() : JsonNodeFactory.instance.objectNode());
    }
    plan.set(place, items, true);
    return plan;
  }
}
