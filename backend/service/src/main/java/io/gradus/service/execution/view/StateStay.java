package io.gradus.service.execution.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How all the visits of one state went in one execution: counted, however many they were.
///
/// @param visits at least 1
/// @param endings how many stand how; none is 0
/// @param errors that visits met last, by name, the first [#MOST_ERRORS] of them; a visit that was
///   retried may have succeeded after it
/// @param otherErrors visits that met errors of further names
/// @param retries of all visits
/// @param items how the branches or items stand that they run over, in their last attempts; none is
///   0
/// @param time spent in it by the visits that ended, added up, without what lay between an end and
///   its redrive
/// @param longest of those visits
public record StateStay(
    int visits,
    Map<VisitStatus, Integer> endings,
    Map<String, Integer> errors,
    int otherErrors,
    int retries,
    Map<VisitStatus, Integer> items,
    Duration time,
    Duration longest) {
  /// How many names of errors are told apart.
  public static final int MOST_ERRORS = 20;

  public StateStay {
    if (visits < 1) {
      throw new IllegalArgumentException("expected a visit at least, found " + visits);
    }
    endings = copy(endings);
    errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
    items = copy(items);
  }

  private static Map<VisitStatus, Integer> copy(Map<VisitStatus, Integer> counts) {
    Map<VisitStatus, Integer> copy = new EnumMap<>(VisitStatus.class);
    copy.putAll(counts);
    return Collections.unmodifiableMap(copy);
  }

  /// How many of its visits stand so.
  public int of(VisitStatus status) {
    return endings.getOrDefault(status, 0);
  }

  /// How many branches or items there are in all.
  public int itemCount() {
    return items.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// Whether any visit goes on.
  public boolean isOpen() {
    return endings.keySet().stream().anyMatch(VisitStatus::isOpen);
  }

  /// Whether it went as the other one did. How long it took is no difference: that never is the
  /// same.
  public boolean isLike(StateStay other) {
    return visits == other.visits
        && endings.equals(other.endings)
        && errors.equals(other.errors)
        && otherErrors == other.otherErrors
        && retries == other.retries
        && items.equals(other.items);
  }

  /// Counts visits one after another.
  static final class Counting {
    private final Map<VisitStatus, Integer> endings = new EnumMap<>(VisitStatus.class);
    private final Map<String, Integer> errors = new LinkedHashMap<>();
    private final Map<VisitStatus, Integer> items = new EnumMap<>(VisitStatus.class);
    private int visits;
    private int otherErrors;
    private int retries;
    private Duration time = Duration.ZERO;
    private Duration longest = Duration.ZERO;

    /// @param pauses when its execution stood still
    void add(Visit visit, List<Pause> pauses) {
      visits++;
      endings.merge(visit.status(), 1, Integer::sum);
      retries += visit.retries();
      String error = visit.error();
      if (error != null) {
        if (errors.size() < MOST_ERRORS || errors.containsKey(error)) {
          errors.merge(error, 1, Integer::sum);
        } else {
          otherErrors++;
        }
      }
      for (VisitStatus status : VisitStatus.values()) {
        int count = visit.inner().of(status);
        if (count > 0) {
          items.merge(status, count, Integer::sum);
        }
      }
      Instant ended = visit.endedAt();
      if (ended != null) {
        Duration took = Pause.without(pauses, visit.enteredAt(), ended);
        time = time.plus(took);
        longest = took.compareTo(longest) > 0 ? took : longest;
      }
    }

    StateStay counted() {
      return new StateStay(visits, endings, errors, otherErrors, retries, items, time, longest);
    }
  }
}
