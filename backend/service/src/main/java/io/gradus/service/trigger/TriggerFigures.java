package io.gradus.service.trigger;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// What this node's triggers have come to since its start.
public final class TriggerFigures {
  private final Map<Kind, Map<Outcome, AtomicLong>> counts = new EnumMap<>(Kind.class);

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

  /// Nothing has come yet.
  public TriggerFigures() {
    for (Kind kind : Kind.values()) {
      Map<Outcome, AtomicLong> of = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        of.put(outcome, new AtomicLong());
      }
      counts.put(kind, of);
    }
  }

  /// How often that came of it.
  public long count(Kind kind, Outcome outcome) {
    return of(kind, outcome).get();
  }

  void add(Kind kind, Outcome outcome) {
    of(kind, outcome).incrementAndGet();
  }

  private AtomicLong of(Kind kind, Outcome outcome) {
    return Objects.requireNonNull(Objects.requireNonNull(counts.get(kind)).get(outcome));
  }
}
