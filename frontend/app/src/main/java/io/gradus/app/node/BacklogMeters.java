package io.gradus.app.node;

import io.gradus.service.trigger.TriggerFigures;
import io.gradus.service.trigger.TriggerFigures.Kind;
import io.gradus.service.trigger.TriggerFigures.Outcome;
import io.gradus.store.engine.Backlogs.Sizes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What waits in the database, the same on every node, and what this node's triggers came to.
final class BacklogMeters implements MeterBinder {
  /// Several are asked for at a time, and the database once.
  private static final long REMEMBERED = Duration.ofSeconds(5).toNanos();

  private final Supplier<Sizes> sizes;
  private final TriggerFigures triggers;
  private @Nullable Sizes last;
  private long at;

  BacklogMeters(Supplier<Sizes> sizes, TriggerFigures triggers) {
    this.sizes = sizes;
    this.triggers = triggers;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "gradus.jobs.open", Sizes::jobs);
    gauge(registry, "gradus.logs.waiting", Sizes::logs);
    gauge(registry, "gradus.logs.outgoing", Sizes::outgoing);
    for (Kind kind : Kind.values()) {
      for (Outcome outcome : Outcome.values()) {
        FunctionCounter.builder("gradus.triggers.fired", triggers, it -> it.count(kind, outcome))
            .tag("kind", kind.name().toLowerCase(Locale.ROOT))
            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
            .register(registry);
      }
    }
  }

  private void gauge(MeterRegistry registry, String name, ToLongFunction<Sizes> size) {
    Gauge.builder(name, this, it -> it.read(size)).register(registry);
  }

  private synchronized double read(ToLongFunction<Sizes> size) {
    long now = System.nanoTime();
    if (last == null || now - at > REMEMBERED) {
      at = now;
      try {
        last = sizes.get();
      } catch (RuntimeException _) {
        // Without the database nobody knows; health says that it is away.
        last = null;
      }
    }
    return last == null ? Double.NaN : size.applyAsLong(last);
  }
}
