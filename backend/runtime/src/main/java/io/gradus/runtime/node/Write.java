package io.gradus.runtime.node;

import io.gradus.engine.Effect;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.engine.TimerId;
import io.gradus.store.commit.Transition.HistoryRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All that one transition stores, as one unit.
///
/// @param version the one it follows; 0 for a start
/// @param owner the incarnation that has the execution from now on; 0 when it is parked
/// @param movedBy tells this very write from every other
/// @param stoppedAt null while it runs
/// @param state encoded
/// @param error that it ended with; null where it did not, or none was told
/// @param run its events; null when there are none
/// @param notes rows put into inboxes: the parent's, or its own
/// @param birth the rest of the row of a start; null for the others
record Write(
    ExecutionKey key,
    long version,
    int owner,
    long movedBy,
    ExecutionStatus status,
    @Nullable Instant stoppedAt,
    byte[] state,
    @Nullable String error,
    @Nullable Run run,
    long lastEventId,
    Rows rows,
    List<Note> notes,
    @Nullable Birth birth) {

  /// @param facts encoded
  /// @param logged null where none of its events is logged
  record Run(long firstEventId, byte[] facts, HistoryRun.@Nullable Logged logged) {}

  /// Rows that come and go with it.
  record Rows(
      List<StoredFrame> frames,
      List<FrameId> goneFrames,
      List<OpenTask> tasks,
      Set<TaskId> goneTasks,
      Map<TimerId, Instant> timers,
      Set<TimerId> goneTimers,
      Set<String> consumed,
      Maps maps) {
    static final Rows NONE =
        new Rows(
            List.of(), List.of(), List.of(), Set.of(), Map.of(), Set.of(), Set.of(), Maps.NONE);

    boolean isEmpty() {
      return frames.isEmpty()
          && goneFrames.isEmpty()
          && tasks.isEmpty()
          && goneTasks.isEmpty()
          && timers.isEmpty()
          && goneTimers.isEmpty()
          && consumed.isEmpty()
          && maps.equals(Maps.NONE);
    }
  }

  /// What becomes of Map Runs with it.
  ///
  /// @param stopped Map Runs whose children are to end
  record Maps(List<Effect.RecordMapRun> mapRuns, List<ChildWrite> children, Set<UUID> stopped) {
    static final Maps NONE = new Maps(List.of(), List.of(), Set.of());
  }

  /// The first write of a child of a Map Run.
  record ChildWrite(Write write, Effect.StartChild start, String name, Instant startedAt) {}

  /// @param state encoded
  record StoredFrame(FrameId id, byte[] state) {}

  /// @param activityId whose workers may have it; null for other tasks
  /// @param input what a worker gets; null for other tasks
  record OpenTask(
      TaskId task, Effect.TaskKind kind, @Nullable UUID activityId, byte @Nullable [] input) {}

  /// A row of an inbox.
  public record Note(ExecutionKey to, String sourceId, byte[] message) {}

  /// What an estimate of its size in the message is.
  long weight() {
    long weight = 200L + state.length + (run == null ? 0 : run.facts().length);
    weight += 200L * (rows.tasks().size() + rows.timers().size() + notes.size());
    for (ChildWrite child : rows.maps().children()) {
      weight += 200L + child.write().weight();
    }
    for (StoredFrame frame : rows.frames()) {
      weight += 100L + frame.state().length;
    }
    return weight;
  }
}
