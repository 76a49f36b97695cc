package io.gradus.engine;

/// The wire name (`HistoryEventType`) of an event, derived from its details.
public final class EventType {
  private EventType() {}

  public static String of(Details details) {
    return switch (details) {
      case Details.ExecutionStarted _ -> "ExecutionStarted";
      case Details.ExecutionSucceeded _ -> "ExecutionSucceeded";
      case Details.ExecutionFailed _ -> "ExecutionFailed";
      case Details.ExecutionTimedOut _ -> "ExecutionTimedOut";
      case Details.ExecutionAborted _ -> "ExecutionAborted";
      case Details.ExecutionRedriven _ -> "ExecutionRedriven";
      case Details.StateEntered d -> d.kind().wireName() + "StateEntered";
      case Details.StateExited d -> d.kind().wireName() + "StateExited";
      case Details.StateAborted d -> d.kind().wireName() + "StateAborted";
      case Details.ParallelStarted _ -> "ParallelStateStarted";
      case Details.ParallelSucceeded _ -> "ParallelStateSucceeded";
      case Details.ParallelFailed _ -> "ParallelStateFailed";
      case Details.MapStarted _ -> "MapStateStarted";
      case Details.MapSucceeded _ -> "MapStateSucceeded";
      case Details.MapFailed _ -> "MapStateFailed";
      case Details.MapIterationStarted _ -> "MapIterationStarted";
      case Details.MapIterationSucceeded _ -> "MapIterationSucceeded";
      case Details.MapIterationFailed _ -> "MapIterationFailed";
      case Details.MapIterationAborted _ -> "MapIterationAborted";
      case Details.MapRunStarted _ -> "MapRunStarted";
      case Details.MapRunSucceeded _ -> "MapRunSucceeded";
      case Details.MapRunFailed _ -> "MapRunFailed";
      case Details.MapRunAborted _ -> "MapRunAborted";
      case Details.MapRunRedriven _ -> "MapRunRedriven";
      case Details.TaskScheduled d -> d.resource().family().prefix() + "Scheduled";
      case Details.TaskStarted d -> d.resource().family().prefix() + "Started";
      case Details.TaskSubmitted d -> d.resource().family().prefix() + "Submitted";
      case Details.TaskSucceeded d -> d.resource().family().prefix() + "Succeeded";
      case Details.TaskFailed d -> d.resource().family().prefix() + suffix(d.kind());
      case Details.EvaluationFailed _ -> "EvaluationFailed";
    };
  }

  private static String suffix(Command.FailureKind kind) {
    return switch (kind) {
      case FAILED -> "Failed";
      case TIMED_OUT -> "TimedOut";
      case START_FAILED -> "StartFailed";
      case SUBMIT_FAILED -> "SubmitFailed";
      case SCHEDULE_FAILED -> "ScheduleFailed";
    };
  }
}
