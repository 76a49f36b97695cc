package io.gradus.engine.samples;

import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a path finds in a stay, and where that was given.
///
/// @param value null where there is nothing
/// @param places likely ones, the likeliest first; empty where the machine itself made it
record Trace(@Nullable JsonNode value, List<Place> places) {
  static Trace of(Run run, Visit visit, Use use) {
    JsonNode document =
        switch (use.path().root()) {
          case CONTEXT -> visit.context;
          case VARIABLE -> visit.variables.get(use.path().variable());
          case RESULT -> visit.result;
          case DOCUMENT -> document(visit, use);
        };
    return document == null ? new Trace(null, List.of()) : of(run, document, use.path().steps());
  }

  /// The same for each item of a Map, where the path leads into what is being iterated over.
  static List<Trace> each(Run run, Visit visit, Use use) {
    List<String> steps = use.path().steps();
    JsonNode items = visit.items;
    boolean item =
        use.path().root() == DataPath.Root.CONTEXT
            && visit.state instanceof State.MapState
            && steps.size() >= 3
            && steps.subList(0, 3).equals(List.of("Map", "Item", "Value"));
    if (!item || items == null) {
      return List.of(of(run, visit, use));
    }
    List<Trace> traces = new ArrayList<>();
    for (JsonNode value : items.values()) {
      traces.add(of(run, value, steps.subList(3, steps.size())));
    }
    return traces;
  }

  private static @Nullable JsonNode document(Visit visit, Use use) {
    return switch (use.document()) {
      case INPUT -> visit.input;
      case EFFECTIVE -> visit.effective();
      case RESULT -> visit.result != null ? visit.result : visit.effective();
      case OUTPUT -> output(visit, use);
    };
  }

  /// What `OutputPath` is read from, as far as that depends on where the result was put.
  private static @Nullable JsonNode output(Visit visit, Use use) {
    JsonNode result = visit.result;
    if (result == null
        || visit.state instanceof State.Pass
        || !(visit.state.data() instanceof DataFlow.JsonPath data)) {
      return visit.effective();
    }
    if (data.resultPath() == null) {
      return visit.effective();
    }
    List<String> put = DataPath.jsonPath(data.resultPath().text()).steps();
    List<String> read = use.path().steps();
    if (put.isEmpty()) {
      return result;
    }
    boolean below = read.size() >= put.size() && read.subList(0, put.size()).equals(put);
    return below ? around(put, result) : visit.effective();
  }

  private static JsonNode around(List<String> steps, JsonNode inner) {
    Plan holder = new Plan();
    holder.set(new Place(Place.INPUT, steps), inner, false);
    JsonNode whole = holder.get(new Place(Place.INPUT, List.of()));
    return whole == null ? inner : whole;
  }

  private static Trace of(Run run, JsonNode document, List<String> steps) {
    JsonNode here = document;
    Place known = run.labels().of(document);
    List<String> since = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      JsonNode next = Plan.child(here, steps.get(i));
      since.add(steps.get(i));
      if (next == null) {
        since.addAll(steps.subList(i + 1, steps.size()));
        return new Trace(null, known == null ? List.of() : List.of(known.plus(since)));
      }
      Place labelled = run.labels().of(next);
      if (labelled != null) {
        known = labelled;
        since.clear();
      }
      here = next;
    }
    Set<Place> places = new LinkedHashSet<>();
    if (known != null && (since.isEmpty() || here.equals(run.plan().get(known.plus(since))))) {
      places.add(known.plus(since));
    }
    if (here.isArray() && !here.isEmpty()) {
      Place first = run.labels().of(here.get(0));
      if (first != null && !first.steps().isEmpty()) {
        Place around = first.around();
        places.add(
            first.steps().getLast().equals(Place.TEXT) || !Place.isElement(first.steps().getLast())
                ? first
                : around);
      }
    }
    if (here.isValueNode() || here.isEmpty()) {
      places.addAll(run.plan().holding(here));
    }
    if (known != null) {
      places.add(known.plus(since));
    }
    return new Trace(here, List.copyOf(places));
  }
}
