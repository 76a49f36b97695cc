package io.gradus.asl.expr.jsonata;

/// What one evaluation may spend. The budget counts work and not time, so that the same expression
/// on the same input always ends the same way; the deadline is the second lock, for work that the
/// counting misjudges.
final class Budget {
  /// Units of work: about one per value made and thirty-two characters written.
  static final long UNITS = 8_000_000;

  /// Nested evaluations: an expression of ordinary depth uses a few dozen, a call of a recursive
  /// function about five.
  static final int DEPTH = 1_000;

  static final long NANOS = 1_000_000_000L;
  private static final int CLOCK_MASK = 0xFF;

  private final long deadline = System.nanoTime() + NANOS;
  private long left = UNITS;
  private int depth;
  private int ticks;

  void spend(long units) {
    left -= units;
    if (left < 0) {
      throw new Breach("The expression exceeds the evaluation limits");
    }
    if ((++ticks & CLOCK_MASK) == 0) {
      checkTime();
    }
  }

  void checkTime() {
    if (System.nanoTime() - deadline > 0) {
      throw new Breach("The expression evaluation timed out");
    }
  }

  void enter() {
    spend(4);
    if (++depth > DEPTH) {
      throw new Breach("The expression is nested or recurses too deeply");
    }
  }

  void leave() {
    depth--;
  }
}
