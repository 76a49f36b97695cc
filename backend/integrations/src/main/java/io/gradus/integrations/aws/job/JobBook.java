package io.gradus.integrations.aws.job;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.port.TaskInvocation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where jobs are kept while tasks wait for them. Whoever keeps them has [JobDesk] look at each
/// from time to time, on any node, and tells the task how it ended.
public interface JobBook {
  /// A job that a task waits for.
  ///
  /// @param resource the task's resource ARN
  /// @param credentials the task's `Credentials`; null for none
  /// @param handle what the service calls the job
  /// @param answer what the service said when the job was begun
  record Job(
      ExecutionKey execution,
      TaskId task,
      String executionArn,
      String resource,
      @Nullable Payload credentials,
      JsonNode handle,
      JsonNode answer) {
    static Job of(TaskInvocation task, JsonNode handle, JsonNode answer) {
      return new Job(
          task.execution(),
          task.task(),
          task.executionArn(),
          task.resource().arn(),
          task.credentials(),
          handle,
          answer);
    }
  }

  /// Keeps the job; it is durable when this returns. Waits while the database is away.
  void begin(Job job);

  /// The job of a task that was called before.
  Optional<Job> find(ExecutionKey execution, TaskId task);

  /// Nothing is left to do about the job of that task.
  void end(ExecutionKey execution, TaskId task);
}
