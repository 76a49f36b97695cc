package io.gradus.engine;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.StateName;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is to be done in the outside world once the decision is durable.
///
/// [OpenTask], [CloseTask], [ArmTimer] with a stored deadline, and [DisarmTimer] of one are rows of
/// the same commit; the others come after it.
public sealed interface Effect {
  /// Call the resource. At least once: the same `task` is the same call.
  ///
  /// @param retry how often this state was retried before (0 for the first attempt)
  /// @param token the task token, given to every task
  /// @param credentials the evaluated `Credentials`, null where the state has none
  record InvokeTask(
      TaskId task,
      StateName state,
      Resource resource,
      Payload arguments,
      int retry,
      @Nullable String token,
      @Nullable Payload credentials)
      implements Effect {}

  /// The task stays open past its call: it is completed by token, worker or child.
  record OpenTask(TaskId task, TaskKind kind, Resource resource, @Nullable Deadline deadline)
      implements Effect {}

  /// The task is over before its work said so, or its open row is no longer needed. Running work
  /// may be cancelled, best effort.
  ///
  /// @param stored whether [OpenTask] made a row for it, which goes in the same commit
  record CloseTask(TaskId task, boolean stored) implements Effect {}

  record ArmTimer(TimerId timer, Deadline deadline) implements Effect {}

  record DisarmTimer(TimerId timer, Deadline deadline) implements Effect {}

  /// A child execution of a Map Run begins. It is stored in the same commit.
  ///
  /// @param mapRun what names the Map Run to its children
  /// @param index 0 for the first child of the Map Run
  /// @param items how many of the Map's items its input holds
  record StartChild(MapRunKey mapRun, long index, int items, Payload input) implements Effect {}

  /// What others see of a Map Run, stored in the same commit.
  record RecordMapRun(FrameId frame, MapRun mapRun) implements Effect {}

  /// The children of a Map Run that still run are to end. The message to each is stored in the same
  /// commit.
  record StopChildren(UUID mapRunId) implements Effect {}

  /// Read the next page of a Map Run's items; send [Command.ItemsRead].
  ///
  /// @param source where from; its resource stands in the state
  /// @param cursor what the page before said; null for the first
  /// @param taken how many items the Map Run has so far
  record ReadItems(
      MapRunKey mapRun,
      Frame.Phase.InMapRun.Source source,
      @Nullable String cursor,
      long taken,
      int maxItems,
      int maxBytes)
      implements Effect {}

  /// Look up the next children of a Map Run that did not succeed; send [Command.RedrivesPicked].
  ///
  /// @param after the place after which to look
  record PickRedrives(MapRunKey mapRun, long after, int limit) implements Effect {}

  /// Take children of a Map Run up again where they failed; send [Command.ChildrenReopened]. Doing
  /// so again with the same count changes nothing.
  ///
  /// @param opening `id:index:items` of each, with commas between
  /// @param redriveCount of the Map Run
  record ReopenChildren(MapRunKey mapRun, String opening, int redriveCount) implements Effect {}

  /// Put the outputs of a Map Run's children together, in their order, or write them out; of one
  /// that fails, those as well that were not started. Send [Command.ResultsGathered].
  ///
  /// @param maxBytes of the result; 0 for the most that can be
  record GatherResults(MapRunKey mapRun, long children, int maxBytes) implements Effect {}

  /// A Map Run, as its children know it.
  ///
  /// @param startedEventId its `MapRunStarted`, which tells it from others of the same frame
  record MapRunKey(FrameId frame, long startedEventId, UUID id, StateName state, boolean express) {}

  /// The decision stopped after its share of work; send [Command.Continue].
  record Proceed() implements Effect {}

  /// The execution reached its end.
  record Finished(ExecutionStatus status) implements Effect {}

  /// Who completes an open task.
  enum TaskKind {
    CALLBACK(0),
    ACTIVITY(1),
    SYNC(2),
    /// A callback whose worker is a person.
    APPROVAL(3);

    private final int code;

    TaskKind(int code) {
      this.code = code;
    }

    /// What the database stores.
    public int code() {
      return code;
    }
  }
}
