package io.gradus.store.commit;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One execution's step from one version to the next, with all that changes around it.
///
/// @param version what the row must have; it gets one more
/// @param movedBy unique for every attempt of every node, for finding out what became of a commit
/// @param owner the incarnation that holds it, 0 to park it
/// @param error that it ended with, null where it did not or none was told; kept as far as lists
///   need it
/// @param run the facts, null where there are none
public record Transition(
    ExecutionKey key,
    long version,
    long movedBy,
    int owner,
    ExecutionStatus status,
    @Nullable Instant stoppedAt,
    long lastEventId,
    byte[] state,
    @Nullable String error,
    @Nullable HistoryRun run,
    SideRows rows) {
  private static final int LONGEST_ERROR = 256;

  public Transition {
    error = error == null ? null : kept(error);
  }

  /// One that does not end with an error.
  public Transition(
      ExecutionKey key,
      long version,
      long movedBy,
      int owner,
      ExecutionStatus status,
      @Nullable Instant stoppedAt,
      long lastEventId,
      byte[] state,
      @Nullable HistoryRun run,
      SideRows rows) {
    this(key, version, movedBy, owner, status, stoppedAt, lastEventId, state, null, run, rows);
  }

  /// What the database takes of an error, whatever its author wrote: no NUL, no half character, and
  /// no more than its index has room for.
  private static String kept(String error) {
    StringBuilder kept = new StringBuilder();
    error
        .codePoints()
        .limit(LONGEST_ERROR)
        .map(
            c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? '?' : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  /// One row of history.
  ///
  /// @param firstEventId the id of its first event
  /// @param logged null where none of its events is logged
  public record HistoryRun(long firstEventId, byte[] events, @Nullable Logged logged) {
    /// One of which nothing is logged, or that was read.
    public HistoryRun(long firstEventId, byte[] events) {
      this(firstEventId, events, null);
    }

    /// What the log has to know of a run.
    ///
    /// @param redriveCount of the execution, when the run was written
    public record Logged(int redriveCount) {}
  }

  /// About how many bytes it puts on the wire.
  public int size() {
    int size = 200 + state.length + (run == null ? 0 : run.events().length);
    for (SideRows.FrameRow frame : rows.frames()) {
      size += 60 + frame.state().length;
    }
    return size;
  }
}
