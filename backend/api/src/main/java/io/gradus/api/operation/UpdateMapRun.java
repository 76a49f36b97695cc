package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.execution.MapRunService;
import org.jspecify.annotations.Nullable;

/// Changes a Map Run that is under way.
public final class UpdateMapRun implements Operation<UpdateMapRun.Request, Operation.Nothing> {
  private final MapRunService mapRuns;

  /// Updates among these Map Runs.
  public UpdateMapRun(MapRunService mapRuns) {
    this.mapRuns = mapRuns;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.LONG_ARN) String mapRunArn,
      @Member @Nullable Integer maxConcurrency,
      @Member(max = 100) @Nullable Double toleratedFailurePercentage,
      @Member @Nullable Long toleratedFailureCount) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Nothing answer(Caller caller, Request request) {
    mapRuns.update(
        caller,
        request.mapRunArn,
        new MapRunService.Change(
            request.maxConcurrency,
            request.toleratedFailurePercentage,
            request.toleratedFailureCount));
    return new Nothing();
  }
}
