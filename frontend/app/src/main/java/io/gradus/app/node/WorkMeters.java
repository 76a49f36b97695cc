package io.gradus.app.node;

import io.gradus.asl.model.Resource;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.ExchangeObserver;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.CallMeter;
import io.gradus.integrations.aws.job.JobMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Calls of other systems as metrics. Their tags are words of ours and names of the AWS SDK's, and
/// never what a tenant wrote.
final class WorkMeters {
  private final Supplier<MeterRegistry> registry;

  /// @param registry asked for at the first call
  WorkMeters(Supplier<MeterRegistry> registry) {
    this.registry = registry;
  }

  CallMeter aws() {
    return (service, action, outcome, took) ->
        Timer.builder("gradus.aws.calls")
            .tag("service", service)
            .tag("action", action)
            .tag("outcome", outcome)
            .register(registry.get())
            .record(took);
  }

  JobMeter jobs() {
    return new JobMeter() {
      @Override
      public void looked(String kind) {
        registry.get().counter("gradus.jobs.looked", "kind", kind).increment();
      }

      @Override
      public void ended(String kind, String how) {
        registry.get().counter("gradus.jobs.ended", "kind", kind, "outcome", how).increment();
      }
    };
  }

  /// The same connector, counted.
  Connector metered(String integration, Connector connector) {
    return new Metered(integration, connector);
  }

  private final class Metered implements Connector {
    private final String integration;
    private final Connector connector;

    Metered(String integration, Connector connector) {
      this.integration = integration;
      this.connector = connector;
    }

    @Override
    public boolean handles(Resource resource) {
      return connector.handles(resource);
    }

    @Override
    public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
      return timed(System.nanoTime(), connector.invoke(invocation));
    }

    @Override
    public CompletionStage<TaskOutcome> invoke(
        TaskInvocation invocation, ExchangeObserver observer) {
      return timed(System.nanoTime(), connector.invoke(invocation, observer));
    }

    @Override
    public void cancel(TaskInvocation invocation) {
      connector.cancel(invocation);
    }

    private CompletionStage<TaskOutcome> timed(long from, CompletionStage<TaskOutcome> stage) {
      return stage.whenComplete(
          (outcome, _) ->
              Timer.builder("gradus.task.calls")
                  .tag("integration", integration)
                  .tag("outcome", word(outcome))
                  .register(registry.get())
                  .record(Duration.ofNanos(System.nanoTime() - from)));
    }

    private static String word(@Nullable TaskOutcome outcome) {
      return switch (outcome) {
        case null -> "broken";
        case TaskOutcome.Succeeded _ -> "succeeded";
        case TaskOutcome.Submitted _ -> "submitted";
        case TaskOutcome.Failed _ -> "failed";
      };
    }
  }
}
