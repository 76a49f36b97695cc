package io.gradus.console.executions;

import java.util.Locale;

/// Writes how many there are, with the thousands apart: a history goes up to 25,000.
final class Counts {
  private Counts() {}

  static String of(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String events(long count) {
    return count == 1 ? "1 event" : of(count) + " events";
  }
}
