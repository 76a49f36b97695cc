package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.definition.AliasService;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes an alias; asking again for the very same one is answered the same.
public final class CreateStateMachineAlias
    implements Operation<CreateStateMachineAlias.Request, CreateStateMachineAlias.Answer> {
  private final AliasService aliases;

  /// Creates in these aliases.
  public CreateStateMachineAlias(AliasService aliases) {
    this.aliases = aliases;
  }

  /// What is asked.
  public record Request(
      @Member(max = Limits.DESCRIPTION, sensitive = true) @Nullable String description,
      @Member(required = true, min = 1, max = Limits.NAME, pattern = AliasService.NAME) String name,
      @Member(required = true, min = 1, max = 2) List<Route> routingConfiguration) {}

  /// What is answered.
  public record Answer(String stateMachineAliasArn, Instant creationDate) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    AliasService.View made =
        aliases.create(
            caller,
            request.name,
            request.description,
            Objects.requireNonNull(Route.read(request.routingConfiguration)));
    return new Answer(made.arn(), made.createdAt());
  }
}
