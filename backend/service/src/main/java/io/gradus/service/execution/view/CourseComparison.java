package io.gradus.service.execution.view;

import io.gradus.engine.FrameId;
import io.gradus.engine.StateKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was different in two executions, told by their courses: of each state how it went in both,
/// and where they part. The size of it goes by the number of states, not by that of their visits.
///
/// @param states by name: those of the left one in the order of entering them first, then those
///   that only the right one visited
/// @param parting null where both went the same way, as far as they went
public record CourseComparison(Map<String, OfState> states, @Nullable Parting parting) {
  public CourseComparison {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
  }

  /// In which of the two a state was visited, and whether it went alike.
  public enum Mark {
    ONLY_LEFT,
    ONLY_RIGHT,
    DIFFERS,
    SAME
  }

  /// How one state went in both.
  ///
  /// @param left null where the left one did not visit it; not both are
  /// @param right null where the right one did not visit it
  public record OfState(StateKind kind, @Nullable StateStay left, @Nullable StateStay right) {
    public OfState {
      if (left == null && right == null) {
        throw new IllegalArgumentException("expected a visit in one of them, found none");
      }
    }

    /// In which it was visited, and whether it went alike.
    public Mark mark() {
      if (left == null) {
        return Mark.ONLY_RIGHT;
      }
      if (right == null) {
        return Mark.ONLY_LEFT;
      }
      return left.isLike(right) ? Mark.SAME : Mark.DIFFERS;
    }
  }

  /// Compares two executions from their beginnings.
  public static CourseComparison of(ExecutionCourse left, ExecutionCourse right) {
    return of(left, right, null, null);
  }

  /// Compares two executions, one of which may have begun in the middle of the other: where they
  /// part is then looked for from there on.
  ///
  /// @param leftFrom the state whose last visit the right one was forked from; null for the
  ///   beginning, also where there is no such visit
  /// @param rightFrom the same the other way round
  public static CourseComparison of(
      ExecutionCourse left,
      ExecutionCourse right,
      @Nullable String leftFrom,
      @Nullable String rightFrom) {
    Map<String, StateKind> kinds = new LinkedHashMap<>();
    Map<String, StateStay> lefts = stays(left, kinds);
    Map<String, StateStay> rights = stays(right, kinds);
    Map<String, OfState> states = new LinkedHashMap<>();
    kinds.forEach(
        (name, kind) -> states.put(name, new OfState(kind, lefts.get(name), rights.get(name))));
    return new CourseComparison(states, parting(own(left, leftFrom), own(right, rightFrom)));
  }

  private static Map<String, StateStay> stays(
      ExecutionCourse course, Map<String, StateKind> kinds) {
    Map<String, StateStay.Counting> counting = new LinkedHashMap<>();
    for (Visit visit : course.visits()) {
      kinds.putIfAbsent(visit.state(), visit.kind());
      counting
          .computeIfAbsent(visit.state(), _ -> new StateStay.Counting())
          .add(visit, course.pauses());
    }
    Map<String, StateStay> stays = new LinkedHashMap<>();
    counting.forEach((name, counted) -> stays.put(name, counted.counted()));
    return stays;
  }

  /// The visits of the execution's own line, from the last of that state on.
  private static List<Visit> own(ExecutionCourse course, @Nullable String from) {
    Line line = course.line(FrameId.ROOT);
    List<Visit> visits = line == null ? List.of() : line.visits();
    for (int i = visits.size() - 1; from != null && i >= 0; i--) {
      if (visits.get(i).state().equals(from)) {
        return visits.subList(i, visits.size());
      }
    }
    return visits;
  }

  private static @Nullable Parting parting(List<Visit> left, List<Visit> right) {
    String first = state(left, 0);
    if (!Objects.equals(first, state(right, 0))) {
      return new Parting(
          null,
          0,
          Parting.Why.BEGINNING,
          new Parting.Way(null, null, first),
          new Parting.Way(null, null, state(right, 0)));
    }
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      Visit one = left.get(i);
      Visit other = right.get(i);
      int visit = seen.merge(one.state(), 1, Integer::sum);
      boolean alike = endedAlike(one, other);
      if (!alike || !Objects.equals(state(left, i + 1), state(right, i + 1))) {
        return new Parting(
            one.state(),
            visit,
            alike ? Parting.Why.NEXT : Parting.Why.OUTCOME,
            way(one, state(left, i + 1)),
            way(other, state(right, i + 1)));
      }
    }
    return null;
  }

  private static @Nullable String state(List<Visit> visits, int at) {
    return at < visits.size() ? visits.get(at).state() : null;
  }

  private static Parting.Way way(Visit visit, @Nullable String next) {
    return new Parting.Way(visit.status(), visit.error(), next);
  }

  /// What was retried and succeeded came to the same as what succeeded at once; what goes on has
  /// not come to anything yet.
  private static boolean endedAlike(Visit one, Visit other) {
    VisitStatus status = one.status();
    if (status.isOpen()) {
      return other.status().isOpen();
    }
    if (status != other.status()) {
      return false;
    }
    return switch (status) {
      case CAUGHT, FAILED -> Objects.equals(one.error(), other.error());
      case SUCCEEDED, TIMED_OUT, ABORTED, RUNNING, RETRYING, CALLBACK, WAITING -> true;
    };
  }
}
