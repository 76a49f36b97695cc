package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.execution.ExecutionService;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Takes an execution that did not succeed up again where it failed.
public final class RedriveExecution
    implements Operation<RedriveExecution.Request, RedriveExecution.Answer> {
  private final ExecutionService executions;

  /// Redrives among these executions.
  public RedriveExecution(ExecutionService executions) {
    this.executions = executions;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String executionArn,
      @Member(min = 1, max = 64, pattern = "[!-~]+") @Nullable String clientToken) {}

  /// What is answered.
  public record Answer(Instant redriveDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    return new Answer(executions.redrive(caller, request.executionArn, request.clientToken));
  }
}
