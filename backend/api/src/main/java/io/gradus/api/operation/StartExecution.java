package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Starts an execution; asking again with the same name and input is answered the same while it
/// runs.
public final class StartExecution
    implements Operation<StartExecution.Request, StartExecution.Answer> {
  private final ExecutionService executions;

  /// Starts through these executions.
  public StartExecution(ExecutionService executions) {
    this.executions = executions;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String stateMachineArn,
      @Member(min = 1, max = Limits.NAME) @Nullable String name,
      @Member(max = Limits.DATA, payload = true, sensitive = true) @Nullable String input,
      @Member(max = Limits.TRACE_HEADER, pattern = Limits.ASCII) @Nullable String traceHeader) {}

  /// What is answered.
  public record Answer(String executionArn, Instant startDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    Execution.Started started =
        executions.start(
            caller,
            new Execution.Start(
                request.stateMachineArn, request.name, request.input, request.traceHeader, null));
    return new Answer(started.arn(), started.startedAt());
  }
}
