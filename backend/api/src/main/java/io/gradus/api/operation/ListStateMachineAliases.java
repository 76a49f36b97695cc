package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.api.page.PageTokens;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.definition.AliasService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists a state machine's aliases by name, or those of one of its versions.
public final class ListStateMachineAliases
    implements Operation<ListStateMachineAliases.Request, ListStateMachineAliases.Answer> {
  private final AliasService aliases;
  private final PageTokens tokens;

  /// Lists these aliases.
  public ListStateMachineAliases(AliasService aliases, PageTokens tokens) {
    this.aliases = aliases;
    this.tokens = tokens;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String stateMachineArn,
      @Member(min = 1, max = Limits.PAGE_TOKEN) @Nullable String nextToken,
      @Member(max = Limits.PAGE) @Nullable Integer maxResults) {}

  /// What is answered.
  public record Answer(List<Item> stateMachineAliases, @Nullable String nextToken) {}

  /// An alias in the list.
  public record Item(String stateMachineAliasArn, Instant creationDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    PageTokens.Scope scope = tokens.scope(caller, name(), request.stateMachineArn);
    Page<AliasService.View> page =
        aliases.list(
            caller,
            request.stateMachineArn,
            new Page.Request(Paging.limit(request.maxResults), scope.open(request.nextToken)));
    return new Answer(
        page.items().stream().map(a -> new Item(a.arn(), a.createdAt())).toList(),
        scope.seal(page.next()));
  }
}
