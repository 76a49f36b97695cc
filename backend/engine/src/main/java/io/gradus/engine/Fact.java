package io.gradus.engine;

import io.gradus.asl.model.StateName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that happened to an execution. Its journal is the list of its facts, in order; state
/// is the fold of the journal.
public sealed interface Fact {
  FrameId frame();

  /// An event of AWS's history.
  ///
  /// @param id 1, 2, 3, … without gaps
  /// @param previousEventId the event before it in the same branch; 0 for the first
  record HistoryEvent(
      long id, long previousEventId, Instant timestamp, FrameId frame, Details details)
      implements Fact {}

  /// Engine-only: the state's error will be retried at the deadline.
  ///
  /// @param retrier which of the state's retriers counts this attempt
  record RetryArmed(FrameId frame, int retrier, Deadline deadline) implements Fact {}

  /// Engine-only: a Wait runs until the deadline.
  record WaitArmed(FrameId frame, Deadline deadline) implements Fact {}

  /// Engine-only: what a Map runs over, after `MapStateStarted`.
  ///
  /// @param maxConcurrency 0 means no limit of its own
  /// @param tolerance how many failed items the Map bears, null where none
  record ItemsResolved(
      FrameId frame,
      Payload items,
      Payload effectiveInput,
      int maxConcurrency,
      @Nullable Tolerance tolerance)
      implements Fact {}

  /// Engine-only: what a Map Run runs over, after `MapRunStarted`.
  ///
  /// @param mapRunId the last part of its ARN
  /// @param items null where they are read
  /// @param keyed whether the items are the members of an object
  record MapRunResolved(
      FrameId frame,
      String mapRunId,
      Instant startedAt,
      @Nullable Payload items,
      boolean keyed,
      Payload effectiveInput,
      Frame.Phase.InMapRun.@Nullable Batching batching,
      Frame.Phase.InMapRun.@Nullable Source source,
      Frame.Phase.InMapRun.@Nullable Sink sink,
      MapProgress progress)
      implements Fact {}

  /// Engine-only: how far a Map Run has come. It says all, not what is new, so that only the last
  /// one counts: those that no event goes with are not stored, and a history does not grow with the
  /// number of items.
  record MapRunMoved(FrameId frame, MapProgress progress) implements Fact {}

  /// Engine-only: a branch of a Parallel came to its end with the output of its last exit.
  record BranchFinished(FrameId frame) implements Fact {}

  /// Engine-only: a branch or item failed, and with it the Parallel or Map around it; its siblings
  /// are gone.
  record BranchFailed(FrameId frame) implements Fact {}

  /// Engine-only, after `ExecutionStarted`: the execution begins in the middle, with what another
  /// one had come to there. Its own input is the state's.
  ///
  /// @param frame the root
  /// @param variables those of the root's scope
  record Forked(FrameId frame, StateName state, Map<String, Payload> variables) implements Fact {}

  /// Engine-only: a decision stopped before entering `next`.
  record Yielded(FrameId frame, StateName next, Payload input) implements Fact {}

  /// How much failure a Map bears.
  ///
  /// @param percentage 0 to 100
  record Tolerance(@Nullable Integer count, @Nullable Double percentage) {}
}
