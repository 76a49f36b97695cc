package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.definition.AliasService;

/// Deletes an alias; the versions stay, and so do executions that it started.
public final class DeleteStateMachineAlias
    implements Operation<DeleteStateMachineAlias.Request, Operation.Nothing> {
  private final AliasService aliases;

  /// Deletes among these aliases.
  public DeleteStateMachineAlias(AliasService aliases) {
    this.aliases = aliases;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String stateMachineAliasArn) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Nothing answer(Caller caller, Request request) {
    aliases.delete(caller, request.stateMachineAliasArn);
    return new Nothing();
  }
}
