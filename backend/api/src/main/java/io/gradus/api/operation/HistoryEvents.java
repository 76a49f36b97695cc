package io.gradus.api.operation;

import io.gradus.engine.Details;
import io.gradus.engine.EventType;
import io.gradus.engine.Fact;
import io.gradus.engine.TaskResource;
import io.gradus.service.execution.EventDetails;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes history events in AWS's form: each kind has its own member for its details.
final class HistoryEvents {
  private final EventDetails details;

  HistoryEvents(String region) {
    this.details = new EventDetails(region);
  }

  /// The event as the answer's JSON.
  ///
  /// @param data whether payloads are told
  Map<String, Object> write(Fact.HistoryEvent event, boolean data) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("timestamp", event.timestamp());
    out.put("type", EventType.of(event.details()));
    out.put("id", event.id());
    out.put("previousEventId", event.previousEventId());
    String member = memberOf(event.details());
    if (member != null) {
      out.put(member, details.of(event.details(), data));
    }
    return out;
  }

  /// The name of the details' member, null where AWS says nothing of that kind.
  private static @Nullable String memberOf(Details details) {
    return switch (details) {
      case Details.StateEntered _ -> "stateEnteredEventDetails";
      case Details.StateExited _ -> "stateExitedEventDetails";
      case Details.TaskStarted d
          when d.resource().family() == TaskResource.Family.LAMBDA_FUNCTION ->
          null;
      case Details.StateAborted _,
          Details.ParallelStarted _,
          Details.ParallelSucceeded _,
          Details.ParallelFailed _,
          Details.MapSucceeded _,
          Details.MapFailed _,
          Details.MapRunSucceeded _,
          Details.MapRunAborted _ ->
          null;
      case Details.ExecutionStarted _,
          Details.ExecutionSucceeded _,
          Details.ExecutionFailed _,
          Details.ExecutionTimedOut _,
          Details.ExecutionAborted _,
          Details.ExecutionRedriven _,
          Details.MapStarted _,
          Details.MapIterationStarted _,
          Details.MapIterationSucceeded _,
          Details.MapIterationFailed _,
          Details.MapIterationAborted _,
          Details.MapRunStarted _,
          Details.MapRunFailed _,
          Details.MapRunRedriven _,
          Details.TaskScheduled _,
          Details.TaskStarted _,
          Details.TaskSubmitted _,
          Details.TaskSucceeded _,
          Details.TaskFailed _,
          Details.EvaluationFailed _ ->
          lowerFirst(EventType.of(details)) + "EventDetails";
    };
  }

  private static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
