package io.gradus.bench;

import java.util.Map;

/// One thing that is measured. What it measures is the same from one version to the next.
interface Workload {
  /// `W1`, …
  String name();

  /// What it does, in a line.
  String title();

  /// Runs it.
  ///
  /// @return figures by name, in the order they are printed
  /// @throws Exception if there is nothing to report
  Map<String, Double> run(Options options) throws Exception;
}
