package io.gradus.service.trigger;

import java.util.concurrent.atomic.AtomicLongArray;

/// What this node's triggers have come to since its start.
public final class TriggerFigures {
  private final AtomicLongArray counts =
      new AtomicLongArray(Kind.values().length * Outcome.values().length);

  /// What makes a trigger fire.
  public enum Kind {
    SCHEDULE,
    WEBHOOK,
    QUEUE
  }

  /// What came of an event.
  public enum Outcome {
    /// An execution, perhaps one that the same event had started before.
    STARTED,
    /// Nothing: its input, its state machine or the trigger does not allow it.
    REFUSED,
    /// Nothing for now: a rate or a limit; it is tried again, by us or by who sent it.
    POSTPONED,
    /// Nothing: a request did not prove that it may.
    DENIED
  }

  /// How often that came of it.
  public long count(Kind kind, Outcome outcome) {
    return counts.get(at(kind, outcome));
  }

  void add(Kind kind, Outcome outcome) {
    counts.incrementAndGet(at(kind, outcome));
  }

  private static int at(Kind kind, Outcome outcome) {
    return kind.ordinal() * Outcome.values().length + outcome.ordinal();
  }
}
