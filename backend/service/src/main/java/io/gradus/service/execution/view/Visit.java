package io.gradus.service.execution.view;

import io.gradus.engine.FrameId;
import io.gradus.engine.StateKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One visit of a state, from entering to leaving it. It knows in which events its payloads stand,
/// and no payload.
public final class Visit {
  private static final Tally NOTHING_INSIDE = new Tally();

  private final int index;
  private final FrameId frame;
  private final String state;
  private final StateKind kind;
  private final long enteredEvent;
  private final Instant enteredAt;
  private VisitStatus status = VisitStatus.RUNNING;
  private List<Attempt> attempts = List.of();
  private @Nullable String resourceType;
  private boolean waitsForToken;
  private int retries;
  private @Nullable Instant due;
  private long failedEvent;
  private @Nullable String error;
  private boolean resultKnown;
  private long exitedEvent;
  private @Nullable Instant endedAt;
  private long endedEvent;
  private boolean awaitsRetry;
  private int expected;
  private @Nullable String mapRun;
  private final Tally inner;
  private List<FrameId> children = List.of();
  private int firstChildNow;

  Visit(int index, FrameId frame, String state, StateKind kind, long enteredEvent, Instant at) {
    this.index = index;
    this.frame = frame;
    this.state = state;
    this.kind = kind;
    this.enteredEvent = enteredEvent;
    this.enteredAt = at;
    this.inner = kind == StateKind.MAP || kind == StateKind.PARALLEL ? new Tally() : NOTHING_INSIDE;
  }

  /// Its place among all visits, in the order of entering.
  public int index() {
    return index;
  }

  /// The branch or item it belongs to.
  public FrameId frame() {
    return frame;
  }

  public String state() {
    return state;
  }

  public StateKind kind() {
    return kind;
  }

  /// The event that has its input.
  public long enteredEvent() {
    return enteredEvent;
  }

  public Instant enteredAt() {
    return enteredAt;
  }

  public VisitStatus status() {
    return status;
  }

  /// In order; empty for states that try nothing.
  public List<Attempt> attempts() {
    return Collections.unmodifiableList(attempts);
  }

  /// What its task calls, such as `lambda`; null before it is scheduled and for other kinds.
  public @Nullable String resourceType() {
    return resourceType;
  }

  /// How often it was retried, the coming retry included.
  public int retries() {
    return retries;
  }

  /// When it goes on by itself: the retry that is due, or the end of its Wait.
  public @Nullable Instant due() {
    return due;
  }

  /// The event that has its error and cause; 0 for none.
  public long failedEvent() {
    return failedEvent;
  }

  /// The error it met last; null for none.
  public @Nullable String error() {
    return error;
  }

  /// The event that has its output and the variables it assigned; 0 where it was not left.
  public long exitedEvent() {
    return exitedEvent;
  }

  public @Nullable Instant endedAt() {
    return endedAt;
  }

  /// The event at which it ended, or what is around it did; 0 while it goes on.
  public long endedEvent() {
    return endedEvent;
  }

  /// How many branches or items it runs over; 0 where that is not known.
  public int expected() {
    return expected;
  }

  /// The id of the Map Run that its last attempt began; null where it has none.
  public @Nullable String mapRun() {
    return mapRun;
  }

  /// How its branches or items stand, in its last attempt.
  public Tally inner() {
    return inner;
  }

  /// The frames of its branches or items so far, of all attempts.
  public List<FrameId> children() {
    return Collections.unmodifiableList(children);
  }

  void begin(long event, Instant at) {
    if (attempts.isEmpty()) {
      attempts = new ArrayList<>(1);
    }
    attempts.add(new Attempt(event, at));
    due = null;
    resultKnown = false;
    endedAt = null;
    awaitsRetry = false;
    firstChildNow = children.size();
    if (inner != NOTHING_INSIDE) {
      inner.clear();
    }
  }

  /// A redrive takes it up again.
  ///
  /// @return whether it goes on with the branches or items that it has, in place of trying anew
  boolean goesOn(long event, Instant at) {
    if (inner == NOTHING_INSIDE || attempts.isEmpty() || awaitsRetry) {
      return false;
    }
    attempts.add(new Attempt(event, at));
    return true;
  }

  /// The frames of its branches or items in its last attempt.
  List<FrameId> childrenNow() {
    return children.subList(firstChildNow, children.size());
  }

  void calls(String type, boolean byToken) {
    resourceType = type;
    waitsForToken = byToken;
  }

  void taken(@Nullable String worker) {
    Attempt attempt = attempt();
    if (attempt != null) {
      attempt.taken(worker);
    }
  }

  /// Whether it waits for its token from now on.
  boolean submitted(long event, Instant at) {
    Attempt attempt = attempt();
    if (attempt != null) {
      attempt.submitted(event, at, waitsForToken);
    }
    return attempt != null && waitsForToken;
  }

  @Nullable Attempt attempt() {
    return attempts.isEmpty() ? null : attempts.getLast();
  }

  void fails(long event, @Nullable String with) {
    failedEvent = event;
    error = with;
    resultKnown = false;
  }

  void hasResult() {
    resultKnown = true;
  }

  boolean isResultKnown() {
    return resultKnown;
  }

  void retries(Instant at) {
    retries++;
    due = at;
    awaitsRetry = true;
  }

  void waitsUntil(Instant at) {
    due = at;
  }

  void expects(int count) {
    expected = count;
  }

  void runs(String mapRunArn) {
    mapRun = mapRunArn.substring(mapRunArn.lastIndexOf(':') + 1);
  }

  void holds(FrameId child) {
    if (children.isEmpty()) {
      children = new ArrayList<>();
    }
    children.add(child);
  }

  void exits(long event) {
    exitedEvent = event;
  }

  /// Only for [ExecutionCourse], which counts.
  void stands(VisitStatus now, @Nullable Instant ended, long event) {
    status = now;
    endedAt = ended;
    endedEvent = ended == null ? 0 : event;
    if (ended != null) {
      due = null;
      Attempt last = attempt();
      if (last != null) {
        last.end(failedEvent, ended, now == VisitStatus.FAILED || now == VisitStatus.CAUGHT, error);
      }
    }
  }
}
