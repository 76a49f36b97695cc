package io.gradus.bench.chaos.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What the check of a run found.
public final class Verdict {
  /// The ways in which an engine can be wrong.
  public enum Kind {
    /// Acknowledged and not there, not ended, or ended other than it had to.
    LOST,
    /// Happened twice, or after the end, or by or for somebody who had no part in it.
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

  /// Notes a violation.
  public void add(Kind kind, String what) {
    of(kind).add(what);
  }

  /// What was found of a kind, in words.
  public List<String> of(Kind kind) {
    return violations.computeIfAbsent(kind, _ -> new ArrayList<>());
  }

  /// Whether nothing was found.
  public boolean isClean() {
    return violations.values().stream().allMatch(List::isEmpty);
  }

  /// The line that other programs read.
  public String line() {
    return "executions=%d lost=%d duplicated=%d gaps=%d early=%d"
        .formatted(
            executions,
            of(Kind.LOST).size(),
            of(Kind.DUPLICATED).size(),
            of(Kind.GAP).size(),
            of(Kind.EARLY).size());
  }

  /// The first of each kind, a line each.
  public List<String> told() {
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
