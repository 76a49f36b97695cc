package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.MapRunService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows the state machine as it was when an execution was started.
public final class DescribeStateMachineForExecution
    implements Operation<
        DescribeStateMachineForExecution.Request, DescribeStateMachineForExecution.Answer> {
  private final ExecutionService executions;

  /// Looks among these executions.
  public DescribeStateMachineForExecution(ExecutionService executions) {
    this.executions = executions;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String executionArn,
      @Member @Nullable IncludedData includedData) {}

  /// What is answered.
  public record Answer(
      String stateMachineArn,
      String name,
      @Nullable String definition,
      String roleArn,
      Instant updateDate,
      Logging loggingConfiguration,
      Tracing tracingConfiguration,
      @Nullable String mapRunArn,
      @Nullable String label,
      @Nullable String revisionId,
      Encryption encryptionConfiguration,
      @Nullable Map<String, List<String>> variableReferences) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    StateMachine machine = executions.describeStateMachine(caller, request.executionArn);
    Optional<MapRunService.Child> child = executions.mapRunOf(caller, request.executionArn);
    boolean all = IncludedData.all(request.includedData);
    return new Answer(
        child.map(of -> machine.arn() + "/" + of.label()).orElse(machine.arn()),
        machine.name(),
        all ? machine.definition() : null,
        machine.roleArn(),
        machine.updatedAt(),
        Logging.of(machine.logging()),
        new Tracing(machine.tracing()),
        child.map(MapRunService.Child::mapRunArn).orElse(null),
        child.map(MapRunService.Child::label).orElse(null),
        machine.revisionId(),
        Encryption.of(machine.encryption()),
        all && !machine.variableReferences().isEmpty() ? machine.variableReferences() : null);
  }
}
