package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.api.page.PageTokens;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the state machines by name, as AWS does.
public final class ListStateMachines
    implements Operation<ListStateMachines.Request, ListStateMachines.Answer> {
  private final StateMachineService stateMachines;
  private final PageTokens tokens;

  /// Lists these state machines.
  public ListStateMachines(StateMachineService stateMachines, PageTokens tokens) {
    this.stateMachines = stateMachines;
    this.tokens = tokens;
  }

  /// What is asked.
  public record Request(
      @Member(max = Limits.PAGE) @Nullable Integer maxResults,
      @Member(min = 1, max = Limits.PAGE_TOKEN) @Nullable String nextToken) {}

  /// What is answered.
  public record Answer(List<Item> stateMachines, @Nullable String nextToken) {}

  /// A state machine in the list.
  public record Item(String stateMachineArn, String name, MachineType type, Instant creationDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    PageTokens.Scope scope = tokens.scope(caller, name());
    Page<StateMachine.Summary> page =
        stateMachines.list(
            caller,
            new Page.Request(Paging.limit(request.maxResults), scope.open(request.nextToken)));
    return new Answer(
        page.items().stream()
            .map(m -> new Item(m.arn(), m.name(), m.type(), m.createdAt()))
            .toList(),
        scope.seal(page.next()));
  }
}
