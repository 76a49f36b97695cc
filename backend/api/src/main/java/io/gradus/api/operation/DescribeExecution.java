package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Shows an execution.
public final class DescribeExecution
    implements Operation<DescribeExecution.Request, DescribeExecution.Answer> {
  private final ExecutionService executions;

  /// Looks among these executions.
  public DescribeExecution(ExecutionService executions) {
    this.executions = executions;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String executionArn,
      @Member @Nullable IncludedData includedData) {}

  /// What is answered.
  public record Answer(
      String executionArn,
      String stateMachineArn,
      String name,
      ExecutionStatus status,
      Instant startDate,
      @Nullable Instant stopDate,
      @Nullable String input,
      DataDetails inputDetails,
      @Nullable String output,
      @Nullable DataDetails outputDetails,
      @Nullable String traceHeader,
      @Nullable String mapRunArn,
      @Nullable String error,
      @Nullable String cause,
      @Nullable String stateMachineVersionArn,
      @Nullable String stateMachineAliasArn,
      Integer redriveCount,
      @Nullable Instant redriveDate,
      RedriveStatus redriveStatus,
      @Nullable String redriveStatusReason) {}

  /// Whether the execution could be redriven.
  public enum RedriveStatus {
    REDRIVABLE,
    NOT_REDRIVABLE,
    REDRIVABLE_BY_MAP_RUN
  }

  private static RedriveStatus redriveStatus(Execution found) {
    if (found.notRedrivable() != null) {
      return RedriveStatus.NOT_REDRIVABLE;
    }
    return found.mapRunArn() == null
        ? RedriveStatus.REDRIVABLE
        : RedriveStatus.REDRIVABLE_BY_MAP_RUN;
  }

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    Execution found = executions.describe(caller, request.executionArn);
    boolean all = IncludedData.all(request.includedData);
    return new Answer(
        found.arn(),
        found.stateMachineArn(),
        found.name(),
        found.status(),
        found.startedAt(),
        found.stoppedAt(),
        all ? found.input() : null,
        new DataDetails(all),
        all ? found.output() : null,
        found.output() == null ? null : new DataDetails(all),
        found.traceHeader(),
        found.mapRunArn(),
        found.error(),
        found.cause(),
        found.stateMachineVersionArn(),
        found.stateMachineAliasArn(),
        found.redriveCount(),
        found.redrivenAt(),
        redriveStatus(found),
        found.notRedrivable());
  }
}
