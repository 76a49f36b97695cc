package io.gradus.app.node;

import io.gradus.runtime.node.Node;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/// The node's figures as metrics: `gradus_node_…`.
final class NodeMeters implements MeterBinder {
  private final NodeLifecycle node;

  NodeMeters(NodeLifecycle node) {
    this.node = node;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "lease.valid", figures -> figures.leaseValid() ? 1 : 0);
    gauge(registry, "executions.hot", Node.Figures::hotExecutions);
    gauge(registry, "executions.hot.bytes", Node.Figures::hotBytes);
    gauge(registry, "executions.to.page.in", Node.Figures::toPageIn);
    gauge(registry, "transitions.waiting", Node.Figures::transitionsWaiting);
    gauge(registry, "calls.in.flight", Node.Figures::callsInFlight);
    gauge(registry, "calls.waiting", Node.Figures::callsWaiting);
  }

  private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Node.Figures> figure) {
    Gauge.builder("gradus.node." + name, node, it -> read(it, figure)).register(registry);
  }

  private static double read(NodeLifecycle node, ToDoubleFunction<Node.Figures> figure) {
    return node.isRunning() ? figure.applyAsDouble(node.node().figures()) : Double.NaN;
  }
}
