package io.gradus.store.commit;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows around an execution that change with one transition of it.
public record SideRows(
    List<FrameRow> frames,
    List<String> framesGone,
    List<TaskRow> tasksOpened,
    List<TaskId> tasksClosed,
    List<TimerRow> timersArmed,
    List<String> timersDisarmed,
    List<InboxRow> sent,
    List<String> consumed,
    MapRows maps) {
  public static final SideRows NONE =
      new SideRows(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /// Without Map Runs.
  public SideRows(
      List<FrameRow> frames,
      List<String> framesGone,
      List<TaskRow> tasksOpened,
      List<TaskId> tasksClosed,
      List<TimerRow> timersArmed,
      List<String> timersDisarmed,
      List<InboxRow> sent,
      List<String> consumed) {
    this(
        frames,
        framesGone,
        tasksOpened,
        tasksClosed,
        timersArmed,
        timersDisarmed,
        sent,
        consumed,
        MapRows.NONE);
  }

  public record FrameRow(String frameId, byte[] state) {}

  /// A task that is completed from outside.
  ///
  /// @param kind the code of its `Effect.TaskKind`
  /// @param input what GetActivityTask hands out; null for other tasks
  public record TaskRow(
      TaskId task,
      int kind,
      @Nullable UUID activityId,
      byte @Nullable [] input,
      @Nullable Integer heartbeatSeconds) {}

  public record TimerRow(String timerId, Instant due) {}

  /// A message to another execution of the same tenant.
  ///
  /// @param sourceId unique at the receiver, so that it arrives once
  public record InboxRow(ExecutionKey to, String sourceId, int kind, byte[] payload) {}

  public boolean isEmpty() {
    return frames.isEmpty()
        && framesGone.isEmpty()
        && tasksOpened.isEmpty()
        && tasksClosed.isEmpty()
        && timersArmed.isEmpty()
        && timersDisarmed.isEmpty()
        && sent.isEmpty()
        && consumed.isEmpty()
        && maps.isEmpty();
  }
}
