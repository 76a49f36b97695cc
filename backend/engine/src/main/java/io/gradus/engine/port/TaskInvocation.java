package io.gradus.engine.port;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.StateName;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One call that a Task makes.
///
/// @param retry how often the state was retried before
/// @param token the task token
/// @param timeout how long the state will wait at most; null where it has no timeout
/// @param due when it will have waited for so long, in the engine's time; null as `timeout`
/// @param childMocks given results for the execution that the call starts, as a start takes them;
///   null for none
public record TaskInvocation(
    ExecutionKey execution,
    String executionArn,
    TaskId task,
    StateName state,
    Resource resource,
    Payload arguments,
    int retry,
    String token,
    @Nullable Payload credentials,
    @Nullable Duration timeout,
    @Nullable Instant due,
    @Nullable Payload childMocks) {

  /// A call that starts no execution on mocks.
  public TaskInvocation(
      ExecutionKey execution,
      String executionArn,
      TaskId task,
      StateName state,
      Resource resource,
      Payload arguments,
      int retry,
      String token,
      @Nullable Payload credentials,
      @Nullable Duration timeout,
      @Nullable Instant due) {
    this(
        execution,
        executionArn,
        task,
        state,
        resource,
        arguments,
        retry,
        token,
        credentials,
        timeout,
        due,
        null);
  }

  /// The same for every delivery of the same attempt, so that a peer can tell a repeated call.
  public String idempotencyKey() {
    return execution.id() + "." + task.frame().value() + "." + task.attempt();
  }
}
