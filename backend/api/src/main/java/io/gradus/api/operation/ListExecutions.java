package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.api.page.PageTokens;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.MapRunService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists a state machine's executions, newest first.
public final class ListExecutions
    implements Operation<ListExecutions.Request, ListExecutions.Answer> {
  private final ExecutionService executions;
  private final MapRunService mapRuns;
  private final PageTokens tokens;

  /// Lists these executions.
  public ListExecutions(ExecutionService executions, MapRunService mapRuns, PageTokens tokens) {
    this.executions = executions;
    this.mapRuns = mapRuns;
    this.tokens = tokens;
  }

  /// What is asked.
  public record Request(
      @Member(min = 1, max = Limits.ARN) @Nullable String stateMachineArn,
      @Member @Nullable Status statusFilter,
      @Member(max = Limits.PAGE) @Nullable Integer maxResults,
      @Member(min = 1, max = Limits.EXECUTIONS_PAGE_TOKEN) @Nullable String nextToken,
      @Member(min = 1, max = Limits.LONG_ARN) @Nullable String mapRunArn,
      @Member @Nullable RedriveFilter redriveFilter) {}

  /// A status to filter by, in the order that AWS lists them in its errors.
  public enum Status {
    SUCCEEDED,
    TIMED_OUT,
    PENDING_REDRIVE,
    ABORTED,
    FAILED,
    RUNNING
  }

  /// Whether to list what was redriven, or what was not.
  public enum RedriveFilter {
    REDRIVEN,
    NOT_REDRIVEN
  }

  /// What is answered.
  public record Answer(List<Item> executions, @Nullable String nextToken) {}

  /// An execution in the list.
  public record Item(
      String executionArn,
      String stateMachineArn,
      String name,
      ExecutionStatus status,
      Instant startDate,
      @Nullable Instant stopDate,
      @Nullable String stateMachineVersionArn,
      @Nullable String stateMachineAliasArn,
      @Nullable String mapRunArn,
      Integer redriveCount,
      @Nullable Instant redriveDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    if (request.mapRunArn != null) {
      if (request.stateMachineArn != null) {
        throw new Refusal(
            ErrorCode.VALIDATION,
            "Must provide either StateMachineARN or MapRunARN to ListExecutions");
      }
      return children(caller, request, request.mapRunArn);
    }
    if (request.stateMachineArn == null) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "Must provide either StateMachineARN or MapRunARN to ListExecutions");
    }
    PageTokens.Scope scope =
        tokens.scope(
            caller,
            name(),
            request.stateMachineArn,
            String.valueOf(request.statusFilter),
            String.valueOf(request.redriveFilter));
    Page<Execution.Summary> page =
        executions.list(
            caller,
            request.stateMachineArn,
            filter(request),
            new Page.Request(Paging.limit(request.maxResults), scope.open(request.nextToken)));
    return new Answer(
        page.items().stream().map(ListExecutions::item).toList(), scope.seal(page.next()));
  }

  private Answer children(Caller caller, Request request, String mapRunArn) {
    PageTokens.Scope scope =
        tokens.scope(
            caller,
            name(),
            mapRunArn,
            String.valueOf(request.statusFilter),
            String.valueOf(request.redriveFilter));
    Page<Execution.Summary> page =
        mapRuns.children(
            caller,
            mapRunArn,
            filter(request),
            new Page.Request(Paging.limit(request.maxResults), scope.open(request.nextToken)));
    return new Answer(
        page.items().stream().map(ListExecutions::item).toList(), scope.seal(page.next()));
  }

  private static ExecutionService.Filter filter(Request request) {
    return new ExecutionService.Filter(
        request.statusFilter == null ? null : ExecutionStatus.valueOf(request.statusFilter.name()),
        request.redriveFilter == null ? null : request.redriveFilter == RedriveFilter.REDRIVEN);
  }

  private static Item item(Execution.Summary found) {
    return new Item(
        found.arn(),
        found.stateMachineArn(),
        found.name(),
        found.status(),
        found.startedAt(),
        found.stoppedAt(),
        found.stateMachineVersionArn(),
        found.stateMachineAliasArn(),
        found.mapRunArn(),
        found.redriveCount(),
        found.redrivenAt());
  }
}
