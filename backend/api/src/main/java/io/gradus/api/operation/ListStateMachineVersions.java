package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.api.page.PageTokens;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.definition.Version;
import io.gradus.service.definition.VersionService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists a state machine's versions, newest first.
public final class ListStateMachineVersions
    implements Operation<ListStateMachineVersions.Request, ListStateMachineVersions.Answer> {
  private final VersionService versions;
  private final PageTokens tokens;

  /// Lists these versions.
  public ListStateMachineVersions(VersionService versions, PageTokens tokens) {
    this.versions = versions;
    this.tokens = tokens;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String stateMachineArn,
      @Member(min = 1, max = Limits.PAGE_TOKEN) @Nullable String nextToken,
      @Member(max = Limits.PAGE) @Nullable Integer maxResults) {}

  /// What is answered.
  public record Answer(List<Item> stateMachineVersions, @Nullable String nextToken) {}

  /// A version in the list.
  public record Item(String stateMachineVersionArn, Instant creationDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    PageTokens.Scope scope = tokens.scope(caller, name(), request.stateMachineArn);
    Page<Version.Summary> page =
        versions.list(
            caller,
            request.stateMachineArn,
            new Page.Request(Paging.limit(request.maxResults), scope.open(request.nextToken)));
    return new Answer(
        page.items().stream().map(v -> new Item(v.arn(), v.createdAt())).toList(),
        scope.seal(page.next()));
  }
}
