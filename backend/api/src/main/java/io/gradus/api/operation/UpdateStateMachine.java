package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Changes a state machine; running executions keep the definition they were started with.
public final class UpdateStateMachine
    implements Operation<UpdateStateMachine.Request, UpdateStateMachine.Answer> {
  private final StateMachineService stateMachines;

  /// Updates among these state machines.
  public UpdateStateMachine(StateMachineService stateMachines) {
    this.stateMachines = stateMachines;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String stateMachineArn,
      @Member(min = 1, max = Limits.DEFINITION, sensitive = true) @Nullable String definition,
      @Member(min = 1, max = Limits.ARN) @Nullable String roleArn,
      @Nullable Logging loggingConfiguration,
      @Nullable Tracing tracingConfiguration,
      @Nullable Boolean publish,
      @Member(max = Limits.DESCRIPTION, sensitive = true) @Nullable String versionDescription,
      @Nullable Encryption encryptionConfiguration) {}

  /// What is answered.
  public record Answer(
      Instant updateDate, @Nullable String revisionId, @Nullable String stateMachineVersionArn) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    Tracing tracing = request.tracingConfiguration;
    StateMachineService.Updated updated =
        stateMachines.update(
            caller,
            request.stateMachineArn,
            new StateMachine.Change(
                request.definition,
                request.roleArn,
                Logging.read(request.loggingConfiguration),
                tracing == null ? null : tracing.enabled(),
                Encryption.read(request.encryptionConfiguration)),
            Publishing.read(request.publish, request.versionDescription));
    return new Answer(updated.updatedAt(), updated.revisionId(), updated.versionArn());
  }
}
