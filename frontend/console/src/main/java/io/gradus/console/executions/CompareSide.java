package io.gradus.console.executions;

import io.gradus.service.Caller;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.execution.view.ExecutionCourse;
import io.gradus.service.execution.view.Visit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of two executions that are compared, as far as the page knows it. Guarded by the session's
/// lock.
final class CompareSide {
  /// Commits read at a time.
  private static final int BATCH = 2_000;

  private final ExecutionFinder.Opened opened;
  private final Traced traced = new Traced(new ExecutionCourse());
  private volatile long next = 1;

  private CompareSide(ExecutionFinder.Opened opened) {
    this.opened = opened;
  }

  /// Reads an execution as far as it went, a part at a time.
  static CompareSide read(Caller caller, ExecutionFinder finder, String machine, String name) {
    CompareSide side = new CompareSide(finder.open(caller, machine, name));
    ExecutionLookup.Outline part;
    do {
      part = side.unread(caller, finder);
      side.apply(part);
    } while (part.isMore());
    return side;
  }

  /// What happened since; also without the session's lock.
  ExecutionLookup.Outline unread(Caller caller, ExecutionFinder finder) {
    return finder.outline(caller, opened.row(), next, BATCH);
  }

  /// Folds what happened since.
  void apply(ExecutionLookup.Outline part) {
    course().apply(part.facts());
    traced.follow();
    next = course().events().size() + 1L;
  }

  ExecutionFinder.Opened opened() {
    return opened;
  }

  ExecutionFinder.Row row() {
    return opened.row();
  }

  ExecutionCourse course() {
    return traced.course();
  }

  /// With its visits by their states.
  Traced traced() {
    return traced;
  }

  /// The visits of a state, in order.
  List<Visit> visits(String state) {
    return traced.visits(state);
  }

  /// Whether a state gave its items to child executions.
  boolean hasMapRun(String state) {
    return visits(state).stream().anyMatch(visit -> visit.mapRun() != null);
  }

  /// The state of the other one from which it goes on; null where it does not.
  @Nullable String forkedAt(CompareSide other) {
    ExecutionLookup.Origin origin = opened.origin();
    return origin != null
            && origin.stateMachine().equals(other.row().stateMachine())
            && origin.name().equals(other.row().name())
        ? origin.state()
        : null;
  }
}
