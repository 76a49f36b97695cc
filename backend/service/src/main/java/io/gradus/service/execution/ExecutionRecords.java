package io.gradus.service.execution;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import io.gradus.service.definition.StateMachineRecords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where executions and their histories are read. Writing them is the runtime's.
public interface ExecutionRecords {
  /// An execution's record, without its payloads.
  record Summary(
      ExecutionKey key,
      String stateMachineName,
      String name,
      ExecutionStatus status,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      long lastEventId,
      @Nullable String versionArn,
      @Nullable String aliasArn,
      int redriveCount,
      @Nullable Instant redrivenAt,
      boolean strict,
      @Nullable MapChild mapChild) {
    /// One that is no child of a Map Run.
    public Summary(
        ExecutionKey key,
        String stateMachineName,
        String name,
        ExecutionStatus status,
        Instant startedAt,
        @Nullable Instant stoppedAt,
        long lastEventId,
        @Nullable String versionArn,
        @Nullable String aliasArn,
        int redriveCount,
        @Nullable Instant redrivenAt,
        boolean strict) {
      this(
          key,
          stateMachineName,
          name,
          status,
          startedAt,
          stoppedAt,
          lastEventId,
          versionArn,
          aliasArn,
          redriveCount,
          redrivenAt,
          strict,
          null);
    }
  }

  /// What makes an execution a child of a Map Run.
  ///
  /// @param label of the Map
  record MapChild(UUID mapRunId, String label) {}

  /// An execution's record with its payloads as JSON text.
  record Stored(
      Summary summary,
      String input,
      @Nullable String output,
      @Nullable String error,
      @Nullable String cause,
      @Nullable String traceHeader) {}

  /// The execution of that name of that state machine.
  ///
  /// @param stateMachine followed by `/` and the label of a Map for a child of a Map Run
  Optional<Stored> find(TenantId tenant, String stateMachine, String name);

  /// What [#find] finds, without its payloads.
  Optional<Summary> summary(TenantId tenant, String stateMachine, String name);

  /// The state machine as it was when the execution was started.
  Optional<StateMachineRecords.Stored> stateMachineOf(ExecutionKey execution);

  /// A state machine's executions, newest first.
  Page<Summary> list(
      TenantId tenant, UUID stateMachine, ExecutionService.Filter filter, Page.Request request);

  /// The children of a Map Run, those begun last first.
  default Page<Summary> children(
      TenantId tenant, UUID mapRunId, ExecutionService.Filter filter, Page.Request request) {
    return new Page<>(List.of(), null);
  }

  /// Which of an execution's events.
  ///
  /// @param from the id of the first
  /// @param isBackward newest first
  /// @param limit how many at most
  /// @param isWhole with payloads; otherwise none is resolved
  record Stretch(long from, boolean isBackward, int limit, boolean isWhole) {}

  /// Events of an execution. They are fewer than wanted where what they say comes to several MiB;
  /// none where there is none.
  List<Fact.HistoryEvent> history(ExecutionKey execution, Stretch stretch);
}
