package io.gradus.service.execution.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One try of a state's work: a task's call, or one run over all of a Parallel's branches or a
/// Map's items.
public final class Attempt {
  private final long startedEvent;
  private final Instant startedAt;
  private @Nullable Instant submittedAt;
  private long submittedEvent;
  private @Nullable Instant callbackSince;
  private long endedEvent;
  private @Nullable Instant endedAt;
  private boolean failed;
  private @Nullable String error;
  private @Nullable String worker;

  Attempt(long startedEvent, Instant startedAt) {
    this.startedEvent = startedEvent;
    this.startedAt = startedAt;
  }

  /// The event that began it, which has a task's arguments.
  public long startedEvent() {
    return startedEvent;
  }

  public Instant startedAt() {
    return startedAt;
  }

  /// When its call came back while the task goes on.
  public @Nullable Instant submittedAt() {
    return submittedAt;
  }

  /// The event that has what its call answered; 0 for none.
  public long submittedEvent() {
    return submittedEvent;
  }

  /// Since when it waits for its token to come back; null where it does not.
  public @Nullable Instant callbackSince() {
    return callbackSince;
  }

  /// The event that ended it, which has its result, or its error and cause; 0 while it goes on.
  public long endedEvent() {
    return endedEvent;
  }

  public @Nullable Instant endedAt() {
    return endedAt;
  }

  public boolean failed() {
    return failed;
  }

  /// What it failed with; null where it did not, or gave no name.
  public @Nullable String error() {
    return error;
  }

  /// Who took it up, for activities.
  public @Nullable String worker() {
    return worker;
  }

  void taken(@Nullable String by) {
    worker = by;
  }

  void submitted(long event, Instant at, boolean waitsForToken) {
    submittedEvent = event;
    submittedAt = at;
    callbackSince = waitsForToken ? at : null;
  }

  void end(long event, Instant at, boolean asFailed, @Nullable String with) {
    if (endedAt == null) {
      endedEvent = event;
      endedAt = at;
      failed = asFailed;
      error = with;
    }
  }
}
