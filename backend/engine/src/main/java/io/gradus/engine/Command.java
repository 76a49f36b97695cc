package io.gradus.engine;

import io.gradus.asl.model.ErrorName;
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

  /// Where in its life a task failed; each has an event of its own.
  enum FailureKind {
    FAILED,
    TIMED_OUT,
    START_FAILED,
    SUBMIT_FAILED,
    SCHEDULE_FAILED
  }
}
