package io.gradus.service.execution.view;

import java.util.EnumMap;
import java.util.Map;

/// How many things of one kind stand how: the visits of a state, the items of a Map.
public final class Tally {
  private final Map<VisitStatus, Integer> counts = new EnumMap<>(VisitStatus.class);

  Tally() {}

  /// How many stand so.
  public int of(VisitStatus status) {
    return counts.getOrDefault(status, 0);
  }

  /// How many there are.
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// How many go on.
  public int open() {
    return of(VisitStatus.RUNNING)
        + of(VisitStatus.RETRYING)
        + of(VisitStatus.CALLBACK)
        + of(VisitStatus.WAITING);
  }

  void add(VisitStatus status) {
    counts.merge(status, 1, Integer::sum);
  }

  void remove(VisitStatus status) {
    counts.merge(status, -1, Integer::sum);
  }

  void clear() {
    counts.clear();
  }
}
