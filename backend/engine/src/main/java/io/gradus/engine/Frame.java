package io.gradus.engine;

import io.gradus.asl.model.StateName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PVector;

/// One line of work of an execution: the root, a branch of a Parallel or an item of a Map.
///
/// @param lastEventId the last event of this branch, the predecessor of its next one
/// @param variables assigned in this frame's own scope
/// @param at where it stands; null before its first state
public record Frame(
    FrameId id, long lastEventId, PMap<String, Payload> variables, @Nullable At at, Phase phase) {

  /// The state a frame is in.
  ///
  /// @param previousEventId the event before the one that entered the state
  /// @param input the state's raw input
  /// @param retries how often each of the state's retriers has retried, by position; empty until
  ///   one has
  public record At(
      StateName state,
      long enteredEventId,
      long previousEventId,
      Instant enteredAt,
      Payload input,
      PVector<Integer> retries) {
    /// Retries so far in all: `State.RetryCount` of the context object.
    public int retryCount() {
      int sum = 0;
      for (int r : retries) {
        sum += r;
      }
      return sum;
    }
  }

  /// What a frame is doing.
  public sealed interface Phase {
    /// In its state, which has not yet said what to wait for.
    enum Entered implements Phase {
      ENTERED
    }

    /// Between two states (or past the last one).
    record Exited(Payload output) implements Phase {}

    /// About to enter `next`: a decision stopped here.
    record Ready(StateName next, Payload input) implements Phase {}

    /// A task was scheduled and is not over.
    ///
    /// @param arguments what the task was called with, to call it again after a crash
    record AwaitingTask(
        long attempt,
        boolean started,
        boolean submitted,
        Payload arguments,
        @Nullable Payload credentials,
        @Nullable Integer heartbeatSeconds,
        @Nullable Deadline timeout,
        @Nullable Deadline heartbeat)
        implements Phase {}

    /// An error waits to be retried.
    ///
    /// @param eventId the event that armed the timer
    record AwaitingRetry(long eventId, Deadline deadline) implements Phase {}

    record AwaitingWait(long eventId, Deadline deadline) implements Phase {}

    record InParallel(long startedEventId, int total, int finished) implements Phase {}

    /// Items stay a cursor: only `started` of `total` have frames.
    record InMap(
        long startedEventId,
        Payload items,
        Payload effectiveInput,
        int total,
        int started,
        int finished,
        int failed,
        int maxConcurrency,
        Fact.@Nullable Tolerance tolerance)
        implements Phase {
      public int running() {
        return started - finished - failed;
      }
    }

    /// A distributed Map, whose items are child executions of their own.
    ///
    /// @param startedEventId its `MapRunStarted`
    /// @param id of the Map Run
    /// @param items null where they are read, see `source`
    /// @param keyed whether the items are the members of an object
    /// @param batching null where each item has a child of its own
    /// @param source null where the items are there already
    /// @param sink null where the results are not written out
    record InMapRun(
        long startedEventId,
        String id,
        Instant startedAt,
        @Nullable Payload items,
        boolean keyed,
        Payload effectiveInput,
        @Nullable Batching batching,
        @Nullable Source source,
        @Nullable Sink sink,
        MapProgress progress,
        int redriveCount,
        @Nullable Instant redrivenAt)
        implements Phase {

      /// @param maxItems 0 means no limit of its own
      public record Batching(int maxItems, int maxBytes, @Nullable Payload batchInput) {}

      /// @param maxItems 0 means all
      public record Source(Payload readerConfig, Payload readerArguments, long maxItems) {}

      public record Sink(Payload writerArguments) {}

      /// The same, further on.
      public InMapRun at(MapProgress further) {
        return new InMapRun(
            startedEventId,
            id,
            startedAt,
            items,
            keyed,
            effectiveInput,
            batching,
            source,
            sink,
            further,
            redriveCount,
            redrivenAt);
      }

      /// The same, taken up again.
      public InMapRun redriven(Instant at) {
        return new InMapRun(
            startedEventId,
            id,
            startedAt,
            items,
            keyed,
            effectiveInput,
            batching,
            source,
            sink,
            progress.redriven(),
            redriveCount + 1,
            at);
      }

      /// How many items there are in all; null while that is not known.
      public @Nullable Long total() {
        if (items != null) {
          return (long) items.json().size();
        }
        if (progress.exhausted()) {
          return progress.items();
        }
        // The files of one that failed have those as well that were not handed out.
        return progress.written() == null ? null : (Long) progress.written().items();
      }
    }

    /// A branch or item that is through and waits for the others.
    record Finished(Payload output) implements Phase {}
  }

  public Frame withPhase(Phase phase) {
    return new Frame(id, lastEventId, variables, at, phase);
  }
}
