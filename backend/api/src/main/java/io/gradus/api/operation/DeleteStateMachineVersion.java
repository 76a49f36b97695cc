package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.definition.VersionService;

/// Deletes a version, unless an alias routes to it; executions that it started run on.
public final class DeleteStateMachineVersion
    implements Operation<DeleteStateMachineVersion.Request, Operation.Nothing> {
  private final VersionService versions;

  /// Deletes among these versions.
  public DeleteStateMachineVersion(VersionService versions) {
    this.versions = versions;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.LONG_ARN) String stateMachineVersionArn) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Nothing answer(Caller caller, Request request) {
    versions.delete(caller, request.stateMachineVersionArn);
    return new Nothing();
  }
}
