package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.api.page.PageTokens;
import io.gradus.engine.Fact;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.execution.ExecutionService;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists what happened in an execution.
public final class GetExecutionHistory
    implements Operation<GetExecutionHistory.Request, GetExecutionHistory.Answer> {
  private final ExecutionService executions;
  private final PageTokens tokens;
  private final HistoryEvents events;

  /// Looks among these executions.
  ///
  /// @param region what task events name as their region
  public GetExecutionHistory(ExecutionService executions, PageTokens tokens, String region) {
    this.executions = executions;
    this.tokens = tokens;
    this.events = new HistoryEvents(region);
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String executionArn,
      @Member(max = Limits.PAGE) @Nullable Integer maxResults,
      @Nullable Boolean reverseOrder,
      @Member(min = 1, max = Limits.PAGE_TOKEN) @Nullable String nextToken,
      @Nullable Boolean includeExecutionData) {}

  /// What is answered.
  public record Answer(List<Map<String, Object>> events, @Nullable String nextToken) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    boolean reverse = request.reverseOrder != null && request.reverseOrder;
    boolean data = request.includeExecutionData == null || request.includeExecutionData;
    PageTokens.Scope scope =
        tokens.scope(caller, name(), request.executionArn, String.valueOf(reverse));
    Page<Fact.HistoryEvent> page =
        executions.history(
            caller,
            request.executionArn,
            reverse,
            new Page.Request(Paging.limit(request.maxResults), scope.open(request.nextToken)));
    return new Answer(
        page.items().stream().map(event -> events.write(event, data)).toList(),
        scope.seal(page.next()));
  }
}
