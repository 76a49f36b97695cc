package io.gradus.engine;

import io.gradus.asl.model.StateName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// An execution at one moment: a tree of frames and what is common to them. Immutable.
///
/// @param input null before it is started
/// @param output set when it has succeeded
/// @param error set when it has failed, timed out or was stopped with one
/// @param timeout of the whole execution, null where the definition has none
/// @param redrivenAt when it was last taken up again, null if never
public record Execution(
    ExecutionInfo info,
    ExecutionStatus status,
    long lastEventId,
    @Nullable Payload input,
    @Nullable Payload output,
    @Nullable String error,
    @Nullable String cause,
    @Nullable Instant stoppedAt,
    int redriveCount,
    @Nullable Deadline timeout,
    PMap<FrameId, Frame> frames,
    @Nullable Instant redrivenAt) {

  /// One that was never redriven.
  public Execution(
      ExecutionInfo info,
      ExecutionStatus status,
      long lastEventId,
      @Nullable Payload input,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause,
      @Nullable Instant stoppedAt,
      int redriveCount,
      @Nullable Deadline timeout,
      PMap<FrameId, Frame> frames) {
    this(
        info,
        status,
        lastEventId,
        input,
        output,
        error,
        cause,
        stoppedAt,
        redriveCount,
        timeout,
        frames,
        null);
  }

  /// An execution to which nothing has happened yet.
  public static Execution fresh(ExecutionInfo info) {
    return new Execution(
        info,
        ExecutionStatus.RUNNING,
        0,
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        HashTreePMap.empty());
  }

  /// The same with the input it will be started with.
  public Execution withInput(Payload input) {
    return new Execution(
        info,
        status,
        lastEventId,
        input,
        output,
        error,
        cause,
        stoppedAt,
        redriveCount,
        timeout,
        frames,
        redrivenAt);
  }

  /// The same, to be started before that state of its definition's top level.
  ///
  /// @param variables of the root's scope
  public Execution forkedAt(StateName state, Payload at, Map<String, Payload> variables) {
    return withInput(at)
        .withFrame(
            new Frame(
                FrameId.ROOT,
                0,
                HashTreePMap.from(variables),
                null,
                new Frame.Phase.Ready(state, at)));
  }

  public Execution withFrame(Frame frame) {
    return withFrames(frames.plus(frame.id(), frame));
  }

  public Execution withFrames(PMap<FrameId, Frame> changed) {
    return new Execution(
        info,
        status,
        lastEventId,
        input,
        output,
        error,
        cause,
        stoppedAt,
        redriveCount,
        timeout,
        changed,
        redrivenAt);
  }

  public Execution withLastEventId(long id) {
    return new Execution(
        info,
        status,
        id,
        input,
        output,
        error,
        cause,
        stoppedAt,
        redriveCount,
        timeout,
        frames,
        redrivenAt);
  }

  /// The frame of that name.
  ///
  /// @throws IllegalStateException if there is none
  public Frame frame(FrameId id) {
    Frame frame = frames.get(id);
    if (frame == null) {
      throw new IllegalStateException("expected frame " + id + ", found none");
    }
    return frame;
  }
}
