package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Runs an Express execution and answers when it has ended.
public final class StartSyncExecution
    implements Operation<StartSyncExecution.Request, StartSyncExecution.Answer> {
  private static final long MEMORY_STEP_MB = 64;
  private static final long DURATION_STEP_MS = 100;

  private final ExecutionService executions;

  /// Starts through these executions.
  public StartSyncExecution(ExecutionService executions) {
    this.executions = executions;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String stateMachineArn,
      @Member(min = 1, max = Limits.NAME) @Nullable String name,
      @Member(max = Limits.DATA, payload = true, sensitive = true) @Nullable String input,
      @Member(max = Limits.TRACE_HEADER, pattern = Limits.ASCII) @Nullable String traceHeader,
      @Member @Nullable IncludedData includedData) {}

  /// What is answered.
  public record Answer(
      String executionArn,
      String stateMachineArn,
      String name,
      Instant startDate,
      @Nullable Instant stopDate,
      ExecutionStatus status,
      @Nullable String error,
      @Nullable String cause,
      @Nullable String input,
      DataDetails inputDetails,
      @Nullable String output,
      DataDetails outputDetails,
      @Nullable String traceHeader,
      BillingDetails billingDetails) {}

  /// What AWS would bill for.
  public record BillingDetails(Long billedMemoryUsedInMB, Long billedDurationInMilliseconds) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    Execution done =
        executions.startSync(
            caller,
            new Execution.Start(
                request.stateMachineArn, request.name, request.input, request.traceHeader, null));
    boolean all = IncludedData.all(request.includedData);
    return new Answer(
        done.arn(),
        done.stateMachineArn(),
        done.name(),
        done.startedAt(),
        done.stoppedAt(),
        done.status(),
        done.error(),
        done.cause(),
        all ? done.input() : null,
        new DataDetails(all),
        all ? done.output() : null,
        new DataDetails(all),
        done.traceHeader(),
        billing(done));
  }

  /// Rounded up to AWS's steps.
  private static BillingDetails billing(Execution done) {
    Instant stopped = done.stoppedAt() == null ? done.startedAt() : done.stoppedAt();
    long millis = stopped.toEpochMilli() - done.startedAt().toEpochMilli();
    long steps = Math.max(1, Math.ceilDiv(millis, DURATION_STEP_MS));
    return new BillingDetails(MEMORY_STEP_MB, steps * DURATION_STEP_MS);
  }
}
