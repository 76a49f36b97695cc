package io.gradus.bench.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What the check of a run found.
final class Verdict {
  /// The ways in which an engine can be wrong.
  enum Kind {
    /// Acknowledged and not there, not ended, or ended other than it had to.
    LOST,
    /// Happened twice, or after the end, or for two who asked for different things.
    DUPLICATED,
    /// A history that has holes, or that is not how its state came about.
    GAP,
    /// Before its time.
    EARLY
  }

  /// So many of a kind are told in words; the rest are counted.
  private static final int TOLD = 10;

  private final Map<Kind, List<String>> violations = new EnumMap<>(Kind.class);
  private long executions;

  Verdict() {
    for (Kind kind : Kind.values()) {
      violations.put(kind, new ArrayList<>());
    }
  }

  void executions(long count) {
    executions = count;
  }

  void add(Kind kind, String what) {
    of(kind).add(what);
  }

  /// What was found of a kind, in words.
  List<String> of(Kind kind) {
    return violations.computeIfAbsent(kind, _ -> new ArrayList<>());
  }

  boolean isClean() {
    return violations.values().stream().allMatch(List::isEmpty);
  }

  /// The line that other programs read.
  String line() {
    return "executions=%d lost=%d duplicated=%d gaps=%d early=%d"
        .formatted(
            executions,
            of(Kind.LOST).size(),
            of(Kind.DUPLICATED).size(),
            of(Kind.GAP).size(),
            of(Kind.EARLY).size());
  }

  /// The first of each kind, a line each.
  List<String> told() {
    List<String> lines = new ArrayList<>();
    violations.forEach(
        (kind, found) -> {
          found.stream().limit(TOLD).forEach(text -> lines.add(kind + ": " + text));
          if (found.size() > TOLD) {
            lines.add(kind + ": and " + (found.size() - TOLD) + " more");
          }
        });
    return lines;
  }
}
