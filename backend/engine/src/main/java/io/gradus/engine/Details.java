package io.gradus.engine;

import io.gradus.asl.model.StateName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a history event says: AWS's event families. The wire name of an event is derived in one
/// place, [EventType].
public sealed interface Details {
  /// Why something failed or was stopped, for people; null where nobody said, and for what did not.
  default @Nullable String cause() {
    return null;
  }

  record ExecutionStarted(
      Payload input,
      String roleArn,
      @Nullable String stateMachineVersionArn,
      @Nullable String stateMachineAliasArn)
      implements Details {}

  record ExecutionSucceeded(Payload output) implements Details {}

  record ExecutionFailed(@Nullable String error, @Nullable String cause) implements Details {}

  record ExecutionTimedOut(@Nullable String error, @Nullable String cause) implements Details {}

  record ExecutionAborted(@Nullable String error, @Nullable String cause) implements Details {}

  record ExecutionRedriven(int redriveCount) implements Details {}

  record StateEntered(StateKind kind, StateName name, Payload input) implements Details {}

  /// `PassStateExited` and its kind.
  ///
  /// @param assigned variables by name, empty where the state assigns none
  record StateExited(StateKind kind, StateName name, Payload output, Map<String, Payload> assigned)
      implements Details {
    public StateExited {
      assigned = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(assigned));
    }
  }

  /// `TaskStateAborted`, `WaitStateAborted`, `ParallelStateAborted`, `MapStateAborted`.
  record StateAborted(StateKind kind) implements Details {}

  /// `ParallelStateStarted`.
  ///
  /// @param input what every branch begins with; not part of AWS's event
  record ParallelStarted(Payload input) implements Details {}

  record ParallelSucceeded() implements Details {}

  record ParallelFailed() implements Details {}

  record MapStarted(int length) implements Details {}

  record MapSucceeded() implements Details {}

  record MapFailed(@Nullable String error, @Nullable String cause) implements Details {}

  /// An item of a Map begins.
  ///
  /// @param input what the iteration begins with; not part of AWS's event
  record MapIterationStarted(StateName name, int index, Payload input) implements Details {}

  record MapIterationSucceeded(StateName name, int index) implements Details {}

  record MapIterationFailed(StateName name, int index) implements Details {}

  record MapIterationAborted(StateName name, int index) implements Details {}

  record MapRunStarted(String mapRunArn) implements Details {}

  record MapRunSucceeded() implements Details {}

  record MapRunFailed(@Nullable String error, @Nullable String cause) implements Details {}

  record MapRunAborted() implements Details {}

  record MapRunRedriven(String mapRunArn, int redriveCount) implements Details {}

  /// A call is about to be made.
  ///
  /// @param arguments the task's `parameters` (or `input`, for functions and activities)
  record TaskScheduled(
      TaskResource resource,
      Payload arguments,
      @Nullable Integer timeoutSeconds,
      @Nullable Integer heartbeatSeconds,
      @Nullable Payload credentials)
      implements Details {}

  /// A call is being made, or a worker took the task.
  ///
  /// @param workerName for activities
  record TaskStarted(TaskResource resource, @Nullable String workerName) implements Details {}

  record TaskSubmitted(TaskResource resource, Payload output) implements Details {}

  record TaskSucceeded(TaskResource resource, Payload output) implements Details {}

  /// Every way a task fails; `kind` and the resource's family give the event's name.
  record TaskFailed(
      TaskResource resource,
      Command.FailureKind kind,
      @Nullable String error,
      @Nullable String cause)
      implements Details {}

  record EvaluationFailed(String error, String cause, @Nullable String location, StateName state)
      implements Details {}
}
