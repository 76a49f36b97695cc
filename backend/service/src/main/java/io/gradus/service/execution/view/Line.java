package io.gradus.service.execution.view;

import io.gradus.engine.FrameId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of work: the execution's own, a branch of a Parallel, or an item of a Map.
public final class Line {
  private final FrameId frame;
  private final @Nullable Visit around;
  private final Instant startedAt;
  private long startedEvent;
  private VisitStatus status = VisitStatus.RUNNING;
  private @Nullable Instant endedAt;
  private long lastEvent;
  private final List<Visit> visits = new ArrayList<>(2);
  private List<Assigned> assignments = List.of();

  /// Variables that a state assigned.
  ///
  /// @param event the exit that has their values
  public record Assigned(long event, List<String> names) {
    public Assigned {
      names = List.copyOf(names);
    }
  }

  Line(FrameId frame, @Nullable Visit around, Instant startedAt) {
    this.frame = frame;
    this.around = around;
    this.startedAt = startedAt;
  }

  public FrameId frame() {
    return frame;
  }

  /// The Parallel or Map that it is part of; null for the execution's own.
  public @Nullable Visit around() {
    return around;
  }

  public Instant startedAt() {
    return startedAt;
  }

  /// The event that has an item's input; 0 for branches and the execution's own.
  public long startedEvent() {
    return startedEvent;
  }

  public VisitStatus status() {
    return status;
  }

  public @Nullable Instant endedAt() {
    return endedAt;
  }

  /// The state it is in, or was in last; null before the first.
  public @Nullable Visit current() {
    return visits.isEmpty() ? null : visits.getLast();
  }

  /// The states it went through, in order.
  public List<Visit> visits() {
    return Collections.unmodifiableList(visits);
  }

  /// What its states assigned, in order.
  public List<Assigned> assignments() {
    return Collections.unmodifiableList(assignments);
  }

  long lastEvent() {
    return lastEvent;
  }

  void startedBy(long event) {
    startedEvent = event;
  }

  void event(long id) {
    lastEvent = id;
  }

  void enters(Visit visit) {
    visits.add(visit);
  }

  void assigns(Assigned assigned) {
    if (assignments.isEmpty()) {
      assignments = new ArrayList<>(2);
    }
    assignments.add(assigned);
  }

  void stands(VisitStatus now, @Nullable Instant at) {
    status = now;
    endedAt = at;
  }
}
