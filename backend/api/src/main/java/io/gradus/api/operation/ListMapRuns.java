package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.api.page.PageTokens;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.execution.MapRunService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists an execution's Map Runs.
public final class ListMapRuns implements Operation<ListMapRuns.Request, ListMapRuns.Answer> {
  private final MapRunService mapRuns;
  private final PageTokens tokens;

  /// Lists these Map Runs.
  public ListMapRuns(MapRunService mapRuns, PageTokens tokens) {
    this.mapRuns = mapRuns;
    this.tokens = tokens;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String executionArn,
      @Member(max = Limits.PAGE) @Nullable Integer maxResults,
      @Member(min = 1, max = Limits.PAGE_TOKEN) @Nullable String nextToken) {}

  /// What is answered.
  public record Answer(List<Item> mapRuns, @Nullable String nextToken) {}

  /// A Map Run in the list.
  public record Item(
      String executionArn,
      String mapRunArn,
      String stateMachineArn,
      Instant startDate,
      @Nullable Instant stopDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    PageTokens.Scope scope = tokens.scope(caller, name(), request.executionArn);
    Page<MapRunService.Described> page =
        mapRuns.list(
            caller,
            request.executionArn,
            new Page.Request(Paging.limit(request.maxResults), scope.open(request.nextToken)));
    return new Answer(
        page.items().stream()
            .map(
                run ->
                    new Item(
                        run.executionArn(),
                        run.arn(),
                        run.stateMachineArn(),
                        run.startedAt(),
                        run.stoppedAt()))
            .toList(),
        scope.seal(page.next()));
  }
}
