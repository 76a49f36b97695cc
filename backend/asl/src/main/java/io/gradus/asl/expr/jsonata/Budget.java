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
  private final long given;
  private long left;
  private int depth;
  private long nextLook;
  private int characters;

  /// @param most what is left of that which it shares with others
  Budget(long most) {
    given = Math.min(UNITS, most);
    left = given;
    nextLook = given - UNITS_PER_LOOK;
  }

  /// What was spent. Time that the counting misjudged counts for the work that it could have been.
  long spent() {
    long time = NANOS - (deadline - System.nanoTime());
    return time > NANOS ? UNITS : given - Math.max(0, left);
  }

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
