package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.definition.AliasService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows an alias.
public final class DescribeStateMachineAlias
    implements Operation<DescribeStateMachineAlias.Request, DescribeStateMachineAlias.Answer> {
  private final AliasService aliases;

  /// Looks among these aliases.
  public DescribeStateMachineAlias(AliasService aliases) {
    this.aliases = aliases;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String stateMachineAliasArn) {}

  /// What is answered.
  public record Answer(
      String stateMachineAliasArn,
      String name,
      @Nullable String description,
      List<Route> routingConfiguration,
      Instant creationDate,
      Instant updateDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    AliasService.View alias = aliases.describe(caller, request.stateMachineAliasArn);
    return new Answer(
        alias.arn(),
        alias.name(),
        alias.description(),
        Route.of(alias.routes()),
        alias.createdAt(),
        alias.updatedAt());
  }
}
