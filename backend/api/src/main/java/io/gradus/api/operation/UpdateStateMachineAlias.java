package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.definition.AliasService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes an alias's description or routes.
public final class UpdateStateMachineAlias
    implements Operation<UpdateStateMachineAlias.Request, UpdateStateMachineAlias.Answer> {
  private final AliasService aliases;

  /// Updates among these aliases.
  public UpdateStateMachineAlias(AliasService aliases) {
    this.aliases = aliases;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String stateMachineAliasArn,
      @Member(max = Limits.DESCRIPTION, sensitive = true) @Nullable String description,
      @Member(min = 1, max = 2) @Nullable List<Route> routingConfiguration) {}

  /// What is answered.
  public record Answer(Instant updateDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    return new Answer(
        aliases
            .update(
                caller,
                request.stateMachineAliasArn,
                request.description,
                Route.read(request.routingConfiguration))
            .updatedAt());
  }
}
