package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shows a state machine.
public final class DescribeStateMachine
    implements Operation<DescribeStateMachine.Request, DescribeStateMachine.Answer> {
  private final StateMachineService stateMachines;

  /// Looks among these state machines.
  public DescribeStateMachine(StateMachineService stateMachines) {
    this.stateMachines = stateMachines;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String stateMachineArn,
      @Member @Nullable IncludedData includedData) {}

  /// What is answered.
  public record Answer(
      String stateMachineArn,
      String name,
      StateMachine.Status status,
      @Nullable String definition,
      String roleArn,
      MachineType type,
      Instant creationDate,
      Logging loggingConfiguration,
      Tracing tracingConfiguration,
      @Nullable String revisionId,
      @Nullable String description,
      Encryption encryptionConfiguration,
      @Nullable Map<String, List<String>> variableReferences) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    StateMachine machine = stateMachines.describe(caller, request.stateMachineArn);
    boolean all = IncludedData.all(request.includedData);
    return new Answer(
        machine.arn(),
        machine.name(),
        machine.status(),
        all ? machine.definition() : null,
        machine.roleArn(),
        machine.type(),
        machine.createdAt(),
        Logging.of(machine.logging()),
        new Tracing(machine.tracing()),
        machine.revisionId(),
        machine.description(),
        Encryption.of(machine.encryption()),
        all && !machine.variableReferences().isEmpty() ? machine.variableReferences() : null);
  }
}
