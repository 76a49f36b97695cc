package io.gradus.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Values of one kind, for medians and percentiles.
final class Samples {
  private final List<Double> values = Collections.synchronizedList(new ArrayList<>());

  void add(double value) {
    values.add(value);
  }

  int size() {
    return values.size();
  }

  double median() {
    return percentile(50);
  }

  /// The smallest value that at least `percent` of all do not exceed.
  double percentile(double percent) {
    List<Double> sorted;
    synchronized (values) {
      sorted = values.stream().sorted().toList();
    }
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(percent / 100 * sorted.size()) - 1;
    return sorted.get(Math.max(0, index));
  }
}
