package io.gradus.bench.chaos.simulation;

import io.gradus.bench.chaos.check.Note;
import io.gradus.bench.chaos.check.Note.Outcome;
import io.gradus.bench.chaos.check.Recording;
import io.gradus.bench.chaos.check.WorkerCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Time, chance, and what everybody saw. Time passes only when nothing is left to do in it.
final class World {
  private static final Instant BEGINNING = Instant.parse("2026-03-01T10:00:00Z");
  private static final long MICROS = 1_000_000L;

  final SplittableRandom random;
  final PlantedFault fault;
  final Plan plan;
  final ModelDatabase database;

  /// Until when each incarnation holds its lease, as the database has it.
  final Map<Integer, Instant> leases = new HashMap<>();

  final List<WorkerCall> calls = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowMicros;
  private long tie;
  private long numbers;
  private int incarnations;
  private int commits;
  private boolean healed;

  private record Event(long at, long tie, Runnable work) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int times = Long.compare(at, other.at);
      return times != 0 ? times : Long.compare(tie, other.tie);
    }
  }

  World(SplittableRandom random, PlantedFault fault, Plan plan) {
    this.random = random;
    this.fault = fault;
    this.plan = plan;
    this.database = new ModelDatabase(fault);
  }

  Instant now() {
    return BEGINNING.plusNanos(nowMicros * 1_000);
  }

  double seconds() {
    return (double) nowMicros / MICROS;
  }

  /// Does it after so many microseconds.
  void after(long micros, Runnable work) {
    // Of what comes at once, chance says what comes first.
    events.add(
        new Event(nowMicros + Math.max(0, micros), ((long) random.nextInt(8) << 24) + tie++, work));
  }

  /// A duration of chance, in microseconds.
  long between(double leastSeconds, double mostSeconds) {
    return (long) ((leastSeconds + random.nextDouble() * (mostSeconds - leastSeconds)) * MICROS);
  }

  /// Does what comes next; false when nothing is left.
  boolean step() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    nowMicros = next.at();
    next.work().run();
    return true;
  }

  long nextNumber() {
    return ++numbers;
  }

  int nextIncarnation() {
    return ++incarnations;
  }

  CommitFate nextCommit() {
    return healed ? CommitFate.DONE : plan.commit(commits++);
  }

  /// How many commits were sent before it was healed.
  int commits() {
    return commits;
  }

  boolean strikes() {
    return !healed && plan.strikes();
  }

  /// Nothing goes wrong any more.
  void heal() {
    healed = true;
  }

  boolean isHealed() {
    return healed;
  }

  void note(
      long call,
      Outcome type,
      String tenant,
      String operation,
      String subject,
      @Nullable String value) {
    notes.add(new Note(call, type, tenant, operation, subject, value, now()));
  }

  Recording recording() {
    return new Recording(
        notes, calls, database.executions(), database.runs(), database.leftovers());
  }
}
