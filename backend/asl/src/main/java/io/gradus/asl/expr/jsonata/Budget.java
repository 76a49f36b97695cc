package io.gradus.asl.expr.jsonata;

/// What one evaluation may spend. The budget counts work and not time, so that the same expression
/// on the same input always ends the same way; the deadline is the second lock, for work that the
/// counting misjudges.
final class Budget {
  /// Units of work: about one per value made, eight characters written or read by a pattern.
  static final long UNITS = 20_000_000;

  /// Nested evaluations: an expression of ordinary depth uses a few dozen, a call of a recursive
  /// function about five.
  static final int DEPTH = 500;

  static final long NANOS = 1_000_000_000L;
  static final int CHARACTERS_PER_UNIT = 8;
  private static final int UNITS_PER_STEP = 4;

  /// How much is spent between two looks at the clock.
  private static final int UNITS_PER_LOOK = 1_000;

  private final long deadline = System.nanoTime() + NANOS;
  private long left = UNITS;
  private int depth;
  private long nextLook = UNITS - UNITS_PER_LOOK;
  private int characters;

  void spend(long units) {
    left -= units;
    if (left < 0) {
      throw Breach.time();
    }
    if (left < nextLook) {
      nextLook = left - UNITS_PER_LOOK;
      if (System.nanoTime() - deadline > 0) {
        throw Breach.time();
      }
    }
  }

  void readCharacter() {
    if (++characters == CHARACTERS_PER_UNIT) {
      characters = 0;
      spend(1);
    }
  }

  void enter() {
    spend(UNITS_PER_STEP);
    if (++depth > DEPTH) {
      throw Breach.depth();
    }
  }

  void leave() {
    depth--;
  }
}
