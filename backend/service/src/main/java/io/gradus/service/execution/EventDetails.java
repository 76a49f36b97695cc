package io.gradus.service.execution;

import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Details;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskResource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What AWS tells of a history event besides its kind: in GetExecutionHistory's answers and in
/// logs.
public final class EventDetails {
  private static final Map<String, Object> WHOLE = Map.of("truncated", false);

  private final String region;

  /// @param region that tasks are called in
  public EventDetails(String region) {
    this.region = region;
  }

  /// The fields of an event's details; empty where AWS says nothing of that kind.
  ///
  /// @param data whether payloads are told
  public Map<String, Object> of(Details details, boolean data) {
    return new Fields(data).of(details);
  }

  /// Gathers the fields.
  private final class Fields {
    private final boolean data;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    Fields(boolean data) {
      this.data = data;
    }

    Map<String, Object> of(Details details) {
      switch (details) {
        case Details.ExecutionStarted d ->
            payload("input", d.input())
                .put("roleArn", d.roleArn())
                .put("stateMachineVersionArn", d.stateMachineVersionArn())
                .put("stateMachineAliasArn", d.stateMachineAliasArn());
        case Details.ExecutionSucceeded d -> payload("output", d.output());
        case Details.ExecutionFailed d -> failure(d.error(), d.cause());
        case Details.ExecutionTimedOut d -> failure(d.error(), d.cause());
        case Details.ExecutionAborted d -> failure(d.error(), d.cause());
        case Details.ExecutionRedriven d -> put("redriveCount", d.redriveCount());
        case Details.StateEntered d -> put("name", d.name().value()).payload("input", d.input());
        case Details.StateExited d -> exited(d);
        case Details.MapStarted d -> put("length", d.length());
        case Details.MapIterationStarted d -> iteration(d.name().value(), d.index());
        case Details.MapIterationSucceeded d -> iteration(d.name().value(), d.index());
        case Details.MapIterationFailed d -> iteration(d.name().value(), d.index());
        case Details.MapIterationAborted d -> iteration(d.name().value(), d.index());
        case Details.MapRunStarted d -> put("mapRunArn", d.mapRunArn());
        case Details.MapRunFailed d -> failure(d.error(), d.cause());
        case Details.MapRunRedriven d ->
            put("mapRunArn", d.mapRunArn()).put("redriveCount", d.redriveCount());
        case Details.TaskScheduled d -> scheduled(d);
        case Details.TaskStarted d -> started(d);
        case Details.TaskSubmitted d -> resource(d.resource()).payload("output", d.output());
        case Details.TaskSucceeded d -> resource(d.resource()).payload("output", d.output());
        case Details.TaskFailed d -> failed(d);
        case Details.EvaluationFailed d ->
            failure(d.error(), d.cause())
                .put("location", d.location())
                .put("state", d.state().value());
        case Details.StateAborted _,
            Details.ParallelStarted _,
            Details.ParallelSucceeded _,
            Details.ParallelFailed _,
            Details.MapSucceeded _,
            Details.MapFailed _,
            Details.MapRunSucceeded _,
            Details.MapRunAborted _ -> {}
      }
      return fields;
    }

    private Fields put(String name, @Nullable Object value) {
      if (value != null) {
        fields.put(name, value);
      }
      return this;
    }

    private Fields payload(String name, Payload payload) {
      if (data) {
        fields.put(name, payload.toString());
        fields.put(name + "Details", WHOLE);
      }
      return this;
    }

    private Fields failure(@Nullable String error, @Nullable String cause) {
      return put("error", error).put("cause", cause);
    }

    private Fields iteration(String name, int index) {
      return put("name", name).put("index", index);
    }

    /// Events of functions and activities do not repeat what they are of; those of tasks do.
    private Fields resource(TaskResource resource) {
      return resource.family() == TaskResource.Family.TASK
          ? put("resourceType", resource.type()).put("resource", resource.resource())
          : this;
    }

    private void exited(Details.StateExited exited) {
      put("name", exited.name().value()).payload("output", exited.output());
      if (data && !exited.assigned().isEmpty()) {
        Map<String, String> assigned = new LinkedHashMap<>();
        exited.assigned().forEach((name, value) -> assigned.put(name, value.toString()));
        put("assignedVariables", assigned).put("assignedVariablesDetails", WHOLE);
      }
    }

    private void scheduled(Details.TaskScheduled scheduled) {
      TaskResource resource = scheduled.resource();
      if (resource.family() == TaskResource.Family.TASK) {
        resource(resource).put("region", region);
        if (data) {
          put("parameters", scheduled.arguments().toString());
        }
      } else {
        put("resource", resource.resource()).payload("input", scheduled.arguments());
      }
      put("timeoutInSeconds", scheduled.timeoutSeconds());
      put("heartbeatInSeconds", scheduled.heartbeatSeconds());
      if (scheduled.credentials() != null
          && resource.family() != TaskResource.Family.ACTIVITY
          && scheduled.credentials().json().get("RoleArn") != null) {
        put(
            "taskCredentials",
            Map.of("roleArn", scheduled.credentials().json().get("RoleArn").asString()));
      }
    }

    private void started(Details.TaskStarted started) {
      resource(started.resource()).put("workerName", started.workerName());
    }

    private void failed(Details.TaskFailed failed) {
      // A schedule that failed never reached a resource of its own.
      if (failed.kind() != FailureKind.SCHEDULE_FAILED) {
        resource(failed.resource());
      }
      failure(failed.error(), failed.cause());
    }
  }
}
