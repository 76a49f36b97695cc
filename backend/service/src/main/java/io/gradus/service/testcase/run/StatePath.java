package io.gradus.service.testcase.run;

import io.gradus.engine.FrameId;
import io.gradus.engine.PayloadJson;
import io.gradus.service.execution.view.ExecutionCourse;
import io.gradus.service.execution.view.Line;
import io.gradus.service.execution.view.Visit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The states that an execution goes through, as JSON: a list of their names in order. A Parallel
/// or Map is its name, or `{"NAME": [PATH, …]}` with the path of each branch or item.
///
/// A state that is retried is entered once. Of a Parallel or Map that is retried the last time
/// counts.
final class StatePath {
  /// So many branches or items are written down; of more only the state's name is.
  private static final int MAX_INSIDE = 16;

  private static final int MAX_LENGTH = 10_000;
  private static final int MAX_DEPTH = 20;

  private StatePath() {}

  /// Lets a path pass that is of the form.
  ///
  /// @throws io.gradus.service.Refusal ValidationException
  static void check(JsonNode path) {
    check(path, 0);
  }

  private static void check(JsonNode path, int depth) {
    if (!path.isArray() || path.size() > MAX_LENGTH || depth > MAX_DEPTH) {
      throw malformed();
    }
    for (JsonNode each : path) {
      if (each.isString()) {
        continue;
      }
      if (!each.isObject() || each.size() != 1 || !inside(each).isArray()) {
        throw malformed();
      }
      inside(each).forEach(branch -> check(branch, depth + 1));
    }
  }

  private static RuntimeException malformed() {
    return TestCaseJson.refused(
        "'path' must be a list of state names; in place of a Parallel's or Map's name it may have"
            + " {\"NAME\": [[…], […]]} with the path of each branch or item");
  }

  /// Writes the path that an execution went.
  static ArrayNode of(ExecutionCourse course) {
    return of(course, FrameId.ROOT);
  }

  private static ArrayNode of(ExecutionCourse course, FrameId frame) {
    ArrayNode path = PayloadJson.MAPPER.createArrayNode();
    Line line = course.line(frame);
    if (line == null) {
      return path;
    }
    for (Visit visit : line.visits()) {
      List<FrameId> inside = lastChildren(visit);
      if (inside.isEmpty() || inside.size() > MAX_INSIDE) {
        path.add(visit.state());
      } else {
        ArrayNode paths = path.addObject().putArray(visit.state());
        inside.forEach(child -> paths.add(of(course, child)));
      }
    }
    return path;
  }

  /// The branches or items of the last attempt, in order.
  private static List<FrameId> lastChildren(Visit visit) {
    if (visit.children().isEmpty()) {
      return List.of();
    }
    String last = start(visit.children().getLast());
    return visit.children().stream()
        .filter(child -> start(child).equals(last))
        .sorted(Comparator.comparingInt(FrameId::index))
        .toList();
  }

  /// The event that started the attempt that a frame is of, with what is around it.
  private static String start(FrameId frame) {
    String text = frame.value();
    return text.substring(0, Math.max(text.lastIndexOf(':'), text.lastIndexOf('!')));
  }

  /// Where the path of an execution is not the expected one, in a sentence; null where it is.
  static @Nullable String difference(JsonNode expected, ExecutionCourse course) {
    return difference(expected, course, FrameId.ROOT, "");
  }

  private static @Nullable String difference(
      JsonNode expected, ExecutionCourse course, FrameId frame, String where) {
    Line line = course.line(frame);
    List<Visit> visits = line == null ? List.of() : line.visits();
    for (int i = 0; i < Math.max(expected.size(), visits.size()); i++) {
      if (i >= visits.size()) {
        return "The path ends too soon%s: expected %s, found the end."
            .formatted(after(visits, i, where), quoted(name(expected.get(i))));
      }
      Visit visit = visits.get(i);
      if (i >= expected.size()) {
        return "The path goes on%s: expected the end, found %s."
            .formatted(after(visits, i, where), quoted(visit.state()));
      }
      JsonNode wanted = expected.get(i);
      if (!name(wanted).equals(visit.state())) {
        return "The path differs%s: expected %s, found %s."
            .formatted(after(visits, i, where), quoted(name(wanted)), quoted(visit.state()));
      }
      String inside = wanted.isObject() ? inside(inside(wanted), course, visit, where) : null;
      if (inside != null) {
        return inside;
      }
    }
    return null;
  }

  private static @Nullable String inside(
      JsonNode wanted, ExecutionCourse course, Visit visit, String where) {
    List<FrameId> children = lastChildren(visit);
    if (children.size() != wanted.size()) {
      return "The path differs%s: expected %d branches or items of %s, found %d."
          .formatted(
              where.isEmpty() ? "" : " in " + where,
              wanted.size(),
              quoted(visit.state()),
              children.size());
    }
    for (int i = 0; i < children.size(); i++) {
      String place = Places.inside(visit.kind(), i) + " of " + quoted(visit.state());
      String found =
          difference(
              wanted.get(i),
              course,
              children.get(i),
              where.isEmpty() ? place : place + ", " + where);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static String after(List<Visit> visits, int at, String where) {
    List<String> words = new ArrayList<>();
    words.add(at == 0 ? " at its beginning" : " after " + quoted(visits.get(at - 1).state()));
    if (!where.isEmpty()) {
      words.add("in " + where);
    }
    return String.join(" ", words);
  }

  private static String name(JsonNode entry) {
    return entry.isString() ? entry.stringValue() : entry.propertyNames().iterator().next();
  }

  private static JsonNode inside(JsonNode entry) {
    return entry.properties().iterator().next().getValue();
  }

  private static String quoted(String state) {
    return "'" + state + "'";
  }
}
