package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.definition.StateMachineService;

/// Deletes a state machine; one that is not there is as good as deleted.
public final class DeleteStateMachine
    implements Operation<DeleteStateMachine.Request, Operation.Nothing> {
  private final StateMachineService stateMachines;

  /// Deletes among these state machines.
  public DeleteStateMachine(StateMachineService stateMachines) {
    this.stateMachines = stateMachines;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.ARN) String stateMachineArn) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Nothing answer(Caller caller, Request request) {
    stateMachines.delete(caller, request.stateMachineArn);
    return new Nothing();
  }
}
