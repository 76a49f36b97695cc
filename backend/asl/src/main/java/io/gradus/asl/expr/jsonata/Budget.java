package io.gradus.asl.expr.jsonata;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// What one evaluation may spend. The budget counts work and not time, so that the same expression
/// on the same input always ends the same way; a second on a core is the second lock, for work that
/// the counting misjudges. Time in which the thread was not let on a core, or the whole process
/// stood still, is nobody's work and does not count.
final class Budget {
  /// Units of work: about one per value made, eight characters written or read by a pattern.
  static final long UNITS = 20_000_000;

  /// Nested evaluations: an expression of ordinary depth uses a few dozen, a call of a recursive
  /// function about five.
  static final int DEPTH = 500;

  /// Of the thread's own time on a core.
  static final long NANOS = 1_000_000_000L;

  /// Of the clock's time, for threads whose own nobody measures: virtual ones.
  private static final long CLOCK_NANOS = 10 * NANOS;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  static final int CHARACTERS_PER_UNIT = 8;
  private static final int UNITS_PER_STEP = 4;

  /// How much is spent between two looks at the clock.
  private static final int UNITS_PER_LOOK = 1_000;

  private final long from = System.nanoTime();
  private final long given;
  private long left;

  /// The thread's own time at the first look: most evaluations end before.
  private long ownFrom;

  private boolean looked;
  private boolean late;
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
    return late ? UNITS : given - Math.max(0, left);
  }

  void spend(long units) {
    left -= units;
    if (left < 0) {
      throw Breach.time();
    }
    if (left < nextLook) {
      nextLook = left - UNITS_PER_LOOK;
      look();
    }
  }

  private void look() {
    if (!looked) {
      looked = true;
      ownFrom = own();
    } else if (System.nanoTime() - from > NANOS && isLate()) {
      late = true;
      throw Breach.time();
    }
  }

  private boolean isLate() {
    long own = own();
    return own < 0 ? System.nanoTime() - from > CLOCK_NANOS : own - ownFrom > NANOS;
  }

  /// Negative for a virtual thread.
  private static long own() {
    return Thread.currentThread().isVirtual() ? -1 : THREADS.getCurrentThreadCpuTime();
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
