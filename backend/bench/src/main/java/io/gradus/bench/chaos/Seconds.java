package io.gradus.bench.chaos;

import java.util.List;
import java.util.Locale;

/// Durations in words.
final class Seconds {
  private Seconds() {}

  static String line(String what, List<Double> seconds) {
    List<Double> sorted = seconds.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%s: n=%d p50=%.2f p99=%.2f max=%.2f s",
        what,
        sorted.size(),
        at(sorted, 0.5),
        at(sorted, 0.99),
        sorted.getLast());
  }

  private static double at(List<Double> sorted, double quantile) {
    return sorted.get((int) Math.ceil(quantile * sorted.size()) - 1);
  }
}
