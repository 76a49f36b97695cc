package io.gradus.engine;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.port.ItemReader;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the outside world tells an execution. One that comes too late is [Decision.Rejected].
public sealed interface Command {
  /// The first command of every execution.
  record StartExecution() implements Command {}

  /// A worker took up an activity task.
  record TaskStarted(TaskId task, @Nullable String workerName) implements Command {}

  /// The call that a `.sync` or `.waitForTaskToken` task makes first came back; the task goes on.
  record TaskSubmitted(TaskId task, Payload output) implements Command {}

  record TaskSucceeded(TaskId task, Payload output) implements Command {}

  record TaskFailed(TaskId task, FailureKind kind, ErrorName error, @Nullable String cause)
      implements Command {}

  record TaskHeartbeat(TaskId task) implements Command {}

  record TimerFired(TimerId timer) implements Command {}

  record StopExecution(@Nullable String error, @Nullable String cause) implements Command {}

  /// Goes on where an earlier decision stopped because it had run for long enough.
  record Continue() implements Command {}

  /// A child execution of a Map Run came to its end.
  ///
  /// @param startedEventId the Map Run's `MapRunStarted`
  /// @param index its place among the children
  /// @param items how many of the Map's items it had
  /// @param redrivable whether it could be taken up again, did it not succeed
  record ChildEnded(
      FrameId frame,
      long startedEventId,
      long index,
      ExecutionStatus status,
      int items,
      boolean redrivable)
      implements Command {}

  /// A page of a Map Run's items was read.
  ///
  /// @param taken how many items the Map Run had before
  /// @param next where the next page begins; null when there is none
  record ItemsRead(
      FrameId frame,
      long startedEventId,
      long taken,
      List<ItemReader.Item> items,
      @Nullable String next)
      implements Command {
    public ItemsRead {
      items = List.copyOf(items);
    }
  }

  /// Children of a Map Run that did not succeed, to be taken up again: those that come next.
  ///
  /// @param after the place after which they were looked for
  /// @param not children that cannot be taken up again, and their items
  /// @param last whether there are no more
  record RedrivesPicked(
      FrameId frame,
      long startedEventId,
      long after,
      List<Picked> picked,
      Picked.Not not,
      boolean last)
      implements Command {
    public RedrivesPicked {
      picked = List.copyOf(picked);
    }
  }

  /// A child that is to be taken up again.
  ///
  /// @param input of an Express one, which is run anew; null for a Standard one
  record Picked(UUID id, long index, int items, @Nullable Payload input) {
    /// How many cannot be.
    ///
    /// @param through the place of the last one that was looked at
    public record Not(long children, long items, long through) {}
  }

  /// The children that were picked are open again.
  record ChildrenReopened(FrameId frame, long startedEventId, String opening) implements Command {}

  /// The outputs of a Map Run's children, in their order.
  ///
  /// @param written what is in the result files; null where there are none
  record ResultsGathered(
      FrameId frame, long startedEventId, Payload results, MapProgress.@Nullable Written written)
      implements Command {}

  /// The outputs of a Map Run's children cannot be put together, or its items not be read.
  record MapRunHindered(FrameId frame, long startedEventId, ErrorName error, String cause)
      implements Command {}

  /// Other bounds for a Map Run that runs; null leaves one as it is.
  record UpdateMapRun(
      UUID mapRunId,
      @Nullable Integer maxConcurrency,
      @Nullable Integer toleratedFailureCount,
      @Nullable Double toleratedFailurePercentage)
      implements Command {}

  /// Where in its life a task failed; each has an event of its own.
  enum FailureKind {
    FAILED,
    TIMED_OUT,
    START_FAILED,
    SUBMIT_FAILED,
    SCHEDULE_FAILED
  }
}
