package io.gradus.service.execution;

import io.gradus.engine.Payload;
import io.gradus.runtime.Machine;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.task.Mocks;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Names;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.definition.LoggingConfiguration;
import io.gradus.service.definition.Machines;
import io.gradus.service.definition.StateMachine;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What executions are started with: read, checked, and put into the engine's request.
final class StartRequests {
  private final Machines machines;
  private final Arns arns;

  StartRequests(Machines machines, Arns arns) {
    this.machines = machines;
    this.arns = arns;
  }

  /// @param logging of the revision that is started
  record Prepared(StartRequest request, LoggingConfiguration logging) {}

  /// Checks what an execution is to be started with.
  ///
  /// @param action for which the caller has to be allowed
  /// @param parent the task that starts it; null for none
  Prepared prepared(
      Caller caller, String action, Execution.Start start, StartRequest.@Nullable Parent parent) {
    StatesArn.StateMachine arn = arns.readStateMachine(caller, action, start.stateMachineArn());
    Access.require(caller, Permission.RUN, action, start.stateMachineArn());
    if (start.name() != null) {
      Names.check(start.name());
    }
    String trace = traceHeader(start.traceHeader());
    String text = start.input() == null ? "{}" : start.input();
    byte[] input = ExecutionInput.check(text, machines.limits(false).payloadBytes());
    Machines.Target target = target(caller, arn);
    if (target.stored().status() == StateMachine.Status.DELETING) {
      throw new Refusal(
          ErrorCode.STATE_MACHINE_DELETING, "State Machine is being deleted: '" + arn.text() + "'");
    }
    Machine machine = machines.machine(target, arn);
    if (input.length > machine.limits().payloadBytes()) {
      ExecutionInput.check(text, machine.limits().payloadBytes());
    }
    return new Prepared(
        new StartRequest(
            caller.tenant(),
            machine,
            start.name(),
            Payload.ofText(input),
            start.mocks() == null ? null : mocks(start.mocks()),
            parent,
            trace,
            caller.principal()),
        target.stored().logging());
  }

  /// Lets a trace header pass that can be kept.
  static @Nullable String traceHeader(@Nullable String header) {
    Names.checkText("trace header", header);
    return header;
  }

  static byte[] mocks(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    try {
      Mocks.parse(utf8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ErrorCode.VALIDATION, String.valueOf(e.getMessage()));
    }
    return utf8;
  }

  /// What a state machine's ARN, or that of a version or an alias, stands for.
  ///
  /// @throws Refusal StateMachineDoesNotExist
  Machines.Target target(Caller caller, StatesArn.StateMachine arn) {
    Optional<Machines.Target> found =
        arn.region().equals(arns.region())
            ? machines.target(caller.tenant(), arn)
            : Optional.empty();
    return found.orElseThrow(
        () ->
            new Refusal(
                ErrorCode.STATE_MACHINE_DOES_NOT_EXIST,
                "State Machine Does Not Exist: '" + arn.text() + "'"));
  }
}
