package io.gradus.integrations.aws.job;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How the jobs that one call begins are looked at and stopped.
interface JobKind {
  /// A call of the service that began the job.
  ///
  /// @param operation as in a resource ARN (`describeTasks`)
  record Call(String operation, ObjectNode request) {}

  /// How a job stands.
  sealed interface Standing {
    enum Running implements Standing {
      RUNNING
    }

    /// @param output the task's result
    record Succeeded(JsonNode output) implements Standing {}

    /// @param description becomes the cause of `States.TaskFailed`, as JSON
    record Failed(JsonNode description) implements Standing {}
  }

  /// What the service calls the job, enough to look at it and to stop it.
  ///
  /// @param request what the job was begun with
  /// @param answer what the service said
  /// @return empty if the answer says that nothing was begun
  Optional<ObjectNode> handle(JsonNode request, JsonNode answer);

  Call look(JsonNode handle);

  /// How the job stands by the answer to [#look].
  Standing standing(JsonNode answer);

  /// Whether the job has done its work when the service does not know its object any more.
  default boolean endsWhenGone() {
    return false;
  }

  /// Ends the job; empty where its service has no call for that.
  Optional<Call> stop(JsonNode handle);
}
