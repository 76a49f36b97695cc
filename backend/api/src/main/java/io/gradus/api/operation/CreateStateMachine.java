package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a state machine; asking again for the very same one is answered the same.
public final class CreateStateMachine
    implements Operation<CreateStateMachine.Request, CreateStateMachine.Answer> {
  private final StateMachineService stateMachines;

  /// Creates in these state machines.
  public CreateStateMachine(StateMachineService stateMachines) {
    this.stateMachines = stateMachines;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.NAME) String name,
      @Member(required = true, min = 1, max = Limits.DEFINITION, sensitive = true)
          String definition,
      @Member(required = true, min = 1, max = Limits.ARN) String roleArn,
      @Member @Nullable MachineType type,
      @Nullable Logging loggingConfiguration,
      @Nullable List<Tag> tags,
      @Nullable Tracing tracingConfiguration,
      @Nullable Boolean publish,
      @Member(max = Limits.DESCRIPTION, sensitive = true) @Nullable String versionDescription,
      @Nullable Encryption encryptionConfiguration) {}

  /// What is answered.
  public record Answer(
      String stateMachineArn, Instant creationDate, @Nullable String stateMachineVersionArn) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    Tracing tracing = request.tracingConfiguration;
    StateMachineService.Created made =
        stateMachines.create(
            caller,
            new StateMachine.Draft(
                request.name,
                request.definition,
                request.roleArn,
                request.type == null ? MachineType.STANDARD : request.type,
                Logging.read(request.loggingConfiguration),
                tracing == null ? null : tracing.enabled(),
                Tag.byKey(request.tags),
                Encryption.read(request.encryptionConfiguration)),
            Publishing.read(request.publish, request.versionDescription));
    return new Answer(made.summary().arn(), made.summary().createdAt(), made.versionArn());
  }
}
