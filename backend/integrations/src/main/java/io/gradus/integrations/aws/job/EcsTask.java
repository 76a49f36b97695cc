package io.gradus.integrations.aws.job;

import io.gradus.engine.PayloadJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `ecs:runTask`. A task has ended when it has stopped, and succeeded when its essential containers
/// ended with 0: a container without an exit code never ran.
final class EcsTask implements JobKind {
  @Override
  public Optional<ObjectNode> handle(JsonNode request, JsonNode answer) {
    JsonNode task = answer.at("/Tasks/0");
    if (!task.path("TaskArn").isString()) {
      return Optional.empty();
    }
    ObjectNode handle = PayloadJson.MAPPER.createObjectNode();
    handle.set("Task", task.get("TaskArn"));
    JsonNode cluster =
        task.path("ClusterArn").isString() ? task.get("ClusterArn") : request.get("Cluster");
    if (cluster != null) {
      handle.set("Cluster", cluster);
    }
    return Optional.of(handle);
  }

  @Override
  public Call look(JsonNode handle) {
    ObjectNode request = of(handle);
    request.putArray("Tasks").add(handle.path("Task"));
    return new Call("describeTasks", request);
  }

  @Override
  public Standing standing(JsonNode answer) {
    JsonNode task = answer.at("/Tasks/0");
    if (task.isMissingNode()) {
      // ECS forgets stopped tasks after an hour.
      return answer.at("/Failures/0").isMissingNode()
          ? Standing.Running.RUNNING
          : new Standing.Failed(answer);
    }
    if (!task.path("LastStatus").asString("").equals("STOPPED")) {
      return Standing.Running.RUNNING;
    }
    return ranWell(task) ? new Standing.Succeeded(task) : new Standing.Failed(task);
  }

  private static boolean ranWell(JsonNode task) {
    if (!task.path("StopCode")
        .asString("EssentialContainerExited")
        .equals("EssentialContainerExited")) {
      return false;
    }
    for (JsonNode container : task.path("Containers")) {
      if (container.path("ExitCode").asInt(-1) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<Call> stop(JsonNode handle) {
    ObjectNode request = of(handle);
    request.set("Task", handle.path("Task"));
    request.put("Reason", JobKinds.STOPPED);
    return Optional.of(new Call("stopTask", request));
  }

  private static ObjectNode of(JsonNode handle) {
    ObjectNode request = PayloadJson.MAPPER.createObjectNode();
    if (handle.has("Cluster")) {
      request.set("Cluster", handle.get("Cluster"));
    }
    return request;
  }
}
