package io.gradus.app.node;

import io.gradus.runtime.node.Figures;
import io.gradus.runtime.node.Node;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/// The node's figures as metrics: `gradus_node_…`. What has a bound has it as a metric of its own,
/// `…_max`, and so has what was refused at it, `…_refused_total`.
final class NodeMeters implements MeterBinder {
  private final NodeLifecycle node;

  NodeMeters(NodeLifecycle node) {
    this.node = node;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "lease.valid", figures -> figures.leaseValid() ? 1 : 0);
    gauge(registry, "executions.hot", Figures::hotExecutions);
    gauge(registry, "executions.hot.bytes", Figures::hotBytes);
    gauge(registry, "executions.hot.bytes.max", figures -> figures.bounds().hotBytes());
    gauge(registry, "executions.to.page.in", Figures::toPageIn);
    gauge(registry, "executions.loading", Figures::loading);
    gauge(registry, "transitions.waiting", Figures::transitionsWaiting);
    gauge(registry, "transitions.waiting.max", _ -> Node.MAX_WAITING);
    gauge(registry, "calls.in.flight", Figures::callsInFlight);
    gauge(registry, "calls.in.flight.max", figures -> figures.bounds().calls().total());
    gauge(registry, "calls.waiting", Figures::callsWaiting);
    gauge(registry, "timers.near", Figures::nearTimers);
    gauge(registry, "pollers", Figures::pollers);
    gauge(registry, "pollers.max", _ -> Node.MAX_POLLERS);
    counter(registry, "starts.refused", figures -> figures.refused().starts());
    counter(registry, "polls.refused", figures -> figures.refused().polls());
  }

  private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Figures> figure) {
    Gauge.builder("gradus.node." + name, node, it -> read(it, figure, Double.NaN))
        .register(registry);
  }

  private void counter(MeterRegistry registry, String name, ToDoubleFunction<Figures> figure) {
    FunctionCounter.builder("gradus.node." + name, node, it -> read(it, figure, 0))
        .register(registry);
  }

  private static double read(
      NodeLifecycle node, ToDoubleFunction<Figures> figure, double otherwise) {
    return node.isRunning() ? figure.applyAsDouble(node.node().figures()) : otherwise;
  }
}
