package io.gradus.service.stored;

import io.gradus.engine.Details;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import io.gradus.service.definition.StateMachineRecords;
import io.gradus.service.execution.ExecutionRecords;
import io.gradus.service.execution.ExecutionService;
import io.gradus.store.Executions;
import io.gradus.store.Histories;
import io.gradus.store.StateMachines;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Executions and their histories in the store.
public final class StoredExecutions implements ExecutionRecords {
  private final Executions store;
  private final StoredHistory history;
  private final StateMachines stateMachines;

  /// Reads them there.
  public StoredExecutions(Executions store, Histories histories, StateMachines stateMachines) {
    this.store = store;
    this.history = new StoredHistory(histories);
    this.stateMachines = stateMachines;
  }

  @Override
  public Optional<Stored> find(TenantId tenant, String stateMachine, String name) {
    return store.summary(tenant, stateMachine, name).map(this::withPayloads);
  }

  /// The first event has the input, the last one what came of it.
  private Stored withPayloads(Executions.Summary row) {
    String input = "{}";
    for (Fact.HistoryEvent event : event(row.key(), 1)) {
      if (event.details() instanceof Details.ExecutionStarted started) {
        input = started.input().toString();
      }
    }
    @Nullable String output = null;
    @Nullable String error = null;
    @Nullable String cause = null;
    if (row.status().isTerminal()) {
      for (Fact.HistoryEvent event : event(row.key(), row.lastEventId())) {
        switch (event.details()) {
          case Details.ExecutionSucceeded d -> output = d.output().toString();
          case Details.ExecutionFailed d -> {
            error = d.error();
            cause = d.cause();
          }
          case Details.ExecutionTimedOut d -> {
            error = d.error();
            cause = d.cause();
          }
          case Details.ExecutionAborted d -> {
            error = d.error();
            cause = d.cause();
          }
          case Details other ->
              throw new IllegalStateException(
                  "expected the end of execution " + row.key() + ", found " + other.getClass());
        }
      }
    }
    return new Stored(read(row), input, output, error, cause, row.traceHeader());
  }

  private List<Fact.HistoryEvent> event(ExecutionKey execution, long id) {
    return history(execution, new Stretch(id, false, 1, true));
  }

  @Override
  public Optional<Summary> summary(TenantId tenant, String stateMachine, String name) {
    return store.summary(tenant, stateMachine, name).map(StoredExecutions::read);
  }

  @Override
  public Optional<StateMachineRecords.Stored> stateMachineOf(ExecutionKey execution) {
    return store
        .find(execution)
        .flatMap(found -> stateMachines.revision(execution.tenant(), found.summary().revisionId()))
        .map(StoredStateMachines::read);
  }

  @Override
  public Page<Summary> list(
      TenantId tenant, UUID stateMachine, ExecutionService.Filter filter, Page.Request request) {
    var wanted =
        new Executions.Filter(
            stateMachine,
            filter.status() == null ? Set.of() : Set.of(filter.status()),
            null,
            null,
            null,
            filter.qualifiedArn(),
            filter.redriven());
    return Pages.of(
        store.list(tenant, wanted, Pages.after(request), request.limit()), StoredExecutions::read);
  }

  @Override
  public Page<Summary> children(
      TenantId tenant, UUID mapRunId, ExecutionService.Filter filter, Page.Request request) {
    Long before = request.after() == null ? null : Pages.number(request.after());
    List<Executions.Child> found =
        store.children(
            tenant, mapRunId, filter.status(), filter.redriven(), before, request.limit() + 1);
    boolean more = found.size() > request.limit();
    List<Executions.Child> page = more ? found.subList(0, request.limit()) : found;
    return new Page<>(
        page.stream().map(child -> read(child.summary())).toList(),
        more ? String.valueOf(page.getLast().index()) : null);
  }

  @Override
  public List<Fact.HistoryEvent> history(ExecutionKey execution, Stretch stretch) {
    return history.read(execution, stretch);
  }

  private static Summary read(Executions.Summary row) {
    return new Summary(
        row.key(),
        row.stateMachineName(),
        row.name(),
        row.status(),
        row.startedAt(),
        row.stoppedAt(),
        row.lastEventId(),
        row.versionArn(),
        row.aliasArn(),
        row.redriveCount(),
        row.redrivenAt(),
        row.awsStrict(),
        row.mapChild() == null
            ? null
            : new MapChild(row.mapChild().mapRunId(), row.mapChild().label()));
  }
}
