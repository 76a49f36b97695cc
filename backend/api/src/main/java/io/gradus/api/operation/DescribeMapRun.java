package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.engine.MapRun;
import io.gradus.service.Caller;
import io.gradus.service.execution.MapRunService;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Shows a Map Run.
public final class DescribeMapRun
    implements Operation<DescribeMapRun.Request, DescribeMapRun.Answer> {
  private final MapRunService mapRuns;

  /// Looks among these Map Runs.
  public DescribeMapRun(MapRunService mapRuns) {
    this.mapRuns = mapRuns;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.LONG_ARN) String mapRunArn) {}

  /// What is answered.
  public record Answer(
      String mapRunArn,
      String executionArn,
      MapRun.Status status,
      Instant startDate,
      @Nullable Instant stopDate,
      Integer maxConcurrency,
      Double toleratedFailurePercentage,
      Long toleratedFailureCount,
      Counts itemCounts,
      Counts executionCounts,
      Integer redriveCount,
      @Nullable Instant redriveDate) {}

  /// How many there are of each kind.
  public record Counts(
      Long pending,
      Long running,
      Long succeeded,
      Long failed,
      Long timedOut,
      Long aborted,
      Long total,
      Long resultsWritten,
      Long failuresNotRedrivable,
      Long pendingRedrive) {
    static Counts of(MapRunService.Counts counts) {
      return new Counts(
          counts.pending(),
          counts.running(),
          counts.succeeded(),
          counts.failed(),
          counts.timedOut(),
          counts.aborted(),
          counts.total(),
          counts.resultsWritten(),
          counts.failuresNotRedrivable(),
          counts.pendingRedrive());
    }
  }

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    MapRunService.Described found = mapRuns.describe(caller, request.mapRunArn);
    return new Answer(
        found.arn(),
        found.executionArn(),
        found.status(),
        found.startedAt(),
        found.stoppedAt(),
        found.maxConcurrency(),
        found.toleratedFailurePercentage(),
        found.toleratedFailureCount(),
        Counts.of(found.items()),
        Counts.of(found.children()),
        found.redriveCount(),
        found.redrivenAt());
  }
}
