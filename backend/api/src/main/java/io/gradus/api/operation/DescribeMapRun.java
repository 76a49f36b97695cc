package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import io.gradus.service.execution.MapRunService;

/// Shows a Map Run.
public final class DescribeMapRun implements Operation<DescribeMapRun.Request, Operation.Nothing> {
  private final MapRunService mapRuns;

  /// Looks among these Map Runs.
  public DescribeMapRun(MapRunService mapRuns) {
    this.mapRuns = mapRuns;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.LONG_ARN) String mapRunArn) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Nothing answer(Caller caller, Request request) {
    throw mapRuns.notFound(caller, Permission.READ, name(), request.mapRunArn);
  }
}
