package io.gradus.api.http;

import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import io.gradus.service.definition.StateMachineRecords;
import io.gradus.service.execution.ExecutionRecords;
import io.gradus.service.execution.ExecutionService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The executions of a gateway in memory.
final class MemoryExecutions implements ExecutionRecords {
  private final MemoryGateway gateway;
  private final MemoryStateMachines stateMachines;

  MemoryExecutions(MemoryGateway gateway, MemoryStateMachines stateMachines) {
    this.gateway = gateway;
    this.stateMachines = stateMachines;
  }

  @Override
  public Optional<Stored> find(TenantId tenant, String stateMachine, String name) {
    return gateway
        .find(tenant, stateMachine, name)
        .map(
            run -> {
              Execution now = run.execution();
              Payload output = now.output();
              return new Stored(
                  summaryOf(run),
                  run.request().input().toString(),
                  output == null ? null : output.toString(),
                  now.error(),
                  now.cause(),
                  run.request().traceHeader());
            });
  }

  @Override
  public Optional<Summary> summary(TenantId tenant, String stateMachine, String name) {
    return gateway.find(tenant, stateMachine, name).map(MemoryExecutions::summaryOf);
  }

  @Override
  public Optional<StateMachineRecords.Stored> stateMachineOf(ExecutionKey execution) {
    return stateMachines.revision(gateway.run(execution).request().machine().revisionId());
  }

  @Override
  public Page<Summary> list(
      TenantId tenant, UUID stateMachine, ExecutionService.Filter filter, Page.Request request) {
    List<Summary> all = new ArrayList<>();
    for (MemoryGateway.Run run : gateway.runs()) {
      ExecutionStatus status = run.execution().status();
      boolean fits =
          run.request().tenant().equals(tenant)
              && run.request().machine().id().equals(stateMachine)
              && (filter.status() == null || filter.status() == status)
              && (filter.redriven() == null
                  || filter.redriven() == run.execution().redriveCount() > 0)
              && (filter.qualifiedArn() == null
                  || filter.qualifiedArn().equals(run.request().machine().versionArn())
                  || filter.qualifiedArn().equals(run.request().machine().aliasArn()));
      if (fits) {
        all.add(summaryOf(run));
      }
    }
    all.sort(Comparator.comparing(Summary::key).reversed());
    return MemoryPages.of(all, request);
  }

  @Override
  public List<Fact.HistoryEvent> history(ExecutionKey execution, Stretch stretch) {
    List<Fact.HistoryEvent> events = gateway.run(execution).events();
    long from = stretch.from();
    return (stretch.isBackward() ? events.reversed() : events)
        .stream()
            .filter(event -> stretch.isBackward() ? event.id() <= from : event.id() >= from)
            .limit(stretch.limit())
            .toList();
  }

  private static Summary summaryOf(MemoryGateway.Run run) {
    Execution now = run.execution();
    return new Summary(
        now.info().key(),
        run.request().machine().name(),
        now.info().name(),
        now.status(),
        now.info().startedAt(),
        now.stoppedAt(),
        now.lastEventId(),
        run.request().machine().versionArn(),
        run.request().machine().aliasArn(),
        now.redriveCount(),
        now.redrivenAt(),
        true);
  }
}
