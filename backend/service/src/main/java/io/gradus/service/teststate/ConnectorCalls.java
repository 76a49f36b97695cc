package io.gradus.service.teststate;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.ExchangeObserver;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Connectors;
import io.gradus.integrations.Failures;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Calls by the connectors that executions call by.
public final class ConnectorCalls implements TaskCalls {
  private final Connectors connectors;

  public ConnectorCalls(Connectors connectors) {
    this.connectors = connectors;
  }

  @Override
  public CompletionStage<TaskOutcome> call(TaskInvocation invocation, ExchangeObserver observer) {
    Optional<Connector> connector = connectors.find(invocation.resource());
    return connector.isPresent()
        ? connector.get().invoke(invocation, observer)
        : CompletableFuture.completedStage(
            Failures.failed(
                ErrorName.RUNTIME,
                "The resource '" + invocation.resource().arn() + "' is not supported here."));
  }

  @Override
  public void cancel(TaskInvocation invocation) {
    connectors.find(invocation.resource()).ifPresent(connector -> connector.cancel(invocation));
  }
}
