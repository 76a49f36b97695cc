package io.gradus.engine.samples;

import io.gradus.engine.PayloadJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// What an execution is given: its input, what each call of each task results in, which calls fail.
final class Plan {
  /// Values of which only the kind matters. [Labels] gives each a content by which it is known.
  static final JsonNode SOME_TEXT = StringNode.valueOf("«»");

  static final JsonNode SOME_NUMBER = StringNode.valueOf("«number»");
  static final JsonNode SOME_PARTS = StringNode.valueOf("«parts»");

  /// A call that fails.
  ///
  /// @param times how many attempts of the call fail
  /// @param always whether later calls of the same state fail as well
  record Failure(String error, int times, boolean always) {}

  private final Map<String, JsonNode> given = new LinkedHashMap<>();
  private final Map<String, Failure> failures = new LinkedHashMap<>();
  private final Set<Place> chosen = new LinkedHashSet<>();

  Plan() {
    given.put(Place.INPUT, JsonNodeFactory.instance.objectNode());
  }

  Plan copy() {
    Plan copy = new Plan();
    given.forEach((source, tree) -> copy.given.put(source, tree.deepCopy()));
    copy.failures.putAll(failures);
    copy.chosen.addAll(chosen);
    return copy;
  }

  /// The same, but that every call of a state results in what the first one does.
  Plan alike() {
    Plan alike = copy();
    alike.given.keySet().removeIf(each -> !each.equals(Place.INPUT) && !each.endsWith("#0"));
    alike.chosen.clear();
    return alike;
  }

  Map<String, JsonNode> given() {
    return given;
  }

  Plan failing(String state, int call, Failure failure) {
    failures.put(Place.call(state, call), failure);
    return this;
  }

  @Nullable String failure(String state, int call, int retry) {
    if (failures.isEmpty()) {
      return null;
    }
    Failure here = failures.get(Place.call(state, call));
    if (here != null) {
      return retry < here.times() ? here.error() : null;
    }
    for (int earlier = call - 1; earlier >= 0; earlier--) {
      Failure before = failures.get(Place.call(state, earlier));
      if (before != null) {
        return before.always() && retry < before.times() ? before.error() : null;
      }
    }
    return null;
  }

  /// What a call results in. One that nothing was planned for is like the first, but for what was
  /// chosen there.
  JsonNode result(String state, int call) {
    return given.computeIfAbsent(
        Place.call(state, call),
        _ -> {
          JsonNode first = given.get(Place.call(state, 0));
          if (first == null) {
            return JsonNodeFactory.instance.objectNode();
          }
          Plan like = new Plan();
          like.given.put(Place.INPUT, first.deepCopy());
          for (Place each : chosen) {
            if (each.source().equals(Place.call(state, 0))) {
              like.set(new Place(Place.INPUT, each.steps()), SOME_TEXT, false);
            }
          }
          return like.given.get(Place.INPUT);
        });
  }

  @Nullable JsonNode get(Place place) {
    JsonNode here = given.get(place.source());
    for (String step : place.steps()) {
      here = here == null ? null : child(here, step);
    }
    return here;
  }

  static @Nullable JsonNode child(JsonNode here, String step) {
    if (Place.isElement(step)) {
      return here.isArray() ? here.get(Place.index(step)) : null;
    }
    return here.isObject() ? here.get(step) : null;
  }

  /// Puts a value there, whatever has to be made around it.
  void set(Place place, JsonNode value, boolean choice) {
    if (choice) {
      chosen.add(place);
    }
    JsonNode root = given.get(place.source());
    given.put(place.source(), with(root, place.steps(), value));
  }

  private static JsonNode with(@Nullable JsonNode here, List<String> steps, JsonNode value) {
    if (steps.isEmpty()) {
      return value.deepCopy();
    }
    String step = steps.getFirst();
    List<String> rest = steps.subList(1, steps.size());
    if (Place.isElement(step)) {
      ArrayNode array =
          here instanceof ArrayNode known ? known : JsonNodeFactory.instance.arrayNode();
      int index = Place.index(step);
      // One more than asked for: who reads the first of several often goes on to the second.
      int size = here instanceof ArrayNode ? index + 1 : index + 2;
      while (array.size() < size) {
        array.add(SOME_TEXT);
      }
      array.set(index, with(array.get(index), rest, value));
      return array;
    }
    ObjectNode object =
        here instanceof ObjectNode known ? known : JsonNodeFactory.instance.objectNode();
    object.set(step, with(object.get(step), rest, value));
    return object;
  }

  void remove(Place place) {
    if (place.steps().isEmpty()) {
      return;
    }
    JsonNode around = get(place.around());
    if (around instanceof ObjectNode object) {
      object.remove(place.steps().getLast());
    } else if (around instanceof ArrayNode array) {
      int index = Place.index(place.steps().getLast());
      while (array.size() > index) {
        array.remove(array.size() - 1);
      }
    }
  }

  /// All places that hold this very value.
  List<Place> holding(JsonNode value) {
    List<Place> found = new ArrayList<>();
    given.forEach((source, tree) -> collect(new Place(source, List.of()), tree, value, found));
    return found.reversed();
  }

  private static void collect(Place at, JsonNode here, JsonNode value, List<Place> into) {
    if (here.equals(value)) {
      into.add(at);
    }
    here.properties()
        .forEach(each -> collect(at.plus(List.of(each.getKey())), each.getValue(), value, into));
    for (int i = 0; here.isArray() && i < here.size(); i++) {
      collect(at.plus(List.of("[" + i + "]")), here.get(i), value, into);
    }
  }

  @Override
  public String toString() {
    return PayloadJson.MAPPER.writeValueAsString(given) + failures;
  }
}
