package io.gradus.engine;

import io.gradus.asl.model.StateName;
import java.time.Instant;
import java.util.Collection;
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
/// @param waitingBytes of the outputs of branches and items that are through and wait for others
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
    @Nullable Instant redrivenAt,
    long waitingBytes) {

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
        null,
        0);
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
        redrivenAt,
        waitingBytes);
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
    return waiting(changed, waitingBytes);
  }

  /// The same with a branch or item that is through, and whose output waits for the others.
  ///
  /// @param parent where it stands now
  public Execution withFinished(Frame branch, Payload output, Frame parent) {
    Frame finished = branch.withPhase(new Frame.Phase.Finished(output));
    return waiting(
        frames.plus(finished.id(), finished).plus(parent.id(), parent),
        waitingBytes + output.size());
  }

  /// The same without these frames, and without what waited in them.
  public Execution without(Collection<FrameId> gone) {
    long waited = 0;
    for (FrameId id : gone) {
      if (frame(id).phase() instanceof Frame.Phase.Finished finished) {
        waited += finished.output().size();
      }
    }
    // What was stored before these bytes were counted has none.
    return waiting(frames.minusAll(gone), Math.max(0, waitingBytes - waited));
  }

  private Execution waiting(PMap<FrameId, Frame> changed, long bytes) {
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
        redrivenAt,
        bytes);
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
        redrivenAt,
        waitingBytes);
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
