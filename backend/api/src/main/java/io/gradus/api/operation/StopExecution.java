package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.execution.ExecutionService;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Ends an execution from outside.
public final class StopExecution implements Operation<StopExecution.Request, StopExecution.Answer> {
  private final ExecutionService executions;

  /// Stops among these executions.
  public StopExecution(ExecutionService executions) {
    this.executions = executions;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String executionArn,
      @Member(max = Limits.ERROR, sensitive = true) @Nullable String error,
      @Member(max = Limits.CAUSE, sensitive = true) @Nullable String cause) {}

  /// What is answered.
  public record Answer(Instant stopDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    return new Answer(executions.stop(caller, request.executionArn, request.error, request.cause));
  }
}
