package io.gradus.integrations.aws.job;

import io.gradus.engine.PayloadJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `eks:runJob`: a Job of Kubernetes, which tells by its conditions how it ended. Its description
/// is the result, with the logs of its pods where they are asked for.
public final class KubernetesJob implements JobKind {
  /// Asks for the Job, and for its logs when it has ended.
  public static final String LOOK = "runJob.look";

  /// Deletes the Job with its pods.
  public static final String STOP = "runJob.stop";

  /// What of the task's arguments it takes to find the Job again.
  private static final List<String> KEPT =
      List.of("ClusterName", "CertificateAuthority", "Endpoint", "Namespace", "LogOptions");

  @Override
  public Optional<ObjectNode> handle(JsonNode request, JsonNode answer) {
    JsonNode name = answer.at("/ResponseBody/metadata/name");
    if (!name.isString()) {
      return Optional.empty();
    }
    ObjectNode handle = PayloadJson.MAPPER.createObjectNode();
    for (String field : KEPT) {
      if (request.hasNonNull(field)) {
        handle.set(field, request.get(field));
      }
    }
    handle.set("Name", name);
    return Optional.of(handle);
  }

  @Override
  public Call look(JsonNode handle) {
    return new Call(LOOK, (ObjectNode) handle.deepCopy());
  }

  @Override
  public Standing standing(JsonNode answer) {
    if (has(answer, "Complete")) {
      return new Standing.Succeeded(answer);
    }
    return has(answer, "Failed") ? new Standing.Failed(answer) : Standing.Running.RUNNING;
  }

  /// Whether a Job has ended, one way or the other.
  public static boolean isOver(JsonNode job) {
    return has(job, "Complete") || has(job, "Failed");
  }

  private static boolean has(JsonNode job, String condition) {
    for (JsonNode one : job.at("/status/conditions")) {
      if (one.path("type").asString("").equals(condition)
          && one.path("status").asString("").equals("True")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Optional<Call> stop(JsonNode handle) {
    return Optional.of(new Call(STOP, (ObjectNode) handle.deepCopy()));
  }
}
